"""The day clock: what counts, what stands still, what is late."""

from datetime import date

from approvals.rules.periods import Periods
from projects.rules.day_clock import day_clock
from scheduler import Basis, Segment


def _periods(promised, special=0, special_basis=Basis.WORKING, statutory=None):
    return Periods(
        preparation=Segment("preparation", 5),
        special=Segment("special", special, special_basis),
        promised=Segment("work", promised),
        statutory=None if statutory is None else Segment("work", statutory),
    )


def april(day):
    return date(2026, 4, day)


def _states(clock):
    return [day.state.value for day in clock.days]


def test_the_first_box_is_the_working_day_after_acceptance(calendar):
    clock = day_clock(_periods(3), april(8), calendar, today=april(9))  # Wednesday; 9, 10 and Monday 13

    assert [(day.on.day, day.number) for day in clock.days] == [(9, 1), (10, 2), (13, 3)]
    assert _states(clock) == ["today", "left", "left"]
    assert clock.due_on == april(13)
    assert (clock.counted, clock.stopped, clock.late) == (1, 0, 0)


def test_a_special_procedure_stands_outside_the_limit(calendar):
    clock = day_clock(_periods(2, special=3), april(8), calendar, today=april(14))

    # 9, 10, 13 stand still; 14 is day 1 and 15 day 2
    assert [day.number for day in clock.days] == [None, None, None, 1, 2]
    assert _states(clock) == ["stopped"] * 3 + ["today", "left"]
    assert clock.due_on == april(15)
    assert (clock.counted, clock.stopped) == (1, 3)


def test_a_notice_of_calendar_days_stands_still_on_its_working_days_only(calendar):
    clock = day_clock(
        _periods(1, special=7, special_basis=Basis.CALENDAR), april(8), calendar, today=april(8)
    )

    # seven calendar days end on Wednesday 15: 9, 10, 13, 14, 15 are boxes; 16 is day 1
    assert clock.stopped == 5
    assert clock.due_on == april(16)


def test_days_past_the_promise_are_late_and_go_on(calendar):
    clock = day_clock(_periods(2), april(8), calendar, today=april(14))

    assert _states(clock) == ["used", "used", "late", "late"]  # 9, 10 | 13, 14
    assert clock.late == 2


def test_a_result_ends_the_clock(calendar):
    clock = day_clock(_periods(5), april(8), calendar, today=april(30), finished_on=april(10))

    assert _states(clock) == ["used", "used", "left", "left", "left"]
    assert (clock.counted, clock.late) == (2, 0)


def test_rest_days_skipped_are_named_and_make_up_days_count(calendar):
    clock = day_clock(_periods(5), date(2026, 4, 30), calendar, today=date(2026, 4, 30))

    # Labour Day rests from 1 to 5 May 2026, Saturday 9 May is worked: 6, 7, 8, 9, 11
    assert [day.on.day for day in clock.days] == [6, 7, 8, 9, 11]
    assert [rest.is_workday for rest in clock.rests] == [False, True]


def test_the_lawful_end_stands_beside_the_promised_one(calendar):
    clock = day_clock(_periods(3, statutory=10), april(8), calendar, today=april(8))

    assert (clock.due_on, clock.statutory_on) == (april(13), april(22))


def test_a_step_done_on_the_spot_has_no_boxes(calendar):
    clock = day_clock(_periods(0), april(8), calendar, today=april(8), finished_on=april(8))

    assert clock.days == ()
    assert clock.due_on == april(8)


def test_days_the_decision_waited_for_anothers_result_are_not_late(calendar):
    clock = day_clock(_periods(2), april(8), calendar, today=april(14), held_until=april(20))

    assert _states(clock) == ["used", "used"]  # 9 and 10; review is done and the decision waits until 20
    assert (clock.late, clock.due_on) == (0, april(10))


def test_days_after_that_result_are_late_again_and_counted_on(calendar):
    clock = day_clock(_periods(2), april(8), calendar, today=april(15), held_until=april(13))

    # 9, 10 | 13 waited | 14, 15
    assert [(day.on.day, day.number) for day in clock.days] == [(9, 1), (10, 2), (14, 3), (15, 4)]
    assert clock.late == 2


def test_a_result_that_came_before_the_promised_end_excuses_nothing(calendar):
    clock = day_clock(_periods(2), april(8), calendar, today=april(14), held_until=april(9))

    assert clock.late == 2  # 13 and 14
