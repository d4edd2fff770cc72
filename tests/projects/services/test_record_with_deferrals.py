"""What a deferral changes in the record of a step: accepted before a result, passed before a paper."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.case import PapersOwed
from approvals.rules.deferral_course import DeferralState
from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Act, Move, StepNotReady
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading, work
from projects.queries.project_file import visible_project
from projects.queries.standing import live_plan
from projects.services.accept_by_silence import accept_by_silence
from projects.services.record_move import record_act
from tests.builders import a_project

FIRST = "investment-lead-screening"
TODAY = date(2026, 4, 15)


@pytest.fixture
def project_id(county):
    return a_project()


@pytest.fixture
def the_step(county, project_id):
    def asked(code=FIRST):
        return county.asked(select(Step).where(Step.project_id == project_id, Step.code == code))[0]

    return asked


@pytest.fixture
def deferred(county, the_step):
    """A granted deferral of a paper of a step, due in ten days."""

    def kept(code, **more):
        step = the_step(code)
        told = {"material": "某材料", "number": f"RQ-{code}", "on_list": True, "uscc": "91439921MA7EXAM01"}
        county.keeps(
            DeferralRow(
                project_id=step.project_id,
                step_id=step.id,
                attempt=step.attempt,
                state=DeferralState.GRANTED,
                drafted_on=date(2026, 4, 8),
                asked_due_on=date(2026, 4, 24),
                granted_on=date(2026, 4, 8),
                due_on=date(2026, 4, 24),
                **{**told, **more},
            )
        )

    return kept


@pytest.fixture
def pair(project_id):
    """A step held back by one accept gate alone, and the step whose result it waits for."""
    with reading() as session:
        project = visible_project(session, project_id, SYSTEM)
        edges = [
            edge for edge in live_plan(session, project, today=TODAY).edges if edge.source.kind == "hard"
        ]
    held = {edge.successor for edge in edges if edge.gate != "info"}
    return min(
        (edge.predecessor, edge.successor)
        for edge in edges
        if edge.gate == "accept" and edge.predecessor not in held
        if sum(other.successor == edge.successor for other in edges) == 1
    )


def does(step, *acts):
    for act in acts:
        record_act(step.id, act, by=SYSTEM)


def test_a_paper_still_to_come_holds_the_result_back_by_name(the_step, deferred):
    does(the_step(), Act(Move.ACCEPT, date(2026, 4, 8)))
    deferred(FIRST)

    with pytest.raises(PapersOwed, match="某材料"):
        does(the_step(), Act(Move.PASS, TODAY))
    assert the_step().finished_on is None


def test_a_paper_that_may_follow_the_issue_makes_it_state_twelve(county, the_step, deferred, project_id):
    does(the_step(), Act(Move.ACCEPT, date(2026, 4, 8)))
    deferred(FIRST, may_issue_first=True)

    does(the_step(), Act(Move.PASS, TODAY))

    assert (the_step().state, the_step().finished_on) == (StepState.PASSED_DEFERRED, TODAY)
    jobs.run_due()
    with reading() as session:
        plan = live_plan(session, visible_project(session, project_id, SYSTEM), today=TODAY)
        assert plan.step(FIRST).actual.finished_on == TODAY


def test_a_bridging_deferral_lets_a_step_be_accepted_but_not_decided(the_step, deferred, pair):
    first, second = pair
    with pytest.raises(StepNotReady):
        does(the_step(second), Act(Move.ACCEPT, date(2026, 4, 9)))

    deferred(second, producer=first, may_issue_first=True)
    does(the_step(second), Act(Move.ACCEPT, date(2026, 4, 9)))

    assert the_step(second).accepted_on == date(2026, 4, 9)
    with pytest.raises(StepNotReady):
        does(the_step(second), Act(Move.PASS, TODAY))

    does(the_step(first), Act(Move.ACCEPT, date(2026, 4, 9)), Act(Move.PASS, TODAY))
    jobs.run_due()
    does(the_step(second), Act(Move.PASS, TODAY))
    assert the_step(second).state is StepState.PASSED


def test_a_step_accepted_over_a_bridge_does_not_rest_on_the_result(the_step, deferred, pair):
    first, second = pair
    deferred(second, producer=first)
    does(the_step(second), Act(Move.ACCEPT, date(2026, 4, 9)))
    does(the_step(first), Act(Move.ACCEPT, date(2026, 4, 9)), Act(Move.PASS, TODAY))

    does(the_step(first), Act(Move.UNDO, TODAY))

    assert the_step(first).finished_on is None


def test_acceptance_by_silence_waits_for_no_gate_and_the_plan_can_still_be_made(
    county, the_step, pair, project_id
):
    _, second = pair
    does(the_step(second), Act(Move.RECEIVE, date(2026, 4, 8)))

    with clock.standing_at(date(2026, 4, 16)):
        with work(SYSTEM) as w:
            assert accept_by_silence(w, the_step(second).id)
        jobs.run_due()
        with reading() as session:
            plan = live_plan(session, visible_project(session, project_id, SYSTEM), today=date(2026, 4, 16))

    assert plan.step(second).actual.accepted_on == date(2026, 4, 8)
