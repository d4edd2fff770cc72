"""Beginning in time, and works that stand still: the days of the Construction Law, worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.works import (
    DayOutOfOrder,
    NoMoreExtensions,
    PermitToBeRechecked,
    PermitVoid,
    PutOffTooLong,
    StartExtension,
    WorksBegunAlready,
    WorksGoOn,
    WorksNotBegun,
    WorksStandStill,
    WorksStop,
    check_report,
    check_resumption,
    decide_extension,
    decide_stop,
    last_day_to_begin,
)

LAST = date(2026, 6, 2)  # three months after a permit of 2 March
TODAY = date(2026, 5, 20)
BEGAN = date(2026, 3, 20)
ONCE = (StartExtension(number=1, until_on=date(2026, 9, 2), granted_on=date(2026, 5, 20)),)
TWICE = (*ONCE, StartExtension(number=2, until_on=date(2026, 12, 2), granted_on=date(2026, 8, 25)))


def put_off(until_on, *, extensions=(), last_on=LAST, began_on=None, today=TODAY):
    return decide_extension(last_on, extensions, until_on, began_on=began_on, today=today)


def test_three_months_more_is_the_most_at_a_time():
    assert put_off(date(2026, 9, 2)) == ONCE[0]
    with pytest.raises(PutOffTooLong):
        put_off(date(2026, 9, 3))


def test_a_day_that_is_no_later_is_no_extension():
    with pytest.raises(PutOffTooLong):
        put_off(LAST)


def test_it_is_put_off_twice_and_no_third_time():
    second = put_off(date(2026, 12, 2), extensions=ONCE, last_on=date(2026, 9, 2), today=date(2026, 8, 25))

    assert second == TWICE[1]
    with pytest.raises(NoMoreExtensions):
        put_off(date(2027, 3, 2), extensions=TWICE, last_on=date(2026, 12, 2), today=date(2026, 11, 1))


def test_who_asks_after_the_last_day_has_no_permit_any_more():
    with pytest.raises(PermitVoid):
        put_off(date(2026, 9, 2), today=date(2026, 6, 3))


def test_who_has_begun_needs_no_more_time():
    with pytest.raises(WorksBegunAlready):
        put_off(date(2026, 9, 2), began_on=BEGAN)


def test_the_last_day_to_begin_is_that_of_the_last_extension():
    assert last_day_to_begin(LAST, ()) == LAST
    assert last_day_to_begin(LAST, TWICE) == date(2026, 12, 2)


def test_a_stop_is_reported_within_a_month_even_a_short_one():
    assert WorksStop(stopped_on=date(2026, 4, 10)).report_due_on == date(2026, 5, 10)
    assert WorksStop(stopped_on=date(2026, 1, 31)).report_due_on == date(2026, 2, 28)


def test_a_year_of_standing_still_asks_for_a_recheck_before_the_works_go_on():
    stop = WorksStop(stopped_on=date(2026, 4, 10))

    check_resumption(stop, date(2027, 4, 9), today=date(2027, 4, 12))  # a day short of the year
    with pytest.raises(PermitToBeRechecked):
        check_resumption(stop, date(2027, 4, 10), today=date(2027, 4, 12))

    rechecked = WorksStop(stopped_on=date(2026, 4, 10), rechecked_on=date(2027, 4, 11))
    check_resumption(rechecked, date(2027, 4, 12), today=date(2027, 4, 12))
    with pytest.raises(DayOutOfOrder):
        check_resumption(rechecked, date(2027, 4, 10), today=date(2027, 4, 12))


def test_only_what_began_stands_still_and_only_once_at_a_time():
    with pytest.raises(WorksNotBegun):
        decide_stop(None, (), TODAY, today=TODAY)
    with pytest.raises(WorksStandStill):
        decide_stop(BEGAN, (WorksStop(stopped_on=date(2026, 4, 1)),), TODAY, today=TODAY)


@pytest.mark.parametrize("stopped_on", [date(2026, 3, 19), date(2026, 5, 21)])
def test_a_stop_lies_between_the_start_and_today(stopped_on):
    with pytest.raises(DayOutOfOrder):
        decide_stop(BEGAN, (), stopped_on, today=TODAY)


def test_a_second_stop_begins_after_the_first_went_on():
    over = WorksStop(stopped_on=date(2026, 4, 1), resumed_on=date(2026, 4, 20))

    assert decide_stop(BEGAN, (over,), date(2026, 5, 6), today=TODAY).stopped_on == date(2026, 5, 6)
    with pytest.raises(DayOutOfOrder):
        decide_stop(BEGAN, (over,), date(2026, 4, 19), today=TODAY)


def test_nothing_is_reported_of_works_that_go_on():
    with pytest.raises(WorksGoOn):
        check_report(None, TODAY, today=TODAY)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 500))
def test_whoever_goes_on_within_the_year_is_never_held_up(stopped_on, days):
    stop = WorksStop(stopped_on=stopped_on)
    on = stopped_on + timedelta(days=days)

    if on < stop.recheck_from_on:
        check_resumption(stop, on, today=on)
    else:
        with pytest.raises(PermitToBeRechecked):
            check_resumption(stop, on, today=on)
