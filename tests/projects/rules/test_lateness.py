"""How far a running step is past its promise, as lists of steps tell it."""

from __future__ import annotations

from datetime import date

from approvals.rules.catalogue import Catalogue
from projects.rules.expand import expand
from projects.rules.lateness import overdue_workdays
from projects.rules.planning import plan
from projects.rules.terms import Actual, PlanTerms
from scheduler import WorkCalendar

ACCEPTED_ON = date(2026, 3, 2)  # a Monday; the scheme is shown for 7 calendar days, then 7 working days


def overdue_on(today: date, catalogue: Catalogue, calendar: WorkCalendar, *others: Actual) -> int:
    expansion = expand(catalogue, "private-building", {})
    terms = PlanTerms(start_on=date(2026, 1, 5), today=today)
    reviewed = Actual(step="design-scheme-review", started_on=date(2026, 2, 2), accepted_on=ACCEPTED_ON)
    planned = plan(expansion, terms, calendar=calendar, actuals=[reviewed, *others])
    return overdue_workdays(planned, planned.step("design-scheme-review"))


def finished(catalogue: Catalogue, on: date) -> list[Actual]:
    """Whatever else the decision on the scheme needs, done on a day."""
    edges = (e for e in catalogue.precedences if e.successor == "design-scheme-review")
    there = {step.code for step in expand(catalogue, "private-building", {}).steps}
    return [
        Actual(step=e.predecessor, accepted_on=on, finished_on=on) for e in edges if e.predecessor in there
    ]


def test_a_step_is_overdue_from_the_working_day_after_its_last_day(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    before = finished(catalogue, date(2026, 1, 9))

    assert overdue_on(date(2026, 3, 18), catalogue, calendar, *before) == 0  # 9 March + 7 working days
    assert overdue_on(date(2026, 3, 19), catalogue, calendar, *before) == 1
    assert overdue_on(date(2026, 3, 23), catalogue, calendar, *before) == 3  # a weekend does not count


def test_a_decision_that_waits_for_another_is_not_overdue_itself(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    assert overdue_on(date(2026, 3, 23), catalogue, calendar) == 0


def test_a_step_not_accepted_is_never_overdue(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    expansion = expand(catalogue, "private-building", {})
    terms = PlanTerms(start_on=date(2026, 1, 5), today=date(2026, 12, 31))
    planned = plan(expansion, terms, calendar=calendar)

    assert {overdue_workdays(planned, step) for step in planned.steps} == {0}
