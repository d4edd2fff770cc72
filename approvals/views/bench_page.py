"""部门容量: how many reviewers each department has, and on which days it is another number."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from approvals.models.catalogue import DepartmentRow
from approvals.queries import catalogue as queries
from approvals.queries import reviews
from approvals.rules.benches import MOST_REVIEWERS, BenchChange, NoSuchNumberOfReviewers, places_on
from approvals.services.change_bench import change_bench
from approvals.services.set_bench import NewNumber, set_benches
from approvals.services.withdraw_bench_change import withdraw_bench_change
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Invalid, Missing
from concierge.kernel.typed_values import NotAWholeNumber, typed_day, typed_number
from concierge.kernel.web import Page, actor, allowed, language, may, say

BENCH = "Bench"
USUAL, OPENED = "reviewers-", "opened-"
Problems = list[dict[str, str]]
FIELDS = ("first_on", "last_on", "reviewers", "reason")


@dataclass(frozen=True, kw_only=True)
class BenchLine:
    """One department of the table. Shape: ``typed`` is what stands in its field, empty for not counted."""

    code: str
    name: str
    usual: int | None
    today: int | None
    changes: tuple[BenchChange, ...]
    typed: str

    @property
    def is_short(self) -> bool:
        """Whether fewer than usual are there today."""
        return self.usual is not None and self.today is not None and self.today < self.usual


@dataclass(frozen=True)
class ChangeForm:
    """Days with another number of reviewers, as typed, and what is wrong with them."""

    code: str
    name: str
    usual: int
    typed: Mapping[str, str]
    problems: Problems = field(default_factory=list)

    def error(self, name: str) -> str | None:
        """What is wrong with one field."""
        return next((one["message"] for one in self.problems if one["field"] == name), None)


class BenchPage(Page):
    """The benches of every department, and the days on which they are longer or shorter."""

    route_base = "/benches"
    class_permission_name = BENCH
    default_view = "list"

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """Every department with its reviewers."""
        return self._table({}, [])

    @expose("/usual", methods=["POST"])
    @allowed("edit")
    def usual(self) -> Any:
        """Record the usual numbers of the whole table."""
        typed = {n.removeprefix(USUAL): text for n, text in request.form.items() if n.startswith(USUAL)}
        numbers, problems = _numbers(typed)
        if not problems:
            try:
                changed = set_benches(numbers, by=actor())
            except NoSuchNumberOfReviewers as error:
                problems = [{"field": f"{USUAL}{error.facts['department']}", "message": say(error)}]
            except ConciergeError as error:
                return self._table(typed, [], refusal=say(error)), error.status
            else:
                flash(
                    ngettext(
                        "%(num)s department has another number now.",
                        "%(num)s departments have another number now.",
                        changed,
                    ),
                    "success",
                )
                return redirect(url_for("BenchPage.list"))
        return self._table(typed, problems), Invalid.status

    @expose("/<code>/days")
    @allowed("edit")
    def days(self, code: str) -> str:
        """The form for days with another number: from today for a month, one reviewer fewer."""
        name, usual = _counted(code)
        today = clock.today()
        typed = {
            "first_on": today.isoformat(),
            "last_on": a_month_after(today).isoformat(),
            "reviewers": str(max(usual - 1, 0)),
            "reason": "",
        }
        return self._form(ChangeForm(code, name, usual, typed))

    @expose("/<code>/days", methods=["POST"])
    @allowed("edit")
    def change(self, code: str) -> Any:
        """Record days with another number."""
        name, usual = _counted(code)
        form = ChangeForm(code, name, usual, {name: request.form.get(name, "") for name in FIELDS})
        try:
            change_bench(_change(code, form.typed), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            named = str(error.facts.get("field", getattr(error, "field", "")) or "first_on")
            form.problems.append({"field": named, "message": say(error)})
            return self._form(form), error.status
        flash(gettext("The days are recorded. The next plan of all projects counts with them."), "success")
        return redirect(url_for("BenchPage.list", _anchor=code))

    @expose("/days/<int:change_id>/withdraw", methods=["POST"])
    @allowed("edit")
    def withdraw(self, change_id: int) -> Any:
        """Take such days out."""
        withdraw_bench_change(change_id, by=actor())
        flash(gettext("Taken out. The usual number holds on those days again."), "success")
        return redirect(url_for("BenchPage.list"))

    def _table(self, typed: Mapping[str, str], problems: Problems, refusal: str = "") -> str:
        lines = bench_lines(typed)
        return self.show(
            "approvals/benches.html",
            lines=lines,
            counted=sum(line.usual is not None for line in lines),
            short=[line for line in lines if line.is_short],
            problems=problems,
            refusal=refusal,
            wrong={problem["field"]: problem["message"] for problem in problems},
            may_edit=may("edit", BENCH),
            most=MOST_REVIEWERS,
            today=clock.today(),
        )

    def _form(self, form: ChangeForm) -> str:
        return self.show("approvals/bench_days.html", form=form, most=MOST_REVIEWERS)


def bench_lines(typed: Mapping[str, str]) -> list[BenchLine]:
    """The departments of the draft with their benches, in the order of the catalogue."""
    today, tongue = clock.today(), language()
    benches, changes = reviews.benches(db.session), reviews.bench_changes(db.session, today)
    lines = []
    for code, label in queries.labels(db.session, DepartmentRow).items():
        bench = benches.get(code)
        own = tuple(change for change in changes if change.department == code)
        usual = bench.reviewers if bench else None
        lines.append(
            BenchLine(
                code=code,
                name=label.spoken(tongue) or code,
                usual=usual,
                today=places_on(bench, own, today) if bench else None,
                changes=own,
                typed=typed.get(code, "" if usual is None else str(usual)),
            )
        )
    return lines


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last day where it has none such."""
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _numbers(typed: Mapping[str, str]) -> tuple[dict[str, NewNumber], Problems]:
    """What the table says of each department that is not as the page was opened."""
    numbers: dict[str, NewNumber] = {}
    problems: Problems = []
    for code, text in typed.items():
        opened = request.form.get(f"{OPENED}{code}", "")
        if text.strip() == opened.strip():
            continue
        try:
            numbers[code] = NewNumber(_number(opened, code), _number(text, code))
        except NotAWholeNumber as error:
            problems.append({"field": f"{USUAL}{code}", "message": say(error)})
    return numbers, problems


def _number(text: str, code: str) -> int | None:
    return typed_number(text, f"{USUAL}{code}") if text.strip() else None


def _change(code: str, typed: Mapping[str, str]) -> BenchChange:
    return BenchChange(
        code,
        typed_day(typed["first_on"], "first_on"),
        typed_day(typed["last_on"], "last_on"),
        typed_number(typed["reviewers"], "reviewers"),
        reason=typed["reason"],
    )


def _counted(code: str) -> tuple[str, int]:
    """The name and usual reviewers of a department that is counted.

    Raises: Missing.
    """
    label = queries.labels(db.session, DepartmentRow).get(code)
    bench = reviews.benches(db.session).get(code)
    if label is None or bench is None:
        raise Missing
    return label.spoken(language()) or code, bench.reviewers
