"""The green channel: whose delay counts double when all projects are planned together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.benches import Bench
from approvals.rules.catalogue import Catalogue
from projects.rules.county import County, LiveProject
from projects.rules.county_portfolio import build
from projects.rules.expand import expand
from projects.rules.green_channel import (
    GreenAlready,
    GreenReasonMissing,
    OwnerNotTrustworthy,
    check_green,
    check_green_end,
)
from projects.rules.portfolio_days import read_summary, summary_body
from projects.rules.portfolio_search import Begun, Inputs, searched
from projects.rules.terms import PlanTerms
from scheduler import WorkCalendar

TODAY, LATER = date(2026, 4, 15), date(2026, 4, 20)
TOO_SOON = date(2026, 5, 29)
ASKED = Begun(id=1, number=1, cause="Asked", scenario=None, effort=50, seed=0)


@pytest.fixture
def inputs(catalogue: Catalogue, calendar: WorkCalendar) -> Inputs:
    """Two works alike whose targets cannot be met, in a county with one reviewer in three offices."""
    departments = {department.code: department for department in catalogue.departments}
    benches = {code: Bench(code, 1) for code in ("NRP", "HCB", "DRC")}
    first = LiveProject(
        id=1,
        code="P1",
        name="Valve works",
        revision=1,
        expansion=expand(catalogue, "industrial-start-on-land", {}),
        terms=PlanTerms(start_on=LATER),
        target_on=TOO_SOON,
    )
    county = County(calendar=calendar, departments=departments, benches=benches)
    return Inputs(county=county, projects=(first, replace(first, id=2, code="P2")), today=TODAY)


def _with_green(inputs: Inputs, green: int) -> Inputs:
    return replace(inputs, projects=tuple(replace(one, is_green=one.id == green) for one in inputs.projects))


def test_a_day_late_counts_double_on_the_green_channel(inputs: Inputs) -> None:
    """Past its target a day counts three times; six times on the green channel. Without a target: 1 and 2."""
    aimless = replace(inputs.projects[0], id=3, code="P3", target_on=None)
    projects = (
        *_with_green(inputs, 2).projects,
        aimless,
        replace(aimless, id=4, code="P4", is_green=True),
    )

    built = build(inputs.county, projects, today=TODAY)

    assert [project.weight for project in built.portfolio.projects] == [3, 6, 1, 2]


@pytest.mark.parametrize("green", [1, 2])
def test_of_two_alike_the_one_on_the_green_channel_has_its_permit_first(inputs: Inputs, green: int) -> None:
    lines = {line.project_id: line for line in searched(_with_green(inputs, green), ASKED).summary.lines}

    other = lines[3 - green]
    assert lines[green].permit_on
    assert other.permit_on
    assert lines[green].permit_on < other.permit_on


def test_a_plan_remembers_what_a_day_late_counted_and_why(inputs: Inputs) -> None:
    summary = searched(_with_green(inputs, 2), replace(ASKED, effort=1)).summary

    kept = read_summary(summary_body(summary))

    assert [(line.weight, line.is_green) for line in kept.lines] == [(3, False), (6, True)]


def test_an_owner_with_a_broken_promise_on_record_is_refused_by_its_number() -> None:
    with pytest.raises(OwnerNotTrustworthy) as refused:
        check_green("省级重点", "Qinghe Valve Ltd.", ("RQ-2026-0003",), is_green=False)

    assert refused.value.facts["numbers"] == "RQ-2026-0003"


def test_nothing_is_done_twice_and_nothing_without_a_reason() -> None:
    with pytest.raises(GreenAlready):
        check_green("again", "Qinghe Valve Ltd.", (), is_green=True)
    with pytest.raises(GreenAlready):
        check_green_end("again", is_green=False)
    with pytest.raises(GreenReasonMissing):
        check_green("  ", "Qinghe Valve Ltd.", (), is_green=False)
    with pytest.raises(GreenReasonMissing):
        check_green_end("", is_green=True)
