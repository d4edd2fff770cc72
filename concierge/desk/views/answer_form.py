"""When a department can come to joint reviews: the half-days to come as one table of radios, by link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from approvals.rules.sittings import Answer, Half, departments_of
from concierge.desk.rules.links import DepartmentLink
from concierge.desk.services.answer_for_department import answer_for_department
from concierge.desk.services.reply_for_department import SentForm
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import language

DAYS_SHOWN = 10
LONGEST_NAME = 100
HALVES = {Half.MORNING: lazy_gettext("Morning"), Half.AFTERNOON: lazy_gettext("Afternoon")}
ANSWERS = {
    Answer.CAN: lazy_gettext("Can come"),
    Answer.ONLINE: lazy_gettext("Online only"),
    Answer.CANNOT: lazy_gettext("Cannot come"),
}
WEEKDAYS = (
    lazy_gettext("Mon"),
    lazy_gettext("Tue"),
    lazy_gettext("Wed"),
    lazy_gettext("Thu"),
    lazy_gettext("Fri"),
    lazy_gettext("Sat"),
    lazy_gettext("Sun"),
)


@dataclass(frozen=True, kw_only=True)
class HalfDayCell:
    """One half-day: the field's name, what stands, and what is announced for it."""

    on: date
    half: Half
    name: str
    value: str
    words: str
    sits: str


@dataclass(frozen=True)
class AnswerSheet:
    """The half-days of the next working days of one department."""

    cells: tuple[HalfDayCell, ...]

    def options(self) -> list[tuple[str, str]]:
        """What may be answered."""
        return [(answer.value, str(word)) for answer, word in ANSWERS.items()]

    @property
    def unanswered(self) -> int:
        """How many half-days have no answer."""
        return sum(not cell.value for cell in self.cells)


def answer_sheet(session: Session, department: str) -> AnswerSheet:
    """The next ten working days of one department; three queries besides the catalogue."""
    days = _days(session)
    known = {
        (a.on, a.half): a.answer.value for a in reviews.answers(session, days[0], days[-1], [department])
    }
    sits = _sits(session, department, days)
    return AnswerSheet(
        tuple(
            HalfDayCell(
                on=on,
                half=half,
                name=f"{on.isoformat()}-{half.value}",
                value=known.get((on, half), ""),
                words=f"{WEEKDAYS[on.weekday()]} {HALVES[half]}",
                sits=sits.get((on, half), ""),
            )
            for on in days
            for half in Half
        )
    )


def record(link: DepartmentLink, form: Mapping[str, str], mark: SentForm, *, by: Actor) -> None:
    """Record the answers a form holds. Shape: half-days left open keep what stands."""
    known = {answer.value: answer for answer in Answer}
    said: dict[tuple[date, Half], Answer | None] = {
        (cell.on, cell.half): known[form[cell.name]]
        for cell in answer_sheet(db.session, link.department).cells
        if form.get(cell.name) in known
    }
    said_by = form.get("said_by", "").strip()[:LONGEST_NAME] or link.recipient
    answer_for_department(link.department, said, mark, said_by=said_by, by=by)


def _days(session: Session) -> Sequence[date]:
    calendar = catalogue_queries.work_calendar(session)
    first = calendar.next_workday(clock.today())
    return [calendar.add_workdays(first, n) for n in range(DAYS_SHOWN)]


def _sits(session: Session, department: str, days: Sequence[date]) -> dict[tuple[date, Half], str]:
    """What is announced for these half-days with this department in it."""
    groups = reviews.review_groups(session)
    told: dict[tuple[date, Half], Any] = {}
    for sitting in reviews.sittings(session, days[0], days[-1]):
        group = groups.get(sitting.review_group)
        if group is not None and department in departments_of(group):
            name = group.spoken(language())
            told[sitting.on, sitting.half] = gettext(
                "%(time)s %(group)s", time=f"{sitting.begins_at:%H:%M}", group=name
            )
    return told
