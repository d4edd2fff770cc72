"""The day clock: what counts, what stands still, what is late."""

from datetime import date

import pytest

from approvals.rules.lifecycle import StopKind
from approvals.rules.periods import Periods
from approvals.rules.stops import ClockStop
from projects.rules.day_clock import ClockRun, day_clock
from scheduler import Basis, Segment


def _periods(promised, special=0, special_basis=Basis.WORKING, statutory=None):
    return Periods(
        preparation=Segment("preparation", 5),
        special=Segment("special", special, special_basis),
        promised=Segment("work", promised),
        statutory=None if statutory is None else Segment("work", statutory),
    )


def _stop(first_on, planned_last_on, last_on=None, kind=StopKind.EXPERT_REVIEW):
    return ClockStop(kind=kind, first_on=first_on, planned_last_on=planned_last_on, last_on=last_on)


def april(day):
    return date(2026, 4, day)


def _states(clock):
    return [day.state.value for day in clock.days]


def test_the_first_box_is_the_working_day_after_acceptance(calendar):
    clock = day_clock(
        _periods(3), ClockRun(accepted_on=april(8)), calendar, today=april(9)
    )  # Wednesday; 9, 10 and Monday 13

    assert [(day.on.day, day.number) for day in clock.days] == [(9, 1), (10, 2), (13, 3)]
    assert _states(clock) == ["today", "left", "left"]
    assert clock.due_on == april(13)
    assert (clock.counted, clock.stopped, clock.late) == (1, 0, 0)


def test_a_special_procedure_stands_outside_the_limit(calendar):
    clock = day_clock(_periods(2, special=3), ClockRun(accepted_on=april(8)), calendar, today=april(14))

    # 9, 10, 13 stand still; 14 is day 1 and 15 day 2
    assert [day.number for day in clock.days] == [None, None, None, 1, 2]
    assert _states(clock) == ["stopped"] * 3 + ["today", "left"]
    assert clock.due_on == april(15)
    assert (clock.counted, clock.stopped) == (1, 3)


def test_a_notice_of_calendar_days_stands_still_on_its_working_days_only(calendar):
    clock = day_clock(
        _periods(1, special=7, special_basis=Basis.CALENDAR),
        ClockRun(accepted_on=april(8)),
        calendar,
        today=april(8),
    )

    # seven calendar days end on Wednesday 15: 9, 10, 13, 14, 15 are boxes; 16 is day 1
    assert clock.stopped == 5
    assert clock.due_on == april(16)


def test_days_past_the_promise_are_late_and_go_on(calendar):
    clock = day_clock(_periods(2), ClockRun(accepted_on=april(8)), calendar, today=april(14))

    assert _states(clock) == ["used", "used", "late", "late"]  # 9, 10 | 13, 14
    assert clock.late == 2


def test_a_result_ends_the_clock(calendar):
    clock = day_clock(
        _periods(5), ClockRun(accepted_on=april(8), ended_on=april(10)), calendar, today=april(30)
    )

    assert _states(clock) == ["used", "used", "left", "left", "left"]
    assert (clock.counted, clock.late) == (2, 0)


def test_rest_days_skipped_are_named_and_make_up_days_count(calendar):
    clock = day_clock(_periods(5), ClockRun(accepted_on=date(2026, 4, 30)), calendar, today=date(2026, 4, 30))

    # Labour Day rests from 1 to 5 May 2026, Saturday 9 May is worked: 6, 7, 8, 9, 11
    assert [day.on.day for day in clock.days] == [6, 7, 8, 9, 11]
    assert [rest.is_workday for rest in clock.rests] == [False, True]


def test_the_lawful_end_stands_beside_the_promised_one(calendar):
    clock = day_clock(_periods(3, statutory=10), ClockRun(accepted_on=april(8)), calendar, today=april(8))

    assert (clock.due_on, clock.statutory_on) == (april(13), april(22))


def test_a_step_done_on_the_spot_has_no_boxes(calendar):
    clock = day_clock(
        _periods(0), ClockRun(accepted_on=april(8), ended_on=april(8)), calendar, today=april(8)
    )

    assert clock.days == ()
    assert clock.due_on == april(8)


def test_days_the_decision_waited_for_anothers_result_are_not_late(calendar):
    clock = day_clock(
        _periods(2), ClockRun(accepted_on=april(8), held_until=april(20)), calendar, today=april(14)
    )

    assert _states(clock) == ["used", "used"]  # 9 and 10; review is done and the decision waits until 20
    assert (clock.late, clock.due_on) == (0, april(10))


def test_days_after_that_result_are_late_again_and_counted_on(calendar):
    clock = day_clock(
        _periods(2), ClockRun(accepted_on=april(8), held_until=april(13)), calendar, today=april(15)
    )

    # 9, 10 | 13 waited | 14, 15
    assert [(day.on.day, day.number) for day in clock.days] == [(9, 1), (10, 2), (14, 3), (15, 4)]
    assert clock.late == 2


