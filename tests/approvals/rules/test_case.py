"""One case: which acts it allows, in which order, and what each of them leaves behind."""

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.case import (
    Case,
    CaseTerms,
    ClockStands,
    Outstanding,
    PapersOwed,
    ToldAlready,
    ends,
    moved,
)
from approvals.rules.catalogue import Matter
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.periods import periods
from approvals.rules.progress import Act, Move, NoSuchMove, NotYet, OutOfOrder, StepNotReady
from scheduler import DayRule, WorkCalendar

PERMIT = Matter(
    code="energy-review",
    name_zh="节能审查",
    name_en="Energy review",
    kind="permit",
    statutory_days=20,
    statutory_basis="working",
    promised_workdays=7,
)
TODAY = date(2026, 12, 31)
CALENDAR = WorkCalendar([DayRule(date(2026, 1, 1), False, "holiday")], [2026])
OF = CaseTerms(name="节能审查", matter=PERMIT, periods=periods(PERMIT), calendar=CALENDAR)
SAID = {"basis": "行政许可法第四十五条", "reason": "专家评审", "number": "告2026-7", "decided_by": "王主任"}


def on(day, month=11):
    return date(2026, month, day)


def after(*acts, of=OF, case=None, today=TODAY):
    """The case these acts lead to."""
    case = case or Case()
    for act in acts:
        case = moved(case, act, of, today=today)
    return case


def accepted(day=23):
    return Act(Move.ACCEPT, on(day))


def a_stop(first, last, month=11, kind=StopKind.EXPERT_REVIEW, **changed):
    said = {**SAID, "stop": kind, "planned_last_on": on(last, month), **changed}
    return Act(Move.STOP, on(first, month), **said)


def test_a_case_is_prepared_received_accepted_worked_on_and_passed():
    case = after(
        Act(Move.PREPARE, on(2)),
        Act(Move.RECEIVE, on(20)),
        accepted(),
        Act(Move.WORK, on(24)),
        Act(Move.PASS, on(27), number="许可2026-31"),
    )

    assert case.state is StepState.PASSED
    assert (case.preparing_since, case.received_on, case.accepted_on, case.finished_on) == (
        on(2),
        on(20),
        on(23),
        on(27),
    )
    assert [line.state for line in case.lines] == [
        StepState.PREPARING,
        StepState.RECEIVED,
        StepState.ACCEPTED,
        StepState.WORKING,
        StepState.PASSED,
    ]


def test_what_is_accepted_without_a_record_of_receipt_was_received_that_day():
    assert after(accepted()).received_on == on(23)


def test_the_ends_come_with_the_acceptance():
    # rules.md, golden vector: 2026-11-23 and 20 working days end on 2026-12-21; 7 end on Wednesday 2 December
    case = after(accepted())

    assert (case.promised_end_on, case.statutory_end_on) == (on(2, 12), on(21, 12))


def test_tomorrow_cannot_be_recorded_today():
    with pytest.raises(NotYet):
        after(accepted(24), today=on(23))


def test_what_it_waits_for_is_named():
    with pytest.raises(StepNotReady, match="土地首次登记"):
        moved(Case(), accepted(), OF, today=TODAY, waiting=["土地首次登记"])


def test_no_record_is_earlier_than_the_one_before_it():
    with pytest.raises(OutOfOrder, match="2026-11-23"):
        after(accepted(), Act(Move.PASS, on(20)))


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        ((), Move.PASS),
        ((), Move.UNDO),
        ((), Move.WITHDRAW),
        ((), Move.RESUME),
        ((accepted(),), Move.ACCEPT),
        ((accepted(),), Move.PREPARE),
        ((accepted(),), Move.RECEIVE),
        ((accepted(),), Move.WITHDRAW),
        ((accepted(),), Move.REVOKE),
        ((accepted(),), Move.START_OVER),
        ((accepted(), Act(Move.PASS, on(24))), Move.WORK),
        ((accepted(), Act(Move.PASS, on(24))), Move.RECALL),
    ],
)
def test_moves_the_table_does_not_have_are_refused(made, asked):
    with pytest.raises(NoSuchMove):
        after(*made, Act(asked, on(25), **{k: v for k, v in SAID.items() if k != "number"}))


