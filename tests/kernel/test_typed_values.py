"""What is typed for a number, a day or a moment is read, or answered by a sentence that says what to type."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from concierge.kernel.typed_values import (
    NotACalendarDay,
    NotAMoment,
    NotAWholeNumber,
    readable_day,
    readable_moment,
    typed_day,
    typed_moment,
    typed_number,
)

NO_DAYS = ["", "garbage", "2026-02-30", "0000-01-01", "0001-01-01", "2003-12-31", "2200-01-01", "9999-12-31"]


def test_a_day_the_working_calendar_knows_is_read_with_blanks_around_it() -> None:
    assert typed_day(" 2026-05-08 ", "on") == date(2026, 5, 8)
    assert [readable_day(first) for first in ("2004-01-01", "2199-12-31")] == [
        date(2004, 1, 1),
        date(2199, 12, 31),
    ]


@pytest.mark.parametrize("typed", NO_DAYS)
def test_no_day_and_a_day_no_calendar_reaches_are_answered_alike(typed: str) -> None:
    with pytest.raises(NotACalendarDay) as refused:
        typed_day(typed, "due_on")
    assert refused.value.field == "due_on"
    assert readable_day(typed) is None


def test_a_moment_without_a_zone_is_one_of_shanghai() -> None:
    assert typed_moment("2026-05-08T09:30", "at") == datetime(2026, 5, 8, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "09:30", "0001-01-01T00:00", "9999-12-31T23:59-08:00"])
def test_a_moment_that_no_clock_can_turn_into_utc_is_refused(typed: str) -> None:
    with pytest.raises(NotAMoment):
        typed_moment(typed, "at")
    assert readable_moment(typed) is None


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "1e3", "１", "9999999999"])
def test_what_is_no_whole_number_of_nine_digits_is_refused(typed: str) -> None:
    with pytest.raises(NotAWholeNumber):
        typed_number(typed, "minutes")
