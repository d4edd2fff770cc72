"""Where no plan of all projects can be made: the demands that clash are named, each in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.benches import Bench
from approvals.rules.catalogue import Catalogue
from projects.rules.county import County, LiveProject
from projects.rules.expand import expand
from projects.rules.portfolio_search import CLASHING, Begun, Inputs, searched
from projects.rules.terms import PlanTerms
from scheduler import WorkCalendar
from scheduler.portfolio.clash import DemandsClash
from scheduler.portfolio.errors import NoPlaceBeforeHorizon

TODAY = date(2026, 4, 15)
ASKED = Begun(id=1, number=1, cause="Asked", scenario=None, effort=1, seed=0)


@pytest.fixture
def works(catalogue: Catalogue, calendar: WorkCalendar) -> LiveProject:
    """One industrial project from the demonstration day on."""
    return LiveProject(
        id=7,
        code="P7",
        name="Valve works",
        revision=1,
        expansion=expand(catalogue, "industrial-start-on-land", {}),
        terms=PlanTerms(start_on=TODAY),
    )


def test_a_department_without_reviewers_is_what_stands_in_the_way(
    catalogue: Catalogue, calendar: WorkCalendar, works: LiveProject
) -> None:
    departments = {department.code: department for department in catalogue.departments}
    county = County(calendar=calendar, departments=departments, benches={"HCB": Bench("HCB", 0)})
    inputs = Inputs(county=county, projects=(works,), today=TODAY)

    with pytest.raises(DemandsClash) as refused:
        searched(inputs, ASKED)

    housing = [departments["HCB"].label.zh, departments["HCB"].label.en]
    (no_room, facts), *others = inputs.told_faults(refused.value)
    assert (no_room, facts["project"], facts["what"]) == (
        NoPlaceBeforeHorizon.message,
        "Valve works",
        housing,
    )
    assert others == [
        (CLASHING, {}),
        ("%(bench)s works on %(most)s cases a day at most.", {"bench": housing, "most": 0}),
    ]
