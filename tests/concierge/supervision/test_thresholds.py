"""The exact days on which a card is due, worked out by hand on the real calendar of 2026.

Holidays that matter here: Spring Festival 15 to 23 February (14 and 28 February are worked), Qingming 4 to
6 April, Labour Day 1 to 5 May (9 May is worked), the Mid-autumn Festival 25 to 27 September (20 September is
worked).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from approvals.rules.lifecycle import StopKind
from approvals.rules.stops import ClockStop
from concierge.supervision.rules.card import Cause, Colour
from concierge.supervision.rules.thresholds import RunningCase, Slack, cards_due
from scheduler import Period, WorkCalendar


def a_case(calendar: WorkCalendar, accepted_on: date, workdays: int, **facts: object) -> RunningCase:
    """A step accepted on a day, promised in so many working days."""
    end = calendar.due_on(accepted_on, Period(workdays))
    return RunningCase(**{"accepted_on": accepted_on, "promised_end_on": end, **facts})  # type: ignore[arg-type]


def a_stop(first: date, planned: date, last: date | None = None) -> ClockStop:
    """A stop for an expert review."""
    return ClockStop(kind=StopKind.EXPERT_REVIEW, first_on=first, planned_last_on=planned, last_on=last, id=7)


def first_day(case: RunningCase, cause: Cause, calendar: WorkCalendar) -> date:
    """The first day on which a card is due for this."""
    day = case.accepted_on or case.received_on
    assert day is not None
    for _ in range(120):
        if any(due.cause is cause for due in cards_due(case, calendar, today=day)):
            return day
        day += timedelta(1)
    raise AssertionError(f"no {cause} in 120 days")


@pytest.mark.parametrize(
    ("accepted_on", "workdays", "warned_on", "late_on"),
    [
        # 3 days from Wednesday 1 April: 2, 3 and 7 April (4 to 6 are Qingming). Day 2 leaves one.
        (date(2026, 4, 1), 3, date(2026, 4, 3), date(2026, 4, 8)),
        # 20 days from Monday 2 March end on 30 March; day 18 is 26 March.
        (date(2026, 3, 2), 20, date(2026, 3, 26), date(2026, 3, 31)),
        # 10 days: nine tenths are day 9, which leaves one day as well: 13 March of 2 to 16 March.
        (date(2026, 3, 2), 10, date(2026, 3, 13), date(2026, 3, 17)),
        # 11 days: day 10 is the last but one (90.9 %), 16 March; the end is 17 March.
        (date(2026, 3, 2), 11, date(2026, 3, 16), date(2026, 3, 18)),
        # Two days before Labour Day: 3 days from 30 April end on 8 May; day 2 is 7 May, 9 May is worked.
        (date(2026, 4, 30), 3, date(2026, 5, 7), date(2026, 5, 9)),
        # 7 days from 18 September: 20 September is worked, 25 is a holiday; they end on 29 September.
        (date(2026, 9, 18), 7, date(2026, 9, 28), date(2026, 9, 30)),
        # 5 days from 12 February end on 26 February: 13, 14, 24, 25, 26; day 4 is 25 February.
        (date(2026, 2, 12), 5, date(2026, 2, 25), date(2026, 2, 27)),
        # One day: no warning on the day of acceptance itself, but in the morning of its only day.
        (date(2026, 3, 2), 1, date(2026, 3, 3), date(2026, 3, 4)),
    ],
)
def test_the_first_days_of_yellow_and_red(calendar, accepted_on, workdays, warned_on, late_on):
    case = a_case(calendar, accepted_on, workdays)

    assert first_day(case, Cause.PROMISED_NEAR, calendar) == warned_on
    assert first_day(case, Cause.PROMISED_PAST, calendar) == late_on


def test_a_red_card_waits_for_a_working_day(calendar):
    # 4 days from Monday 2 March end on Friday 6 March; nobody is late before Monday.
    case = a_case(calendar, date(2026, 3, 2), 4)

    assert [due.cause for due in cards_due(case, calendar, today=date(2026, 3, 7))] == [Cause.PROMISED_NEAR]
    assert [due.cause for due in cards_due(case, calendar, today=date(2026, 3, 9))] == [Cause.PROMISED_PAST]


def test_the_card_says_how_much_of_the_limit_was_used(calendar):
    case = a_case(calendar, date(2026, 3, 2), 20)

    (due,) = cards_due(case, calendar, today=date(2026, 3, 26))

    assert (due.limit_on, due.limit_workdays, due.used_workdays, due.paused_workdays) == (
        date(2026, 3, 30),
        20,
        18,
        0,
    )


def test_paused_days_are_no_used_days(calendar):
    # 10 days from 2 March, an expert review from Wednesday 4 to Tuesday 10 March: 5 working days stood still.
    # Counted: 3 March = 1, then 11 March = 2 ... 23 March = 10. Nine tenths are 20 March.
    stops = (a_stop(date(2026, 3, 4), date(2026, 3, 10), date(2026, 3, 10)),)
    case = RunningCase(accepted_on=date(2026, 3, 2), promised_end_on=date(2026, 3, 23), stops=stops)

    assert first_day(case, Cause.PROMISED_NEAR, calendar) == date(2026, 3, 20)
    (due,) = cards_due(case, calendar, today=date(2026, 3, 20))
    assert (due.limit_workdays, due.used_workdays, due.paused_workdays) == (10, 9, 5)
    assert first_day(case, Cause.PROMISED_PAST, calendar) == date(2026, 3, 24)


def test_overlapping_pauses_count_once(calendar):
    # 4 to 10 March and 9 to 11 March make one pause of 6 working days: 4, 5, 6, 9, 10, 11.
    stops = (
        a_stop(date(2026, 3, 4), date(2026, 3, 10), date(2026, 3, 10)),
        a_stop(date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 11)),
    )
    case = RunningCase(accepted_on=date(2026, 3, 2), promised_end_on=date(2026, 3, 24), stops=stops)

    (due,) = cards_due(case, calendar, today=date(2026, 3, 23))

    assert (due.limit_workdays, due.used_workdays, due.paused_workdays) == (10, 9, 6)


def test_a_stop_over_its_planned_end_warns_for_itself(calendar):
    # Planned until Tuesday 10 March and still open on the 11th; the promise ends on the 23rd.
    stops = (a_stop(date(2026, 3, 4), date(2026, 3, 10)),)
    case = RunningCase(accepted_on=date(2026, 3, 2), promised_end_on=date(2026, 3, 23), stops=stops)

    assert cards_due(case, calendar, today=date(2026, 3, 10)) == ()
    (due,) = cards_due(case, calendar, today=date(2026, 3, 11))
    assert (due.cause, due.limit_on) == (Cause.STOP_OVERRUN, date(2026, 3, 10))
    assert due.cause.colour is Colour.YELLOW


def test_a_clock_that_stands_shows_no_red_card(calendar):
    # The stop began on day 8 of 10 and lasts; weeks after the promised end nobody is late by the clock.
    stops = (a_stop(date(2026, 3, 13), date(2026, 3, 13)),)
    case = RunningCase(accepted_on=date(2026, 3, 2), promised_end_on=date(2026, 3, 17), stops=stops)

    causes = {due.cause for due in cards_due(case, calendar, today=date(2026, 4, 15))}

    assert causes == {Cause.STOP_OVERRUN}


def test_a_stop_after_the_promise_was_broken_takes_no_card_away(calendar):
    # The end was Monday 16 March; 17 March is late; a stop from the 18th on does not undo that.
    stops = (a_stop(date(2026, 3, 18), date(2026, 3, 31)),)
    case = RunningCase(accepted_on=date(2026, 3, 2), promised_end_on=date(2026, 3, 16), stops=stops)

    (due,) = cards_due(case, calendar, today=date(2026, 3, 20))

    assert due.cause is Cause.PROMISED_PAST


def test_the_law_raises_the_harder_alarm(calendar):
    # Promised in 10 days (16 March), 20 by law (30 March): one red card gives way to the harder one.
    case = a_case(calendar, date(2026, 3, 2), 10, statutory_end_on=date(2026, 3, 30))

    assert [due.cause for due in cards_due(case, calendar, today=date(2026, 3, 30))] == [Cause.PROMISED_PAST]
    (due,) = cards_due(case, calendar, today=date(2026, 3, 31))
    assert (due.cause, due.limit_on) == (Cause.STATUTORY_PAST, date(2026, 3, 30))


def test_whoever_waits_for_another_steps_result_is_not_late(calendar):
    case = a_case(calendar, date(2026, 3, 2), 10, is_held=True)

    assert cards_due(case, calendar, today=date(2026, 4, 15)) == ()


def test_the_result_waited_for_came_and_the_decision_is_due_that_day(calendar):
    # The promise ended on 16 March; the result it hung on came on Friday 20 March.
    case = a_case(calendar, date(2026, 3, 2), 10, held_until=date(2026, 3, 20))

    assert first_day(case, Cause.PROMISED_PAST, calendar) == date(2026, 3, 23)


def test_papers_without_an_answer_for_five_days_are_a_stage_overdue(calendar):
    # Received on Monday 23 November: the answer is due on 30 November (AC-2), red from 1 December.
    case = RunningCase(received_on=date(2026, 11, 23))

    assert cards_due(case, calendar, today=date(2026, 11, 30)) == ()
    (due,) = cards_due(case, calendar, today=date(2026, 12, 1))
    assert (due.cause, due.limit_on, due.used_workdays) == (Cause.STAGE_OVERDUE, date(2026, 11, 30), 6)


@pytest.mark.parametrize(("days", "is_warned"), [(3, False), (2, True), (0, True)])
def test_float_warns_at_two_working_days_before_acceptance(calendar, days, is_warned):
    slack = Slack(finish_on=date(2026, 4, 17), float_workdays=days, is_on_way=True)
    case = RunningCase(received_on=date(2026, 4, 13), slack=slack)

    found = cards_due(case, calendar, today=date(2026, 4, 14))

    assert [due.cause for due in found] == ([Cause.FLOAT] if is_warned else [])
    if is_warned:  # Friday 17 April and two working days: Tuesday 21 April
        assert found[0].limit_on == (date(2026, 4, 21) if days else date(2026, 4, 17))


def test_float_off_the_way_to_the_permit_warns_nobody(calendar):
    slack = Slack(finish_on=date(2026, 4, 17), float_workdays=0, is_on_way=False)

    assert (
        cards_due(RunningCase(received_on=date(2026, 4, 13), slack=slack), calendar, today=date(2026, 4, 14))
        == ()
    )


def test_a_clock_that_was_moved_warns_by_its_float(calendar):
    # Extended by 10 days, so the promise is far; the permit has two days left all the same.
    slack = Slack(finish_on=date(2026, 3, 30), float_workdays=2, is_on_way=True)
    case = RunningCase(
        accepted_on=date(2026, 3, 2),
        promised_end_on=date(2026, 3, 30),
        extended_workdays=10,
        slack=slack,
    )

    (due,) = cards_due(case, calendar, today=date(2026, 3, 10))

    assert (due.cause, due.limit_on, due.float_workdays) == (Cause.FLOAT, date(2026, 4, 1), 2)


def test_a_clock_nobody_moved_leaves_the_warning_to_the_promise(calendar):
    slack = Slack(finish_on=date(2026, 3, 30), float_workdays=0, is_on_way=True)
    case = a_case(calendar, date(2026, 3, 2), 20, slack=slack)

    assert cards_due(case, calendar, today=date(2026, 3, 10)) == ()
