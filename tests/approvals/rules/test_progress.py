"""A step moves only as it may, on days that can be true."""

from datetime import date

import pytest

from approvals.rules.progress import Move, NoSuchMove, NotYet, OutOfOrder, Standing, StepNotReady, moved

TODAY = date(2026, 4, 15)
FRESH = Standing(name="节能审查")


def test_a_step_is_prepared_accepted_and_passed():
    step = moved(FRESH, Move.PREPARE, date(2026, 4, 1), today=TODAY)
    step = moved(step, Move.ACCEPT, date(2026, 4, 8), today=TODAY)
    step = moved(step, Move.PASS, date(2026, 4, 15), today=TODAY)

    assert step == Standing(
        name="节能审查", preparing_since=date(2026, 4, 1), accepted_on=date(2026, 4, 8), finished_on=TODAY
    )


def test_a_step_may_be_accepted_without_any_preparation_on_record():
    assert moved(FRESH, Move.ACCEPT, TODAY, today=TODAY).accepted_on == TODAY


def test_tomorrow_cannot_be_recorded_today():
    with pytest.raises(NotYet):
        moved(FRESH, Move.ACCEPT, date(2026, 4, 16), today=TODAY)


def test_what_it_waits_for_is_named():
    with pytest.raises(StepNotReady, match="土地首次登记"):
        moved(FRESH, Move.ACCEPT, TODAY, today=TODAY, waiting=["土地首次登记"])


def test_a_result_comes_not_before_the_acceptance():
    accepted = moved(FRESH, Move.ACCEPT, date(2026, 4, 8), today=TODAY)

    with pytest.raises(OutOfOrder):
        moved(accepted, Move.PASS, date(2026, 4, 7), today=TODAY)


def test_there_is_no_result_without_an_acceptance():
    with pytest.raises(NoSuchMove):
        moved(FRESH, Move.PASS, TODAY, today=TODAY)


def test_the_last_record_can_be_taken_back_and_then_the_one_before():
    step = moved(moved(FRESH, Move.PREPARE, TODAY, today=TODAY), Move.ACCEPT, TODAY, today=TODAY)

    step = moved(step, Move.UNDO, TODAY, today=TODAY)
    assert step == Standing(name="节能审查", preparing_since=TODAY)

    step = moved(step, Move.UNDO, TODAY, today=TODAY)
    assert step == FRESH

    with pytest.raises(NoSuchMove):
        moved(step, Move.UNDO, TODAY, today=TODAY)
