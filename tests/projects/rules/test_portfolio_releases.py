"""What one more reviewer or sitting would bring, on projects of the shipped catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.benches import Bench
from approvals.rules.catalogue import Catalogue
from projects.rules.county import County, LiveProject
from projects.rules.county_portfolio import Built, build
from projects.rules.expand import expand
from projects.rules.portfolio_releases import Untried, release_lines
from projects.rules.portfolio_search import Begun, Inputs, Stopped, searched
from projects.rules.terms import PlanTerms
from scheduler import WorkCalendar

TODAY = date(2026, 4, 15)


@pytest.fixture
def county(catalogue: Catalogue, calendar: WorkCalendar) -> County:
    """A county whose planning office has one reviewer for everybody."""
    departments = {department.code: department for department in catalogue.departments}
    return County(calendar=calendar, departments=departments, benches={"NRP": Bench("NRP", 1)})


@pytest.fixture
def works(catalogue: Catalogue) -> tuple[LiveProject, ...]:
    """Three alike, begun on one day."""
    first = LiveProject(
        id=1,
        code="P1",
        name="Valve works",
        revision=1,
        expansion=expand(catalogue, "industrial-start-on-land", {}),
        terms=PlanTerms(start_on=TODAY),
        target_on=date(2026, 6, 30),
    )
    return first, replace(first, id=2, code="P2"), replace(first, id=3, code="P3")


@pytest.fixture
def built(county: County, works: tuple[LiveProject, ...]) -> Built:
    """What the planner plans."""
    return build(county, works, today=TODAY)


def test_one_more_reviewer_where_everybody_waits_brings_some_of_them_sooner(built: Built) -> None:
    (best, *_) = release_lines(built, effort=1, seed=0, may_go_on=lambda: True)

    assert (best.kind, best.key, best.more) == ("bench", "NRP", 1)
    assert best.projects
    assert set(best.projects) <= {1, 2, 3}
    assert 0 < best.least_workdays <= best.most_workdays


def test_a_week_begins_and_ends_on_working_days(built: Built) -> None:
    for line in release_lines(built, effort=1, seed=0, may_go_on=lambda: True):
        assert built.county.calendar.is_workday(line.first_on)
        assert built.county.calendar.is_workday(line.last_on)
        assert line.first_on <= line.last_on


def test_a_hand_in_more_a_day_is_offered_where_an_officer_is_what_everybody_waits_for(
    county: County, works: tuple[LiveProject, ...]
) -> None:
    """Seven works of one officer who can hand in one step a day; nobody else is short."""
    busy = replace(county, benches={}, daily_hand_ins={7: 1})
    alike = [replace(works[0], id=k, code=f"P{k}", officers=(7, 8)) for k in range(1, 8)]

    found = release_lines(build(busy, alike, today=TODAY), effort=1, seed=0, may_go_on=lambda: True)

    assert {(line.kind, line.key) for line in found} == {("officer", "7")}
    assert all(line.projects and line.least_workdays > 0 for line in found)


def test_whoever_watches_can_stop_the_trials(built: Built) -> None:
    with pytest.raises(Untried):
        release_lines(built, effort=1, seed=0, may_go_on=lambda: False)


def test_a_plan_of_all_projects_comes_with_its_releases(
    county: County, works: tuple[LiveProject, ...]
) -> None:
    inputs = Inputs(county=county, projects=works, today=TODAY)
    begun = Begun(id=1, number=1, cause="Asked", scenario=None, effort=20, seed=0)

    made = searched(inputs, begun)

    assert made.summary.releases
    with pytest.raises(Stopped):
        searched(inputs, begun, watch=lambda *_: False)
