"""Recording what happened to a step of a project: by whom, on which day, and what it waits for."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step, StepState
from approvals.rules.progress import Move, NoSuchMove, NotYet, OutOfOrder, StepNotReady
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.errors import Missing, Stale
from projects.models.project import Plan, Project
from projects.queries.project_file import visible_project
from projects.queries.standing import live_plan
from projects.rules.waiting import OthersRestOnIt
from projects.services.record_move import record_move
from tests.builders import a_project

FIRST = "investment-lead-screening"
TODAY = date(2026, 4, 15)


@pytest.fixture
def project_id(county):
    return a_project()


@pytest.fixture
def the_step(county, project_id):
    def asked(code):
        return county.asked(select(Step).where(Step.project_id == project_id, Step.code == code))[0]

    return asked


@pytest.fixture
def edges(project_id):
    """What waits for what in the project, as its plan counts it."""
    return live_plan(db.session, visible_project(db.session, project_id, SYSTEM), today=TODAY).edges


def test_a_move_changes_the_step_its_trace_and_the_plan(county, project_id, the_step):
    record_move(the_step(FIRST).id, Move.ACCEPT, date(2026, 4, 10), by=SYSTEM)
    jobs.run_due()

    step, project = the_step(FIRST), county.has(Project, project_id)
    assert (step.state, step.accepted_on) == (StepState.ACCEPTED, date(2026, 4, 10))
    assert "StepMoved" in [line.act for line in county.asked(select(AuditLine))]
    assert county.has(Plan, project.plan_id).revision == project.revision


def test_somebody_not_in_charge_finds_no_such_step(county, the_step):
    eve = county.employs("eve", "Concierge")

    with pytest.raises(Missing):
        record_move(the_step(FIRST).id, Move.ACCEPT, TODAY, by=eve.actor)
    assert the_step(FIRST).accepted_on is None


def test_an_older_page_is_told_so_and_changes_nothing(the_step):
    opened_on = the_step(FIRST).version
    record_move(the_step(FIRST).id, Move.PREPARE, date(2026, 4, 9), version=opened_on, by=SYSTEM)

    with pytest.raises(Stale):
        record_move(the_step(FIRST).id, Move.ACCEPT, date(2026, 4, 10), version=opened_on, by=SYSTEM)
    assert the_step(FIRST).accepted_on is None


def test_what_the_law_requires_must_be_there_before_acceptance(edges, the_step):
    edge = next(e for e in edges if e.gate == "accept" and e.source.kind == "hard")

    with pytest.raises(StepNotReady) as refused:
        record_move(the_step(edge.successor).id, Move.ACCEPT, TODAY, lang="en", by=SYSTEM)
    assert refused.value.step
    assert refused.value.waiting
    assert the_step(edge.successor).accepted_on is None


def test_usual_order_is_advice_and_holds_nothing_back(edges, the_step):
    held = {e.successor for e in edges if e.source.kind == "hard" and e.gate != "info"}
    edge = next(e for e in edges if e.source.kind == "soft" and e.successor not in held)

    record_move(the_step(edge.successor).id, Move.ACCEPT, TODAY, by=SYSTEM)

    assert the_step(edge.successor).accepted_on == TODAY


def test_a_decision_waits_for_what_its_gate_holds_back(edges, the_step):
    only_issue = {e.successor for e in edges if e.gate == "issue" and e.source.kind == "hard"} - {
        e.successor for e in edges if e.gate == "accept" and e.source.kind == "hard"
    }
    code = sorted(only_issue)[0]
    record_move(the_step(code).id, Move.ACCEPT, TODAY, by=SYSTEM)

    with pytest.raises(StepNotReady):
        record_move(the_step(code).id, Move.PASS, TODAY, by=SYSTEM)
    assert the_step(code).finished_on is None


@pytest.mark.parametrize(
    ("moves", "refusal"),
    [
        ([(Move.PASS, 10)], NoSuchMove),
        ([(Move.UNDO, 10)], NoSuchMove),
        ([(Move.ACCEPT, 10), (Move.ACCEPT, 11)], NoSuchMove),
        ([(Move.ACCEPT, 10), (Move.PREPARE, 11)], NoSuchMove),
        ([(Move.ACCEPT, 10), (Move.PASS, 9)], OutOfOrder),
        ([(Move.PREPARE, 10), (Move.ACCEPT, 9)], OutOfOrder),
        ([(Move.ACCEPT, 16)], NotYet),
    ],
)
def test_moves_that_cannot_be_true_are_refused(the_step, moves, refusal):
    *made, (last, day) = moves
    for move, on in made:
        record_move(the_step(FIRST).id, move, date(2026, 4, on), by=SYSTEM)
    before = (the_step(FIRST).state, the_step(FIRST).version)

    with pytest.raises(refusal):
        record_move(the_step(FIRST).id, last, date(2026, 4, day), by=SYSTEM)
    assert (the_step(FIRST).state, the_step(FIRST).version) == before


def test_records_are_taken_back_one_by_one_and_each_is_in_the_trace(county, the_step):
    for move, on in ((Move.PREPARE, 8), (Move.ACCEPT, 10), (Move.PASS, 14)):
        record_move(the_step(FIRST).id, move, date(2026, 4, on), by=SYSTEM)

    states = []
    for _ in range(3):
        record_move(the_step(FIRST).id, Move.UNDO, TODAY, by=SYSTEM)
        states.append(the_step(FIRST).state)

    assert states == [StepState.ACCEPTED, StepState.PREPARING, StepState.NOT_STARTED]
    assert [line.act for line in county.asked(select(AuditLine))].count("StepMoved") == 6


def test_a_result_others_rest_on_cannot_be_taken_back_before_they_are(edges, the_step):
    held = {e.successor for e in edges if e.source.kind == "hard" and e.gate != "info"}
    alone = {
        e.successor: e.predecessor
        for e in edges
        if e.gate == "accept" and e.source.kind == "hard" and e.predecessor not in held
        if sum(o.successor == e.successor and o.source.kind == "hard" for o in edges) == 1
    }
    second, first = next(iter(sorted(alone.items())))
    record_move(the_step(first).id, Move.ACCEPT, date(2026, 4, 9), by=SYSTEM)
    record_move(the_step(first).id, Move.PASS, date(2026, 4, 10), by=SYSTEM)
    record_move(the_step(second).id, Move.ACCEPT, date(2026, 4, 13), by=SYSTEM)

    with pytest.raises(OthersRestOnIt):
        record_move(the_step(first).id, Move.UNDO, TODAY, by=SYSTEM)
    assert the_step(first).finished_on == date(2026, 4, 10)

    record_move(the_step(second).id, Move.UNDO, TODAY, by=SYSTEM)
    record_move(the_step(first).id, Move.UNDO, TODAY, by=SYSTEM)
    assert the_step(first).finished_on is None