def test_nothing_is_decided_while_the_clock_stands():
    with pytest.raises(ClockStands, match="2026-11-24"):
        after(accepted(), a_stop(24, 30), Act(Move.PASS, on(25)))


def test_the_applicant_may_take_back_a_case_whose_clock_stands_and_the_stop_ends_with_it():
    case = after(accepted(), a_stop(24, 30), Act(Move.RECALL, on(26)))

    assert case.state is StepState.RECALLED
    assert [(stop.last_on, stop.closed_by) for stop in case.stops] == [(on(26), 3)]


def test_faults_are_told_once():
    told = Act(Move.CORRECT, on(20), reason="缺总平面图;缺承诺书")

    with pytest.raises(ToldAlready, match="2026-11-20"):
        after(
            Act(Move.RECEIVE, on(20)),
            told,
            Act(Move.CORRECTED, on(24)),
            accepted(25),
            Act(Move.CORRECT, on(26), reason="还缺一份", workdays=3),
        )


def test_a_correction_before_acceptance_has_nothing_to_stop():
    # told on the 25th, complete on the 27th: those three working days move the end from 2 to 7 December
    case = after(
        Act(Move.RECEIVE, on(20)),
        Act(Move.CORRECT, on(20), reason="缺总平面图"),
        Act(Move.CORRECTED, on(25)),
        accepted(25),
    )

    assert case.stops == ()
    assert case.promised_end_on == on(4, 12)


def test_a_correction_after_acceptance_stops_the_clock_from_notice_to_full_correction():
    # told on Wednesday 25, complete on Friday 27: those three working days move the end from 2 to 7 December
    told = Act(Move.CORRECT, on(25), reason="缺总平面图", planned_last_on=on(30))
    case = after(accepted(), told)
    assert case.state is StepState.CORRECTING
    assert case.promised_end_on == on(8, 12)  # planned to the 30th: 25, 26, 27, 30 = four days

    case = after(Act(Move.CORRECTED, on(27)), case=case)

    assert (case.state, case.promised_end_on) == (StepState.CORRECTED, on(7, 12))
    assert case.stops[0].basis == "行政许可法第三十二条"


def test_a_procedure_beside_a_correction_goes_on_when_the_correction_is_there():
    case = after(
        accepted(),
        a_stop(24, 30),
        Act(Move.CORRECT, on(25), reason="缺总平面图", workdays=3),
    )
    assert case.state is StepState.CORRECTING

    case = after(Act(Move.CORRECTED, on(26)), case=case)
    assert case.state is StepState.IN_PROCEDURE

    case = after(Act(Move.RESUME, on(30)), case=case)
    assert case.state is StepState.PROCEDURE_OVER


def test_a_review_that_goes_on_without_the_correction_is_worked_on_again():
    case = after(
        accepted(),
        Act(Move.CORRECT, on(25), reason="缺总平面图", workdays=3),
        Act(Move.RESUME, on(27)),
    )

    assert case.state is StepState.WORKING


def test_a_result_waits_for_the_papers_that_must_come_first():
    with pytest.raises(PapersOwed, match="水保方案"):
        moved(
            after(accepted()),
            Act(Move.PASS, on(30)),
            OF,
            today=TODAY,
            owed=Outstanding(before_issue=("水保方案",)),
        )


def test_a_paper_that_may_follow_makes_it_passed_with_a_deferral():
    case = moved(
        after(accepted()), Act(Move.PASS, on(30)), OF, today=TODAY, owed=Outstanding(after_issue=("承诺书",))
    )

    assert case.state is StepState.PASSED_DEFERRED
    assert case.state.exchange_code == 12
    assert case.finished_on == on(30)


