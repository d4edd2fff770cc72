"""An officer's day in the plan of all projects: absences and the daily number of hand-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from approvals.rules.catalogue import Catalogue
from concierge.staff.rules.absence import Away
from projects.rules.county import County, LiveProject
from projects.rules.county_portfolio import build
from projects.rules.county_reading import read_plan
from projects.rules.expand import expand
from projects.rules.terms import PlanTerms
from scheduler import WorkCalendar
from scheduler.portfolio.check import check
from scheduler.portfolio.solve import plan

TODAY = date(2026, 4, 15)
AMY, BO = 7, 8


def _works(catalogue: Catalogue) -> list[LiveProject]:
    """Three alike, begun on one day, with one pair."""
    first = LiveProject(
        id=1,
        code="P1",
        name="Valve works",
        revision=1,
        expansion=expand(catalogue, "industrial-start-on-land", {}),
        terms=PlanTerms(start_on=TODAY),
        officers=(AMY, BO),
    )
    return [first, replace(first, id=2, code="P2"), replace(first, id=3, code="P3")]


def test_no_officer_hands_in_more_than_the_daily_number(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    departments = {department.code: department for department in catalogue.departments}
    county = County(calendar=calendar, departments=departments, daily_hand_ins={AMY: 1})
    built = build(county, _works(catalogue), today=TODAY)

    found = plan(built.portfolio).plan

    assert check(built.portfolio, found) == ()
    handed_in = [
        (step.officer, step.accept_on)
        for project in read_plan(built, found)
        for step in project.steps.values()
        if step.officer is not None
    ]
    assert {officer for officer, _ in handed_in} == {AMY}
    assert len(handed_in) == len(set(handed_in))  # never two on one day
    assert county.limits_anything


def test_b_s_own_number_counts_while_a_is_away(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    """A is away for the first week, and B can hand in two steps a day."""
    departments = {department.code: department for department in catalogue.departments}
    away = Away(person_id=AMY, first_on=TODAY, last_on=date(2026, 4, 22))
    county = County(calendar=calendar, departments=departments, away=(away,), daily_hand_ins={BO: 2})
    built = build(county, _works(catalogue), today=TODAY)

    amy, bo = built.portfolio.officers
    today = built.portfolio.today
    assert (amy.key, bo.key) == (str(AMY), str(BO))
    assert isinstance(amy.hand_ins, tuple)
    assert amy.hand_ins[today] == 0
    assert bo.hand_ins == 2
    assert check(built.portfolio, plan(built.portfolio).plan) == ()
