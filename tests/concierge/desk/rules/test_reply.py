"""What a department may say about a case, and what that is in its record."""

from datetime import date

import pytest

from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Move
from approvals.rules.ways import ENDED, PASSED, open_moves
from concierge.desk.rules.reply import (
    MOVES,
    FaultsMissing,
    NumberMissing,
    Outcome,
    Reply,
    act_of,
    faults_of,
    offered,
)

WEDNESDAY = date(2026, 4, 15)


@pytest.mark.parametrize("state", StepState)
@pytest.mark.parametrize("is_accepted", [False, True])
def test_nothing_unlawful_is_offered(state, is_accepted):
    lawful = open_moves(state, is_accepted=is_accepted)

    assert {MOVES[one] for one in offered(state, is_accepted=is_accepted, is_told=False)} <= set(lawful)


def test_a_case_under_way_is_decided_corrected_stopped_or_refused():
    assert offered(StepState.WORKING, is_accepted=True, is_told=False) == (
        Outcome.DONE,
        Outcome.FAULTS,
        Outcome.STOP,
        Outcome.REFUSE,
    )


def test_faults_are_told_once():
    assert Outcome.FAULTS not in offered(StepState.WORKING, is_accepted=True, is_told=True)


@pytest.mark.parametrize("state", sorted(PASSED | ENDED, key=lambda state: state.value))
def test_a_decided_case_asks_for_nothing(state):
    assert offered(state, is_accepted=True, is_told=False) == ()


def test_faults_are_read_line_by_line_whatever_numbers_stand_before_them():
    assert faults_of("1. 缺总平面图\n\n 2、公章不清 \n（3）日期") == ("缺总平面图", "公章不清", "（3）日期")


def test_a_decision_needs_its_number_and_a_correction_its_list():
    with pytest.raises(NumberMissing):
        act_of(Reply(outcome=Outcome.DONE, on=WEDNESDAY), said_by="住建局")
    with pytest.raises(FaultsMissing):
        act_of(Reply(outcome=Outcome.FAULTS, on=WEDNESDAY), said_by="住建局")


def test_a_pause_becomes_a_stop_decided_by_the_department():
    reply = Reply(outcome=Outcome.STOP, on=WEDNESDAY, stop=StopKind.PUBLICITY, basis="第四十五条", workdays=3)

    act = act_of(reply, said_by="住建局（链接）")

    assert (act.move, act.stop, act.workdays, act.decided_by) == (
        Move.STOP,
        StopKind.PUBLICITY,
        3,
        "住建局（链接）",
    )


def test_the_time_to_correct_goes_with_the_list():
    reply = Reply(outcome=Outcome.FAULTS, on=WEDNESDAY, faults=("缺图", "缺章"), workdays=5)

    act = act_of(reply, said_by="住建局")

    assert (act.move, act.reason, act.workdays) == (Move.CORRECT, "1. 缺图\n2. 缺章", 5)
