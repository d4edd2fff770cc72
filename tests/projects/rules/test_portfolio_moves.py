"""A plan of all projects moves what is booked only where that is worth it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.benches import Bench, BenchChange
from approvals.rules.catalogue import Catalogue
from projects.rules.county import County, LiveProject, Promise
from projects.rules.county_scenario import CountyScenario, ShortBench
from projects.rules.expand import expand
from projects.rules.plan_body import serial_workdays
from projects.rules.planning import plan
from projects.rules.portfolio_days import ProjectDays
from projects.rules.portfolio_search import Begun, Inputs, searched
from projects.rules.terms import PlanTerms
from scheduler import WorkCalendar

TODAY, LATER = date(2026, 4, 15), date(2026, 4, 20)
USE_OF_LAND = "land-planning-permit"
FAR_OFF = date(2027, 12, 31)
ASKED = Begun(id=1, number=1, cause="Asked", scenario=None, effort=1, seed=0)


@pytest.fixture
def inputs(catalogue: Catalogue, calendar: WorkCalendar) -> Inputs:
    """Three works alike in a county whose planning office has one reviewer; nobody is in a hurry."""
    departments = {department.code: department for department in catalogue.departments}
    county = County(calendar=calendar, departments=departments, benches={"NRP": Bench("NRP", 1)})
    first = LiveProject(
        id=1,
        code="P1",
        name="Valve works",
        revision=1,
        expansion=expand(catalogue, "industrial-start-on-land", {}),
        terms=PlanTerms(start_on=LATER),
        target_on=FAR_OFF,
    )
    works = (first, replace(first, id=2, code="P2"), replace(first, id=3, code="P3"))
    return Inputs(county=county, projects=works, today=TODAY)


def _adopted(inputs: Inputs, days: tuple[ProjectDays, ...]) -> Inputs:
    """The same with these days booked."""
    booked = {
        one.project_id: {code: Promise(accept_on=step.accept_on) for code, step in one.steps.items()}
        for one in days
    }
    return replace(
        inputs, projects=tuple(replace(live, promises=booked[live.id]) for live in inputs.projects)
    )


def _accepted(days: tuple[ProjectDays, ...]) -> dict[tuple[int, str], date]:
    return {(one.project_id, code): step.accept_on for one in days for code, step in one.steps.items()}


def test_a_second_reviewer_moves_nothing_of_what_is_in_time(inputs: Inputs) -> None:
    standing = tuple(searched(inputs, ASKED).days)
    booked = _adopted(inputs, standing)
    relieved = replace(booked, county=replace(booked.county, benches={"NRP": Bench("NRP", 2)}))

    made = searched(relieved, ASKED)

    assert _accepted(tuple(made.days)) == _accepted(standing)


def test_a_department_short_for_a_month_moves_only_what_it_touches(inputs: Inputs) -> None:
    """The office that issues nothing in May delays the steps that wait for it, and no step before May."""
    standing = tuple(searched(inputs, ASKED).days)
    short = ShortBench(department="NRP", fewer=1, first_on=date(2026, 5, 6), last_on=date(2026, 5, 29))
    asked = replace(ASKED, scenario=CountyScenario(short=(short,)))

    before, after = _accepted(standing), _accepted(tuple(searched(_adopted(inputs, standing), asked).days))

    moved = {key for key in before if before[key] != after[key]}
    assert moved
    assert all(after[key] > before[key] for key in moved)


def test_what_working_side_by_side_gains_is_the_same_in_every_plan(inputs: Inputs) -> None:
    """One project's own plan and the plan of all count one step after another alike."""
    alone = inputs.projects[0]
    free = replace(inputs, county=replace(inputs.county, benches={}), projects=(alone,))
    terms = replace(alone.terms, today=TODAY)
    own = plan(alone.expansion, terms, calendar=inputs.county.calendar)

    (line,) = searched(free, ASKED).summary.lines

    serial, parallel = serial_workdays(own), own.headlines[terms.days].workdays_to_permit
    assert serial is not None
    assert parallel is not None
    assert line.permit_on == own.permit_on
    assert line.gain_workdays == serial - parallel


def test_what_is_booked_for_the_next_days_goes_where_nobody_is_there_and_stays_where_somebody_is(
    inputs: Inputs,
) -> None:
    county = replace(inputs.county, benches={"NRP": Bench("NRP", 2)})
    booked = _adopted(replace(inputs, county=county), searched(replace(inputs, county=county), ASKED).days)

    def begun(reviewers: int) -> list[date | None]:
        change = BenchChange("NRP", TODAY, date(2026, 4, 30), reviewers)
        made = searched(replace(booked, county=replace(county, changes=(change,))), ASKED)
        return [one.steps[USE_OF_LAND].work_first_on for one in made.days]

    before = [one.steps[USE_OF_LAND].work_first_on for one in searched(booked, ASKED).days]
    assert max(day for day in before if day is not None) < date(2026, 4, 29)  # all in the frozen days
    assert begun(1) == before
    assert min(day for day in begun(0) if day is not None) > date(2026, 4, 30)


def test_a_question_with_nobody_there_moves_even_what_is_booked_for_the_next_days(inputs: Inputs) -> None:
    booked = searched(inputs, ASKED).days
    none_until = date(2026, 6, 30)
    nobody = ShortBench(department="NRP", fewer=1, first_on=TODAY, last_on=none_until)

    asked = replace(ASKED, scenario=CountyScenario(short=(nobody,)))
    answered = searched(_adopted(inputs, booked), asked).days

    def working(days: tuple[ProjectDays, ...]) -> list[date]:
        steps = [step for one in days for step in one.steps.values() if step.department == "NRP"]
        return sorted(step.work_first_on for step in steps if step.work_first_on is not None)

    assert working(booked)[0] < date(2026, 4, 29)  # in the frozen days
    assert working(answered)[0] > none_until


def test_a_question_that_gives_something_may_move_everything() -> None:
    short = ShortBench(department="NRP", fewer=1, first_on=TODAY, last_on=LATER)

    assert CountyScenario(days_worked=(date(2026, 4, 18),)).gives
    assert not CountyScenario(short=(short,)).gives