def test_a_revoked_result_no_longer_opens_the_way():
    case = after(accepted(), Act(Move.PASS, on(24)), Act(Move.REVOKE, on(27), **SAID))

    assert (case.state, case.finished_on, case.ended_on) == (StepState.REVOKED, None, on(27))


def test_a_case_that_ended_is_begun_anew_with_nothing_of_the_old_one_but_its_journal():
    case = after(accepted(), a_stop(24, 30), Act(Move.RECALL, on(26)), Act(Move.START_OVER, on(27)))

    assert (case.state, case.attempt, case.accepted_on, case.ended_on) == (
        StepState.NOT_STARTED,
        2,
        None,
        None,
    )
    assert case.own_stops == ()
    assert (case.promised_end_on, case.statutory_end_on) == (None, None)
    assert len(case.lines) == 4


def test_faults_may_be_told_again_in_the_next_attempt():
    case = after(
        Act(Move.RECEIVE, on(2)),
        Act(Move.CORRECT, on(3), reason="缺图"),
        Act(Move.WITHDRAW, on(4)),
        Act(Move.START_OVER, on(5)),
        Act(Move.RECEIVE, on(6)),
        Act(Move.CORRECT, on(9), reason="缺章"),
    )

    assert case.told_on == on(9)


def test_the_last_record_is_taken_back_exactly_and_then_the_one_before():
    acts = [
        Act(Move.PREPARE, on(2)),
        accepted(),
        Act(Move.WORK, on(24)),
        a_stop(25, 27),
        Act(Move.RESUME, on(26)),
        Act(Move.EXTEND, on(27), workdays=5, **SAID),
        Act(Move.PASS, on(30), number="许可2026-31"),
    ]
    stages = [Case()]
    for act in acts:
        stages.append(moved(stages[-1], act, OF, today=TODAY))

    case = stages[-1]
    for stage in reversed(stages[:-1]):
        case = after(Act(Move.UNDO, on(30)), case=case)
        assert replace(case, lines=()) == replace(stage, lines=())

    with pytest.raises(NoSuchMove):
        after(Act(Move.UNDO, on(30)), case=case)
    assert [line.move for line in case.lines].count(Move.UNDO) == 7


def test_taking_back_a_new_beginning_brings_the_old_attempt_back():
    ended = after(accepted(), a_stop(24, 30), Act(Move.RECALL, on(26)))
    begun = after(Act(Move.START_OVER, on(27)), case=ended)

    case = after(Act(Move.UNDO, on(27)), case=begun)

    assert replace(case, lines=()) == replace(ended, lines=())


def test_taking_back_the_end_of_one_of_two_stops_leaves_the_other_ended():
    case = after(
        accepted(),
        a_stop(24, 30),
        a_stop(24, 30, kind=StopKind.PUBLICITY),
        Act(Move.RESUME, on(26), stop=StopKind.EXPERT_REVIEW),
        Act(Move.RESUME, on(26), stop=StopKind.PUBLICITY),
        Act(Move.UNDO, on(26)),
    )

    assert [stop.last_on for stop in case.stops] == [on(26), None]
    assert case.state is StepState.IN_PROCEDURE


def test_a_step_no_longer_required_makes_no_move():
    gone = replace(after(accepted()), state=StepState.NOT_REQUIRED)

    for move in (Move.PASS, Move.UNDO):
        with pytest.raises(NoSuchMove):
            after(Act(move, on(30)), case=gone)


def test_a_record_that_moves_no_end_leaves_the_ends_as_they_are():
    case = replace(after(accepted()), promised_end_on=on(3, 12))  # as another calendar counted them

    assert after(Act(Move.WORK, on(24)), case=case).promised_end_on == on(3, 12)


def test_there_are_no_ends_before_acceptance():
    assert ends(after(Act(Move.RECEIVE, on(20))), OF) is None
