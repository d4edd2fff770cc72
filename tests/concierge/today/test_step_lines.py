"""What one step asks of whoever looks after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.lifecycle import StepState
from concierge.staff.rules.todo import TodoKind
from concierge.today.rules.step_lines import Errand, StepFacts, step_line

WEDNESDAY = date(2026, 4, 15)


def april(day: int) -> date:
    return date(2026, 4, day)


def a_step(state: StepState = StepState.NOT_STARTED, **told) -> StepFacts:
    return StepFacts(**{"state": state, "department": "HCB", **told})


def planned(start: int, accept: int, finish: int, spare: int = 0) -> dict:
    return {
        "planned_start_on": april(start),
        "planned_accept_on": april(accept),
        "planned_finish_on": april(finish),
        "float_workdays": spare,
    }


def test_what_is_planned_for_later_asks_for_nothing_yet(calendar):
    assert step_line(a_step(**planned(16, 20, 24)), calendar, today=WEDNESDAY) is None


def test_papers_to_be_prepared_are_due_on_the_last_day_without_harm(calendar):
    # planned for Friday 17 April; three working days to spare are Monday 20, Tuesday 21, Wednesday 22
    line = step_line(a_step(**planned(13, 17, 24, spare=3)), calendar, today=WEDNESDAY)

    assert line is not None
    assert (line.errand, line.kind, line.due_on) == (Errand.PREPARE, TodoKind.ACT, april(22))


def test_without_time_to_spare_papers_are_handed_in_on_the_planned_day(calendar):
    line = step_line(a_step(**planned(13, 15, 24)), calendar, today=WEDNESDAY)

    assert line is not None
    assert (line.errand, line.due_on) == (Errand.HAND_IN, WEDNESDAY)


def test_the_enterprise_s_own_work_is_waited_for(calendar):
    line = step_line(a_step(**planned(13, 13, 17), department="ENT"), calendar, today=WEDNESDAY)

    assert line is not None
    assert (line.errand, line.kind) == (Errand.OWNER, TodoKind.WAIT)
    assert (line.due_on, line.since_on) == (april(17), april(13))


@pytest.mark.parametrize(
    ("received", "kind"),
    [(14, TodoKind.WAIT), (13, TodoKind.ACT), (10, TodoKind.ACT)],
)
def test_a_department_is_urged_for_an_answer_from_the_second_working_day_on(calendar, received, kind):
    # received on Monday 13: the second working day after is Wednesday 15; on Tuesday 14: Thursday 16
    line = step_line(a_step(StepState.RECEIVED, received_on=april(received)), calendar, today=WEDNESDAY)

    assert line is not None
    assert line.kind is kind
    assert line.errand is (Errand.ANSWER if kind is TodoKind.WAIT else Errand.URGE)


def test_a_promise_is_waited_for_until_its_last_working_day_but_one(calendar):
    def on(promised: date, card: str = "") -> Errand:
        step = a_step(StepState.WORKING, accepted_on=april(7), promised_end_on=promised, card=card)
        line = step_line(step, calendar, today=WEDNESDAY)
        assert line is not None
        return line.errand

    assert on(april(17)) is Errand.RESULT
    assert on(april(16)) is Errand.URGE
    assert on(april(13)) is Errand.URGE
    assert on(april(17), card="yellow") is Errand.URGE


def test_a_correction_is_brought_by_the_end_of_its_stop(calendar):
    step = a_step(
        StepState.CORRECTING,
        received_on=april(7),
        accepted_on=april(8),
        stop_until_on=april(21),
        stopped_on=april(9),
    )

    line = step_line(step, calendar, today=WEDNESDAY)

    assert line is not None
    assert (line.errand, line.kind, line.due_on) == (Errand.CORRECT, TodoKind.ACT, april(21))


@pytest.mark.parametrize(("until", "errand"), [(15, Errand.PAUSE), (14, Errand.RESUME)])
def test_a_stop_is_waited_for_and_cleared_up_once_it_overruns(calendar, until, errand):
    step = a_step(
        StepState.IN_PROCEDURE, accepted_on=april(8), stop_until_on=april(until), stopped_on=april(9)
    )

    line = step_line(step, calendar, today=WEDNESDAY)

    assert line is not None
    assert line.errand is errand


def test_a_fresh_result_is_fetched_for_five_working_days(calendar):
    # issued on Wednesday 8: the fifth working day after is Wednesday 15; on Tuesday 7 it was the 14th
    def asks(finished: int, department: str = "HCB") -> bool:
        step = a_step(StepState.PASSED, finished_on=april(finished), department=department)
        return step_line(step, calendar, today=WEDNESDAY) is not None

    assert asks(8)
    assert not asks(7)
    assert not asks(13, department="ENT")


@given(
    state=st.sampled_from(StepState),
    accepted=st.booleans(),
    promised=st.integers(-20, 20),
    start=st.integers(-20, 20),
    spare=st.integers(-3, 30),
    card=st.sampled_from(["", "yellow", "red"]),
)
def test_whatever_stands_in_the_records_a_step_asks_for_one_thing_at_most(
    calendar, state, accepted, promised, start, spare, card
):
    begun = WEDNESDAY + timedelta(days=start)
    step = a_step(
        state,
        received_on=begun,
        accepted_on=begun if accepted else None,
        promised_end_on=WEDNESDAY + timedelta(days=promised),
        planned_start_on=begun,
        planned_accept_on=begun,
        planned_finish_on=begun,
        float_workdays=spare,
        card=card,
    )

    line = step_line(step, calendar, today=WEDNESDAY)

    assert line is None or isinstance(line.errand, Errand)
    if line is not None and line.kind is TodoKind.WAIT:
        assert line.errand in {Errand.OWNER, Errand.ANSWER, Errand.RESULT, Errand.PAUSE}
