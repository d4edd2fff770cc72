"""The papers of a project: counted three ways, grouped, and filled by the steps before."""

from datetime import date

import pytest

from approvals.rules.catalogue import Material
from approvals.rules.papers import Finding, HeldVersion, PaperHere, PaperNotAsked, PaperState, PaperWay
from projects.rules.expand import expand
from projects.rules.papers import (
    deferral_workdays,
    kept_under,
    paper_of_project,
    papers_each_once,
    papers_of_project,
    papers_of_step,
    results_of,
)


@pytest.mark.parametrize(
    ("template", "item_by_item", "distinct", "owners"),
    [("industrial-start-on-land", 195, 98, 26), ("private-building", 217, 95, 26)],
)
def test_the_papers_of_a_template_are_those_of_the_reference(
    catalogue, template, item_by_item, distinct, owners
):
    count = papers_of_project(catalogue, expand(catalogue, template, {}))

    assert (count.item_by_item, count.distinct, count.owners) == (item_by_item, distinct, owners)


def _group_with(groups, material):
    return next(group for group in groups if material in {paper.material.code for paper in group.papers})


def test_a_result_of_an_earlier_step_is_there_once_that_step_has_it(catalogue):
    expansion = expand(catalogue, "industrial-start-on-land", {})

    before = _group_with(
        papers_of_step(catalogue, expansion, "land-planning-permit", set()), "grant-contract"
    )
    after = _group_with(
        papers_of_step(catalogue, expansion, "land-planning-permit", {"land-grant-contract"}),
        "grant-contract",
    )

    assert before.papers[0].made_by is None
    assert after.papers[0].made_by == "land-grant-contract"


def test_of_papers_that_stand_for_one_another_only_those_this_project_can_have_are_asked(catalogue):
    expansion = expand(
        catalogue, "industrial-start-on-land", {}
    )  # granted land, so no siting opinion is made

    land = _group_with(papers_of_step(catalogue, expansion, "land-planning-permit", set()), "grant-contract")

    assert [paper.material.code for paper in land.papers] == ["grant-contract"]
    assert not land.is_choice


def test_two_papers_that_may_both_exist_stay_a_choice(catalogue):
    expansion = expand(catalogue, "private-building", {})

    groups = papers_of_step(catalogue, expansion, "construction-planning-permit", set())

    assert [len(group.papers) for group in groups if group.is_choice] == [2]  # contract or land title


def test_every_paper_of_a_step_is_in_exactly_one_group_and_main_ones_come_first(catalogue):
    expansion = expand(catalogue, "government-building", {})

    for step in expansion.steps:
        groups = papers_of_step(catalogue, expansion, step.code, set())
        listed = [paper.material.code for group in groups for paper in group.papers]
        single = [group.papers[0].material.is_main for group in groups if not group.is_choice]

        assert len(listed) == len(set(listed))
        asked = catalogue.materials_of.get(step.code, ())
        gone = {material.code for material in asked} - set(listed)
        assert all(material.alternative_group for material in asked if material.code in gone)
        if not any(m.alternative_group for m in asked):
            assert single == sorted(single, reverse=True)


@pytest.mark.parametrize(
    ("cap", "promised", "workdays"),
    [(5, 10, 5), (15, 10, 8), (30, 60, 20), (5, 3, 1), (5, 2, 0), (5, 0, 0)],
)
def test_a_deferred_paper_has_the_least_of_its_cap_two_days_before_the_decision_and_twenty(
    cap, promised, workdays
):
    paper = Material(
        matter="m", code="p", name_zh="纸", name_en="Paper", deferrable=True, make_good_workdays=cap
    )

    assert deferral_workdays(paper, promised) == workdays


def test_a_paper_that_is_not_deferrable_has_no_days():
    paper = Material(matter="m", code="p", name_zh="纸", name_en="Paper", make_good_workdays=5)

    assert deferral_workdays(paper, 20) == 0


def _held(material, **told):
    version = HeldVersion(
        id=1,
        material=material,
        number=1,
        way=PaperWay.COUNTER,
        came_on=date(2026, 4, 1),
        taken_in_by="",
        **told,
    )
    return {material: PaperHere(material, (version,))}


def test_a_paper_handed_in_once_is_there_for_every_step_that_asks_for_it(catalogue):
    expansion = expand(catalogue, "industrial-start-on-land", {})
    held = _held("boundary-survey")

    (one,) = (
        one for one in papers_each_once(catalogue, expansion, set(), held) if one.code == "boundary-survey"
    )

    # claim of the regional assessment, planning conditions, land permit, land registration, setting out
    assert len(one.needed_by) == 5
    for code in one.needed_by:
        group = _group_with(papers_of_step(catalogue, expansion, code, set(), held), "boundary-survey")
        assert [paper.is_here for paper in group.papers] == [True]


def test_every_paper_of_a_project_stands_once(catalogue):
    expansion = expand(catalogue, "industrial-start-on-land", {})

    papers = papers_each_once(catalogue, expansion, set())

    assert len(papers) == 98
    assert len({one.code for one in papers}) == 98
    assert sum(len(one.needed_by) for one in papers) == 195


def test_a_main_paper_of_a_step_that_has_its_result_is_not_asked_for_again(catalogue):
    expansion = expand(catalogue, "industrial-start-on-land", {})
    asked = {one.code: one.paper for one in papers_each_once(catalogue, expansion, {"planning-conditions"})}

    assert asked["boundary-survey"].collected_by == "planning-conditions"
    assert asked["boundary-survey"].is_here
    assert not asked["eia-form-text"].is_here


def test_a_paper_found_wrong_is_not_there_even_if_an_earlier_step_had_it(catalogue):
    expansion = expand(catalogue, "industrial-start-on-land", {})
    wrong = _held("boundary-survey", finding=Finding.UNFIT, found_reason="old")

    paper = paper_of_project(catalogue, expansion, "boundary-survey", {"planning-conditions"}, wrong).paper

    assert paper.state is PaperState.UNFIT


def test_a_paper_no_step_asks_for_is_refused(catalogue):
    with pytest.raises(PaperNotAsked):
        paper_of_project(catalogue, expand(catalogue, "industrial-start-on-land", {}), "poem", set())


def test_the_file_of_a_result_is_kept_under_the_papers_that_step_makes(catalogue):
    assert results_of(catalogue, "land-grant-contract") == ("grant-contract",)


def test_the_file_of_a_result_no_step_asks_for_is_a_paper_of_its_own(catalogue):
    expansion = expand(catalogue, "industrial-start-on-land", {})
    asked_for, own = "company-registration", "water-supply"

    assert kept_under(catalogue, expansion, asked_for) == ("business-license",)
    assert kept_under(catalogue, expansion, own) == ("result-of-water-supply",)
    paper = paper_of_project(catalogue, expansion, "result-of-water-supply", {own})
    assert (paper.paper.made_by, paper.needed_by) == (own, ())
    with pytest.raises(PaperNotAsked):
        paper_of_project(catalogue, expansion, "result-of-company-registration", {asked_for})