def test_a_result_that_came_before_the_promised_end_excuses_nothing(calendar):
    clock = day_clock(
        _periods(2), ClockRun(accepted_on=april(8), held_until=april(9)), calendar, today=april(14)
    )

    assert clock.late == 2  # 13 and 14


def test_a_real_stop_moves_both_ends_and_its_days_have_no_number(calendar):
    run = ClockRun(accepted_on=april(8), stops=[_stop(april(10), april(14), april(14))])

    clock = day_clock(_periods(4, statutory=6), run, calendar, today=april(15))

    # 9 | 10, 13, 14 stand still | 15, 16, 17; by law 20 and 21 on top
    assert [day.number for day in clock.days] == [1, None, None, None, 2, 3, 4]
    assert _states(clock) == ["used", *["stopped"] * 3, "today", "left", "left"]
    assert (clock.due_on, clock.statutory_on) == (april(17), april(21))
    assert (clock.counted, clock.stopped, clock.left) == (2, 3, 2)
    assert clock.reasons == (StopKind.EXPERT_REVIEW,)


def test_a_stop_across_the_turn_of_the_year_ends_where_the_rule_says(calendar):
    # 24 to 27 and 30 November are days 1 to 5; nine working days of December stand still; 14 December is
    # day 6, 31 December day 19, New Year rests, Monday 4 January is day 20
    stop = _stop(date(2026, 12, 1), date(2026, 12, 11), date(2026, 12, 11))
    run = ClockRun(accepted_on=date(2026, 11, 23), stops=[stop])

    clock = day_clock(_periods(20, statutory=20), run, calendar, today=date(2026, 12, 14))

    assert clock.due_on == clock.statutory_on == date(2027, 1, 4)
    assert (clock.counted, clock.stopped) == (6, 9)
    assert clock.is_provisional


def test_stops_that_overlap_stand_still_once(calendar):
    stops = [
        _stop(april(10), april(14), april(14)),
        _stop(april(13), april(15), april(15), kind=StopKind.CORRECTION),
    ]

    clock = day_clock(_periods(3), ClockRun(accepted_on=april(8), stops=stops), calendar, today=april(16))

    # 9 | 10, 13, 14 review, 15 still correction | 16, 17
    assert [day.number for day in clock.days] == [1, None, None, None, None, 2, 3]
    assert [day.stop for day in clock.days][1:5] == [StopKind.EXPERT_REVIEW] * 3 + [StopKind.CORRECTION]
    assert clock.due_on == april(17)


def test_a_stop_that_runs_is_counted_on_to_its_planned_end(calendar):
    run = ClockRun(accepted_on=april(8), stops=[_stop(april(13), april(17))])

    clock = day_clock(_periods(3), run, calendar, today=april(15))

    # 9, 10 | 13 to 17 | 20
    assert _states(clock) == ["used", "used", *["stopped"] * 5, "left"]
    assert [day.is_today for day in clock.days].index(True) == 4
    assert (clock.due_on, clock.overdue_stop) == (april(20), None)


def test_a_stop_past_its_planned_end_is_marked_and_still_stands(calendar):
    overrun = _stop(april(9), april(13))

    clock = day_clock(_periods(2), ClockRun(accepted_on=april(8), stops=[overrun]), calendar, today=april(15))

    # 9, 10, 13 as announced, 14 and 15 over it | 16, 17
    assert [day.is_overrun for day in clock.days] == [False, False, False, True, True, False, False]
    assert clock.overdue_stop == overrun
    assert clock.due_on == april(17)


def test_a_stop_of_a_case_that_has_ended_is_overdue_no_more(calendar):
    run = ClockRun(accepted_on=april(8), ended_on=april(14), stops=[_stop(april(9), april(13))])

    assert day_clock(_periods(2), run, calendar, today=april(30)).overdue_stop is None


@pytest.mark.parametrize(
    ("kind", "stopped", "due"),
    [
        (StopKind.EXPERT_REVIEW, 1, 14),  # 9 stands still; 10, 13, 14: what was planned is forgotten
        (StopKind.CORRECTION, 3, 16),  # 9, 10, 13 are planned and 9 lies within; 14, 15, 16
    ],
)
def test_the_planned_procedure_stands_until_a_real_one_is_recorded(calendar, kind, stopped, due):
    run = ClockRun(accepted_on=april(8), stops=[_stop(april(9), april(9), april(9), kind)])

    clock = day_clock(_periods(3, special=3), run, calendar, today=april(9))

    assert (clock.stopped, clock.due_on) == (stopped, april(due))
    assert clock.is_only_planned is (kind is StopKind.CORRECTION)


def test_the_days_of_an_extension_follow_the_promise(calendar):
    run = ClockRun(accepted_on=april(8), extended_workdays=2)

    clock = day_clock(_periods(2, statutory=3), run, calendar, today=april(14))

    # 9, 10 promised | 13, 14 granted; by law 13 and two more
    assert [(day.number, day.is_extra) for day in clock.days] == [
        (1, False),
        (2, False),
        (3, True),
        (4, True),
    ]
    assert (clock.limit, clock.late) == (4, 0)
    assert (clock.due_on, clock.statutory_on) == (april(14), april(15))
