"""到会答复: which department can come on which half-day, as it said on the telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import lazy_gettext, ngettext

from approvals.models.catalogue import DepartmentRow
from approvals.queries import catalogue as queries
from approvals.queries import reviews
from approvals.rules.facts import Label
from approvals.rules.sittings import Answer, Availability, Half, departments_of
from approvals.services.record_availability import record_availability
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import readable_day
from concierge.kernel.web import Page, actor, allowed, language, may, say
from scheduler import OutsideCalendar

AVAILABILITY = "Availability"
DAYS_SHOWN = 10
LONGEST_NAME = 100
HALVES = {Half.MORNING: lazy_gettext("Morning"), Half.AFTERNOON: lazy_gettext("Afternoon")}
ANSWERS: dict[Answer | None, str] = {
    Answer.CAN: lazy_gettext("Can come"),
    Answer.ONLINE: lazy_gettext("Online only"),
    Answer.CANNOT: lazy_gettext("Cannot come"),
    None: lazy_gettext("Not answered"),
}
LOOKS = {Answer.CAN: "sl-y", Answer.ONLINE: "sl-o", Answer.CANNOT: "sl-n", None: "sl-q"}
WEEKDAYS = (
    lazy_gettext("Mon"),
    lazy_gettext("Tue"),
    lazy_gettext("Wed"),
    lazy_gettext("Thu"),
    lazy_gettext("Fri"),
    lazy_gettext("Sat"),
    lazy_gettext("Sun"),
)

HalfDay = tuple[date, Half]


@dataclass(frozen=True, kw_only=True)
class AnswerCell:
    """One half-day of one department. Shape: ``value`` is what a form sends, empty for not answered."""

    on: date
    half: Half
    answer: Answer | None
    said: str
    sits: str

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"{self.on.isoformat()}-{self.half.value}"

    @property
    def value(self) -> str:
        """What its field sends."""
        return self.answer.value if self.answer else ""

    @property
    def word(self) -> str:
        """The answer as people say it."""
        return str(ANSWERS[self.answer])

    @property
    def look(self) -> str:
        """The class of its cell."""
        return LOOKS[self.answer]


@dataclass(frozen=True)
class DepartmentLine:
    """One department with its answers for the days shown."""

    code: str
    name: str
    cells: tuple[AnswerCell, ...]

    @property
    def unanswered(self) -> int:
        """How many half-days it has not answered for."""
        return sum(cell.answer is None for cell in self.cells)


@dataclass(frozen=True)
class AnswerSheet:
    """The days shown, and where the page before and after lead. Shape: ``days`` are working days."""

    days: tuple[date, ...]
    lines: tuple[DepartmentLine, ...]
    earlier: date | None
    later: date


class AnswersPage(Page):
    """Who can come when, for every department that sits in joint reviews."""

    route_base = "/answers"
    class_permission_name = AVAILABILITY
    default_view = "list"

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """Two weeks of half-days, one line a department."""
        sheet = answer_sheet(_asked_day())
        silent = [line.name for line in sheet.lines if line.unanswered == len(line.cells)]
        return self.show(
            "approvals/answers.html",
            sheet=sheet,
            silent=silent,
            halves=tuple(HALVES.values()),
            weekdays=WEEKDAYS,
            may_record=may("record", AVAILABILITY),
            first=sheet.days[0],
        )

    @expose("/<code>")
    @allowed("record")
    def one(self, code: str) -> str:
        """The form for one department's answers."""
        return self._form(code, {})

    @expose("/<code>", methods=["POST"])
    @allowed("record")
    def record(self, code: str) -> Any:
        """Record what one department said."""
        sheet = answer_sheet(_asked_day(), code)
        said_by = request.form.get("said_by", "").strip()[:LONGEST_NAME]
        said = _said(request.form, sheet.lines[0].cells)
        try:
            moved = record_availability(code, said, said_by=said_by, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._form(code, request.form, refusal=say(error)), error.status
        flash(
            ngettext(
                "%(department)s: %(num)s half-day has another answer now.",
                "%(department)s: %(num)s half-days have another answer now.",
                moved,
                department=sheet.lines[0].name,
            ),
            "success",
        )
        return redirect(url_for("AnswersPage.list", first=sheet.days[0].isoformat(), _anchor=code))

    def _form(self, code: str, typed: Mapping[str, str], refusal: str = "") -> str:
        sheet = answer_sheet(_asked_day(), code)
        return self.show(
            "approvals/answers_of.html",
            code=code,
            line=sheet.lines[0],
            sheet=sheet,
            typed=typed,
            refusal=refusal,
            halves=HALVES,
            weekdays=WEEKDAYS,
            answers=[(one.value if one else "", str(text)) for one, text in ANSWERS.items()],
            longest=LONGEST_NAME,
        )


def answer_sheet(first: date, only: str = "") -> AnswerSheet:
    """Ten working days from a day on, of one department or of all that sit in reviews.

    Raises: Missing, for a department nobody knows, or a day before every calendar.
    """
    calendar = queries.work_calendar(db.session)
    try:
        days = tuple(calendar.add_workdays(calendar.on_or_after(first), n) for n in range(DAYS_SHOWN))
        earlier = calendar.add_workdays(days[0], -DAYS_SHOWN)
    except OutsideCalendar:
        raise Missing from None
    nearest = calendar.next_workday(clock.today())
    labels = queries.labels(db.session, DepartmentRow)
    if only and only not in labels:
        raise Missing
    lines = _lines([only] if only else _who_sits(labels, days), labels, days)
    return AnswerSheet(
        days, lines, max(earlier, nearest) if days[0] > nearest else None, calendar.next_workday(days[-1])
    )


def _lines(
    codes: Sequence[str], labels: Mapping[str, Label], days: Sequence[date]
) -> tuple[DepartmentLine, ...]:
    tongue = language()
    known = {(a.department, a.on, a.half): a for a in reviews.answers(db.session, days[0], days[-1], codes)}
    sits = _sitting_words(days)
    return tuple(
        DepartmentLine(
            code,
            labels[code].spoken(tongue) or code,
            tuple(
                _cell(known.get((code, on, half)), on, half, sits.get((code, on, half), ""))
                for on in days
                for half in Half
            ),
        )
        for code in codes
    )


def _cell(known: Availability | None, on: date, half: Half, sits: str) -> AnswerCell:
    said = ""
    if known is not None and known.said_at is not None:
        said = f"{clock.local(known.said_at):%m-%d %H:%M} {known.said_by}".strip()
    return AnswerCell(on=on, half=half, answer=known.answer if known else None, said=said, sits=sits)


def _who_sits(labels: Mapping[str, Label], days: Sequence[date]) -> list[str]:
    """The departments of every group with a rhythm, and any that answered, in the order of the catalogue."""
    groups, rules = reviews.review_groups(db.session), reviews.sitting_rules(db.session)
    wanted = {a.department for a in reviews.answers(db.session, days[0], days[-1])}
    for code, rule in rules.items():
        if rule.is_active and code in groups:
            wanted.update(departments_of(groups[code]))
    return [code for code in labels if code in wanted]


def _sitting_words(days: Sequence[date]) -> dict[tuple[str, date, Half], str]:
    """The sittings announced for these days, by department and half-day, as people call them."""
    groups, tongue = reviews.review_groups(db.session), language()
    return {
        (department, sitting.on, sitting.half): f"{sitting.begins_at:%H:%M} {group.spoken(tongue)}"
        for sitting in reviews.sittings(db.session, days[0], days[-1])
        for group in [groups.get(sitting.review_group)]
        if group is not None
        for department in departments_of(group)
    }


def _asked_day() -> date:
    """The first day asked for, never a past one; tomorrow, unless it says a day."""
    asked = readable_day(request.args.get("first"))
    return max(asked, clock.today()) if asked else clock.today() + timedelta(days=1)


def _said(form: Mapping[str, str], cells: Sequence[AnswerCell]) -> dict[HalfDay, Answer | None]:
    """The answers of the fields that were sent; a garbled one is left out."""
    known = {answer.value: answer for answer in Answer}
    return {
        (cell.on, cell.half): known.get(form[cell.name])
        for cell in cells
        if cell.name in form and (form[cell.name] in known or not form[cell.name])
    }
