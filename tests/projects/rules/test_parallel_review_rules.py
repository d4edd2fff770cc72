"""The rules of parallel review that the catalogue itself keeps: its leads, aims, and vanishing matters."""

import pytest

from approvals.rules.periods import DaysMode
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.terms import PlanTerms

TEMPLATES = (
    "industrial-start-on-land",
    "private-building",
    "small-low-risk",
    "government-building",
    "linear-municipal",
)
PERMIT = "construction-permit"


def codes_of(catalogue, template, **facts):
    return {step.code for step in expand(catalogue, template, facts).steps}


def test_every_review_group_has_one_lead_who_is_a_department(catalogue):
    # PR-1: one lead for each stage that is handled together.
    for group in catalogue.review_groups:
        assert group.lead in catalogue.department_of, group.code
        assert group.silence in {"none", "deemed_agree"}, group.code


def test_a_stage_asks_for_each_paper_once_and_for_one_form(catalogue):
    # PR-1: one form and one set of papers for each stage.
    forms = {m.code for m in catalogue.materials if m.code.startswith("form-stage")}

    assert forms >= {"form-stage1", "form-stage2", "form-stage3", "form-stage4"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_template_promises_more_than_the_national_aim(catalogue, template):
    # PR-2: 120 working days in all, special procedures outside.
    found = plan(expand(catalogue, template, {}), PlanTerms()).headlines

    assert found[DaysMode.PROMISED].workdays_to_permit <= 120


def test_a_small_low_risk_project_takes_no_more_than_15_working_days(catalogue):
    # PR-7.
    found = plan(expand(catalogue, "small-low-risk", {}), PlanTerms()).headlines

    assert found[DaysMode.PROMISED].workdays_to_permit <= 15


def test_what_the_zone_has_assessed_is_no_step_of_the_project(catalogue):
    # PR-8: government assessed the zone; the item disappears for the project.
    hazard = {"geo_hazard_zone": True, "in_development_zone": True}

    alone = codes_of(catalogue, "government-building", **hazard, regional_assessments=[])
    shared = codes_of(catalogue, "government-building", **hazard, regional_assessments=["geo_hazard"])

    assert "geo-hazard-assessment" in alone
    assert "geo-hazard-assessment" not in shared


def test_the_permit_can_be_given_in_stages(catalogue):
    # PR-10: the pit first; the whole permit follows and does not wait for it as a gate.
    pit = next(
        edge
        for edge in catalogue.precedences
        if (edge.predecessor, edge.successor) == ("foundation-stage-permit", PERMIT)
    )

    assert pit.kind == "info"


def test_the_legal_inputs_of_the_permit_are_gates_and_it_is_issued_within_7_days(catalogue):
    # PR-11: land, planning permit, drawings, contractor, quality and safety; 7 days.
    gates = {
        edge.predecessor for edge in catalogue.precedences if edge.successor == PERMIT and edge.kind == "hard"
    }

    assert gates >= {
        "land-registration",
        "construction-planning-permit",
        "construction-drawing-review",
        "construction-contract",
        "quality-safety-registration",
    }
    assert catalogue.matter(PERMIT).statutory_days == 7
