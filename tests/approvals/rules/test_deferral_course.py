"""The course of a deferral: lawful moves, reminders, the extension, the day of grace, the default."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.deferral_course import (
    LAWFUL,
    OPEN,
    BeforeTheGrant,
    Consequence,
    Course,
    DeferralExtendedAlready,
    DeferralExtensionTooLate,
    DeferralExtensionTooLong,
    DeferralMove,
    DeferralState,
    NoSuchDeferralMove,
    ProofMissing,
    Reminder,
    consequences,
    due_after_extension,
    move_of_the_day,
    moved,
    rejecting_move,
    reminder_days,
    reminder_of_the_day,
    supplying_move,
)
from approvals.rules.progress import NotYet
from scheduler import DayRule, WorkCalendar

S, M, R = DeferralState, DeferralMove, Reminder


def april(day):
    return date(2026, 4, day)


def may(day):
    return date(2026, 5, day)


# Labour Day 2026: 1 to 5 May off, Saturday 9 May worked instead.
CALENDAR = WorkCalendar(
    [
        *(DayRule(may(day), False, "holiday") for day in range(1, 6)),
        DayRule(may(9), True, "makeup_workday"),
    ],
    {2026},
)


def a_course(**told):
    facts = {"state": S.GRANTED, "granted_on": april(10), "due_on": april(17), "period_workdays": 5, **told}
    return Course(number="RQ-2026-031", **facts)


# --- the states ------------------------------------------------------------------------------------


def test_the_straight_way_and_every_branch_of_the_rules_are_there():
    straight = [M.SIGN, M.GRANT, M.SUPPLY, M.VERIFY, M.CLOSE]
    late = [M.SIGN, M.GRANT, M.LAPSE, M.CURE, M.REJECT_LATE, M.DEFAULT, M.RECORD_CREDIT, M.REPAIR]
    for way, end in ((straight, S.CLOSED), (late, S.REPAIRED), ([M.SIGN, M.REFUSE], S.REFUSED)):
        state = S.DRAFTED
        for move in way:
            state = moved("RQ-2026-001", state, move)
        assert state is end


def test_a_deferral_is_not_granted_before_it_is_signed_nor_closed_before_it_is_looked_at():
    for state, move in ((S.DRAFTED, M.GRANT), (S.GRANTED, M.VERIFY), (S.SUPPLIED, M.CLOSE)):
        with pytest.raises(NoSuchDeferralMove):
            moved("RQ-2026-001", state, move)


@given(st.lists(st.sampled_from(list(M)), max_size=30))
def test_no_walk_leaves_an_end_or_defaults_without_being_overdue_or_unfit(walk):
    state, seen = S.DRAFTED, [S.DRAFTED]
    for move in walk:
        after = LAWFUL.get((state, move))
        if after is None:
            continue
        assert state not in (S.REFUSED, S.VOID, S.REPAIRED)
        assert after is not S.DEFAULTED or state in (S.OVERDUE, S.SUPPLIED)
        assert after is not S.CLOSED or state is S.VERIFIED
        assert after is not S.GRANTED or S.SIGNED in seen
        state = after
        seen.append(after)


def test_what_may_be_void_is_everything_that_is_open_or_asked_for():
    may_be_void = {state for state, move in LAWFUL if move is M.VOID}

    assert may_be_void == {S.DRAFTED, S.SIGNED} | (OPEN - {S.VERIFIED})


# --- reminders -------------------------------------------------------------------------------------


def test_the_reminders_of_five_working_days_worked_out_by_hand():
    # granted Friday 10 April, due Friday 17: working days 13, 14, 15, 16, 17.
    # half of 5, rounded up, is 3: Wednesday 15; T-3 Tuesday 14; T-1 Thursday 16; T+1 Monday 20
    assert reminder_days(a_course(), CALENDAR) == {
        R.GRANTED: april(10),
        R.THREE_LEFT: april(14),
        R.HALF_TIME: april(15),
        R.ONE_LEFT: april(16),
        R.DUE: april(17),
        R.OVERDUE: april(20),
    }


def test_the_reminders_skip_the_holiday():
    # granted Tuesday 28 April, 5 working days: 29, 30 April, 6, 7, 8 May.
    # half: 6 May; T-3: 30 April; T-1: 7 May; T+1: Saturday 9 May, worked
    found = reminder_days(a_course(granted_on=april(28), due_on=may(8)), CALENDAR)

    assert found == {
        R.GRANTED: april(28),
        R.THREE_LEFT: april(30),
        R.HALF_TIME: may(6),
        R.ONE_LEFT: may(7),
        R.DUE: may(8),
        R.OVERDUE: may(9),
    }


def test_of_two_reminders_on_one_day_the_more_urgent_is_sent():
    # granted Friday 10, due Tuesday 14: 2 working days. Half time is day 1, Monday 13, and so is T-1;
    # T-3 would be before the grant
    found = reminder_days(a_course(due_on=april(14), period_workdays=2), CALENDAR)

    assert found == {R.GRANTED: april(10), R.ONE_LEFT: april(13), R.DUE: april(14), R.OVERDUE: april(15)}


def test_a_day_that_is_granted_and_due_at_once_says_that_it_is_due():
    found = reminder_days(a_course(due_on=april(10), period_workdays=0), CALENDAR)

    assert found == {R.GRANTED: april(10), R.OVERDUE: april(13)}


def test_after_an_extension_only_the_days_to_come_are_reminded():
    # due 17, extended on 16 by 3 working days to Wednesday 22: half of the 8 working days is the 16th, gone;
    # T-3 is the 17th, T-1 the 21st
    course = a_course(due_on=april(22), extended_on=april(16))

    assert reminder_days(course, CALENDAR) == {
        R.THREE_LEFT: april(17),
        R.ONE_LEFT: april(21),
        R.DUE: april(22),
        R.OVERDUE: april(23),
    }


def test_a_machine_that_stood_still_sends_only_the_last_reminder_it_missed():
    assert reminder_of_the_day(a_course(), april(9), CALENDAR) is None
    assert reminder_of_the_day(a_course(), april(11), CALENDAR) is R.GRANTED
    assert reminder_of_the_day(a_course(), april(16), CALENDAR) is R.ONE_LEFT
    assert reminder_of_the_day(a_course(), april(30), CALENDAR) is R.OVERDUE


# --- the new day -----------------------------------------------------------------------------------


def test_the_day_after_is_the_day_of_grace_and_the_next_the_default():
    due = a_course(due_on=april(17))
    assert move_of_the_day(due, april(17), CALENDAR) is None
    # Saturday and Sunday do nothing
    assert move_of_the_day(due, april(18), CALENDAR) is None
    assert move_of_the_day(due, april(20), CALENDAR) is M.LAPSE

    overdue = a_course(state=S.OVERDUE, overdue_on=april(20))
    assert move_of_the_day(overdue, april(20), CALENDAR) is None
    assert move_of_the_day(overdue, april(21), CALENDAR) is M.DEFAULT


def test_a_holiday_is_no_day_of_grace():
    # due Thursday 30 April; 1 to 5 May are off: overdue on Wednesday 6, in default on Thursday 7 May
    due = a_course(due_on=april(30))
    assert [move_of_the_day(due, may(day), CALENDAR) for day in (1, 4, 5)] == [None, None, None]
    assert move_of_the_day(due, may(6), CALENDAR) is M.LAPSE
    assert move_of_the_day(a_course(state=S.OVERDUE, overdue_on=may(6)), may(7), CALENDAR) is M.DEFAULT


def test_a_machine_that_stood_still_gives_the_day_of_grace_all_the_same():
    assert move_of_the_day(a_course(due_on=april(17)), april(28), CALENDAR) is M.LAPSE


def test_a_bridge_stays_overdue_for_its_enterprise_owes_nothing():
    bridge = a_course(state=S.OVERDUE, overdue_on=april(20), is_bridge=True)

    assert all(move_of_the_day(bridge, april(20) + timedelta(n), CALENDAR) is None for n in range(30))


# --- in and out ------------------------------------------------------------------------------------


def test_a_paper_comes_in_time_or_on_the_day_of_grace():
    assert supplying_move(a_course(), april(17), today=april(17)) is M.SUPPLY
    overdue = a_course(state=S.OVERDUE, overdue_on=april(20))
    assert supplying_move(overdue, april(20), today=april(20)) is M.CURE


def test_a_paper_does_not_come_tomorrow_nor_before_the_grant():
    with pytest.raises(NotYet):
        supplying_move(a_course(), april(18), today=april(17))
    with pytest.raises(BeforeTheGrant):
        supplying_move(a_course(), april(9), today=april(17))


def test_an_unfit_paper_may_come_again_in_time_then_on_one_more_day_then_not_at_all():
    assert rejecting_move(a_course(state=S.SUPPLIED), today=april(17)) is M.REJECT
    assert rejecting_move(a_course(state=S.SUPPLIED), today=april(20)) is M.REJECT_LATE
    cured = a_course(state=S.SUPPLIED, overdue_on=april(20))
    assert rejecting_move(cured, today=april(20)) is M.DEFAULT


# --- the extension ---------------------------------------------------------------------------------


def test_the_extension_counts_from_the_first_due_day():
    # due Friday 17, 3 working days: Monday 20, Tuesday 21, Wednesday 22
    assert due_after_extension(a_course(), 3, "停电通知", today=april(15), calendar=CALENDAR) == april(22)


def test_there_is_one_extension_no_longer_than_the_first_period_in_time_and_with_proof():
    told = {"today": april(15), "calendar": CALENDAR}
    due_after_extension(a_course(), 5, "证明", **told)

    with pytest.raises(DeferralExtensionTooLong):
        due_after_extension(a_course(), 6, "证明", **told)
    with pytest.raises(DeferralExtensionTooLong):
        due_after_extension(a_course(), 0, "证明", **told)
    with pytest.raises(ProofMissing):
        due_after_extension(a_course(), 3, "  ", **told)
    with pytest.raises(DeferralExtendedAlready):
        due_after_extension(a_course(extended_on=april(14)), 3, "证明", **told)
    with pytest.raises(DeferralExtensionTooLate):
        due_after_extension(a_course(), 3, "证明", today=april(18), calendar=CALENDAR)


def test_a_case_under_way_is_closed_and_a_certificate_is_put_right_before_it_is_revoked():
    assert consequences(is_decided=False, was_to_be_put_right=False) == (
        Consequence.WITHDRAWN,
        Consequence.REFUSED,
    )
    assert consequences(is_decided=True, was_to_be_put_right=False) == (Consequence.PUT_RIGHT,)
    assert consequences(is_decided=True, was_to_be_put_right=True) == (Consequence.REVOKED,)
