"""Other facts of a project under way: its list and plan follow, nothing recorded is lost."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step, StepState
from approvals.rules.facts import FactOfWrongType, UnknownFact
from approvals.rules.progress import Move
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.work import work
from projects.models.project import Plan, Project, ProjectStatus
from projects.rules.ending import ProjectClosed
from projects.services.change_facts import FactsOvertaken, change_facts
from projects.services.record_move import record_move
from tests.builders import a_project


@pytest.fixture
def liaison(county):
    return county.employs("lin", "Liaison")


@pytest.fixture
def project_id(county, liaison):
    return a_project(by=liaison.actor, template="private-building", facts={"investment_wan": 40000})


def listed(county, project_id):
    return {step.code: step.state for step in county.asked(select(Step).where(Step.project_id == project_id))}


def as_it_stands(county, project_id):
    row = county.has(Project, project_id)
    return row.facts, row.revision, row.plan_id, row.investment_wan


def test_the_steps_the_plan_and_the_trace_follow_the_facts(county, liaison, project_id):
    before = county.has(Plan, county.has(Project, project_id).plan_id)

    change = change_facts(project_id, {"investment_wan": 52000, "must_tender": True}, by=liaison.actor)
    jobs.run_due()

    project = county.has(Project, project_id)
    after = county.has(Plan, project.plan_id)
    assert [step.code for step in change.added] == ["construction-tender"]
    assert "construction-tender" in listed(county, project_id)
    assert (project.investment_wan, project.revision) == (52000, 2)
    assert json.loads(project.facts) == {"investment_wan": 52000, "must_tender": True}
    assert after.number == before.number + 1
    assert after.permit_on > before.permit_on
    told = json.loads(county.asked(select(AuditLine).where(AuditLine.act == "FactsChanged"))[0].facts)
    assert told["added"] == ["construction-tender"]
    assert set(told["facts"]) == {"investment_wan", "must_tender"}


def test_a_step_nobody_touched_goes_and_one_under_way_stays_as_not_required(county, liaison, project_id):
    change_facts(project_id, {"must_tender": True, "over_limit_highrise": True}, by=liaison.actor)
    step = county.asked(
        select(Step).where(Step.project_id == project_id, Step.code == "construction-tender")
    )[0]
    record_move(step.id, Move.PREPARE, date(2026, 4, 14), by=liaison.actor)

    change_facts(project_id, {}, by=liaison.actor)

    steps = listed(county, project_id)
    assert steps["construction-tender"] is StepState.NOT_REQUIRED
    assert "overlimit-seismic-review" not in steps


def test_the_same_facts_again_change_nothing(county, liaison, project_id):
    before = as_it_stands(county, project_id)

    change_facts(project_id, {"investment_wan": 40000}, by=liaison.actor)

    assert as_it_stands(county, project_id) == before
    assert not county.asked(select(AuditLine).where(AuditLine.act == "FactsChanged"))


def test_whoever_was_overtaken_is_told_what_the_facts_are_now(county, liaison, project_id):
    opened = {"investment_wan": 40000}
    change_facts(project_id, {"investment_wan": 45000}, opened=opened, by=liaison.actor)
    before = as_it_stands(county, project_id)

    with pytest.raises(FactsOvertaken) as overtaken:
        change_facts(project_id, {"investment_wan": 50000}, opened=opened, by=liaison.actor)

    assert isinstance(overtaken.value, Stale)
    assert overtaken.value.facts["now"] == {"investment_wan": 45000}
    assert as_it_stands(county, project_id) == before


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"invesment_wan": 1}, UnknownFact),
        ({"investment_wan": "much"}, FactOfWrongType),
        ({"eia_category": "big"}, FactOfWrongType),
        ({"must_tender": "yes"}, FactOfWrongType),
    ],
)
def test_a_fact_nobody_knows_or_of_the_wrong_kind_changes_nothing(county, liaison, project_id, facts, error):
    before = as_it_stands(county, project_id), listed(county, project_id)

    with pytest.raises(error):
        change_facts(project_id, facts, by=liaison.actor)

    assert (as_it_stands(county, project_id), listed(county, project_id)) == before


def test_a_project_out_of_sight_does_not_exist(county, project_id):
    eve = county.employs("eve", "Liaison")

    with pytest.raises(Missing):
        change_facts(project_id, {}, by=eve.actor)


def test_a_closed_project_stays_as_it_is(county, liaison, project_id):
    with work(SYSTEM) as w:
        w.get(Project, project_id).status = ProjectStatus.CLOSED

    with pytest.raises(ProjectClosed):
        change_facts(project_id, {}, by=liaison.actor)

    db.session.rollback()
    assert json.loads(county.has(Project, project_id).facts) == {"investment_wan": 40000}
