"""Minutes of opening hours: 08:30 to 12:00 and 14:00 to 17:30 on working days."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.escalation.rules.opening import (
    HoursCrossed,
    OpeningHours,
    open_minutes_later,
    spot_is_over,
)
from concierge.kernel.clock import SHANGHAI
from scheduler import WorkCalendar
from tests.concierge.escalation.moments import april

HOURS = OpeningHours()


def test_ten_minutes_run_straight_on_while_the_hall_is_open(calendar):
    assert open_minutes_later(april(14, "09:12"), 10, HOURS, calendar) == april(14, "09:22")


def test_minutes_stand_over_midday(calendar):
    # 11:55 to 12:00 are five minutes, the other twenty-five run from 14:00
    assert open_minutes_later(april(14, "11:55"), 30, HOURS, calendar) == april(14, "14:25")


def test_a_report_at_night_begins_when_the_hall_opens(calendar):
    assert open_minutes_later(april(14, "22:00"), 10, HOURS, calendar) == april(15, "08:40")


def test_minutes_go_on_after_the_weekend(calendar):
    # Friday 17 April 17:25: five minutes on Friday, twenty-five on Monday the 20th
    assert open_minutes_later(april(17, "17:25"), 30, HOURS, calendar) == april(20, "08:55")


def test_a_make_up_saturday_counts_and_the_holiday_does_not(calendar):
    # 1 to 5 May 2026 are holidays; Saturday 9 May is worked
    night = datetime(2026, 4, 30, 20, 0, tzinfo=SHANGHAI)
    friday = datetime(2026, 5, 8, 17, 29, tzinfo=SHANGHAI)

    assert open_minutes_later(night, 10, HOURS, calendar) == datetime(2026, 5, 6, 8, 40, tzinfo=SHANGHAI)
    assert open_minutes_later(friday, 10, HOURS, calendar) == datetime(2026, 5, 9, 8, 39, tzinfo=SHANGHAI)


def test_a_hall_without_a_break_counts_through_noon(calendar):
    through = OpeningHours(opens=time(9), pauses=time(12), resumes=time(12), closes=time(17))

    assert open_minutes_later(april(14, "11:55"), 30, through, calendar) == april(14, "12:25")


def test_the_spot_is_over_when_the_hall_closes(calendar):
    assert spot_is_over(april(14, "09:19"), HOURS, calendar) == april(14, "17:30")
    assert spot_is_over(april(14, "18:00"), HOURS, calendar) == april(15, "17:30")


def test_hours_that_cross_are_refused():
    with pytest.raises(HoursCrossed):
        OpeningHours(opens=time(9), pauses=time(12), resumes=time(11), closes=time(17))


@given(
    minutes=st.integers(1, 900),
    offset=st.integers(0, 200 * 24 * 60),
)
def test_the_answer_lies_in_opening_hours_and_more_minutes_never_end_earlier(calendar, minutes, offset):
    at = datetime(2026, 1, 5, 0, 0, tzinfo=SHANGHAI) + timedelta(minutes=offset)

    end = open_minutes_later(at, minutes, HOURS, calendar)

    assert end > at
    assert calendar.is_workday(end.date())
    assert any(begins < end.time() <= ends for begins, ends in HOURS.shifts)
    assert open_minutes_later(at, minutes + 1, HOURS, calendar) > end
    assert _counted(at, end, calendar) == timedelta(minutes=minutes)


def _counted(at: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """The opening hours between two moments, added up day by day, independently of the rule."""
    found, day = timedelta(), at.date()
    while day <= end.date():
        if calendar.is_workday(day):
            for begins, ends in HOURS.shifts:
                first = max(at, datetime.combine(day, begins, SHANGHAI))
                last = min(end, datetime.combine(day, ends, SHANGHAI))
                found += max(last - first, timedelta())
        day += timedelta(days=1)
    return found
