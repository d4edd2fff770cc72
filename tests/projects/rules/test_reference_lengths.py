"""The reference lengths of the five templates, to the day: what everything else stands on."""

from __future__ import annotations

import pytest

from approvals.rules.catalogue import Catalogue
from approvals.rules.periods import DaysMode
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.terms import GatesMode, PlanTerms

# template: promised, clock, elapsed, statutory days to the construction permit, its own gates
LENGTHS = {
    "industrial-start-on-land": (25, 47, 69, 133),
    "private-building": (39, 66, 123, 145),
    "small-low-risk": (5, 5, 27, 29),
    "government-building": (62, 155, 329, 245),
    "linear-municipal": (83, 153, 327, 243),
}
# template: material rows, distinct papers, those the owner supplies
PAPERS = {
    "industrial-start-on-land": (195, 98, 26),
    "private-building": (217, 95, 26),
    "small-low-risk": (121, 71, 17),
    "government-building": (231, 109, 30),
    "linear-municipal": (226, 112, 32),
}


@pytest.mark.parametrize(("template", "lengths"), LENGTHS.items())
def test_a_template_takes_its_typical_length_in_every_way_of_counting(
    catalogue: Catalogue, template: str, lengths: tuple[int, ...]
) -> None:
    found = plan(expand(catalogue, template, {}), PlanTerms()).headlines

    modes = (DaysMode.PROMISED, DaysMode.CLOCK, DaysMode.ELAPSED, DaysMode.STATUTORY)
    assert tuple(found[mode].workdays_to_permit for mode in modes) == lengths


@pytest.mark.parametrize(
    ("template", "gates", "workdays"),
    [
        ("industrial-start-on-land", GatesMode.NORMAL, 61),
        ("small-low-risk", GatesMode.NORMAL, 7),
        ("private-building", GatesMode.RELAXED, 46),
        ("government-building", GatesMode.RELAXED, 77),
        ("linear-municipal", GatesMode.RELAXED, 113),
    ],
)
def test_gates_made_normal_or_relaxed_change_the_length(
    catalogue: Catalogue, template: str, gates: GatesMode, workdays: int
) -> None:
    planned = plan(expand(catalogue, template, {}), PlanTerms(gates=gates))

    assert planned.workdays_to_permit == workdays


def test_the_permit_is_not_the_start_where_the_environment_report_holds_back_the_start(
    catalogue: Catalogue,
) -> None:
    expansion = expand(catalogue, "industrial-start-on-land", {"eia_category": "report"})

    planned = plan(expansion, PlanTerms(days=DaysMode.ELAPSED))

    assert (planned.workdays_to_permit, planned.workdays_to_start) == (69, 73)
    assert planned.step("construction-start").driver.predecessor == "eia-report"


@pytest.mark.parametrize(("template", "papers"), PAPERS.items())
def test_shared_papers_are_asked_for_once(
    catalogue: Catalogue, template: str, papers: tuple[int, int, int]
) -> None:
    steps = expand(catalogue, template, {}).steps

    rows = [material for step in steps for material in catalogue.materials_of.get(step.code, ())]
    supplied = {row.code for row in rows if row.origin in ("applicant", "intermediary")}
    assert (len(rows), len({row.code for row in rows}), len(supplied)) == papers
