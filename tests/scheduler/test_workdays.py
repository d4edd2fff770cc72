"""Working-day arithmetic: one test for each rule of the calendar, and the vectors worked out by hand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest

import scheduler
from scheduler import DayRule, Period, WorkCalendar
from tests.scheduler.county import CALENDAR, UNSPECIFIED, WORKING, office_calendar, published

HALF_PAST_FIVE = time(17, 30)


@pytest.fixture(scope="module")
def calendar():
    return office_calendar()


# Acceptance date excluded; worked out by hand on the published tables of 2025 and 2026.
GOLDEN = [
    ("2025-01-24", Period(7), (), "2025-02-10"),  # 26 January and 8 February are make-up working days
    ("2025-09-26", Period(5), (), "2025-10-10"),  # 28 September is a working day
    ("2026-02-12", Period(5), (), "2026-02-26"),  # 14 February is a working day
    ("2026-04-30", Period(3), (), "2026-05-08"),
    ("2026-09-18", Period(7), (), "2026-09-29"),  # 20 September is a working day
    ("2026-11-23", Period(20), (), "2026-12-21"),
    ("2026-11-23", Period(20), (("2026-12-01", "2026-12-11"),), "2027-01-04"),  # into a provisional year
    ("2026-11-23", Period(45), (), "2027-01-26"),
    ("2026-12-28", Period(10), (), "2027-01-12"),
    ("2026-09-05", Period(20, CALENDAR), (), "2026-09-28"),  # 25 September is a holiday
]


@pytest.mark.parametrize(("accepted_on", "period", "pauses", "due_on"), GOLDEN)
def test_the_hand_worked_periods_end_on_their_day(calendar, accepted_on, period, pauses, due_on):
    stops = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pauses]

    assert calendar.due_on(date.fromisoformat(accepted_on), period, stops) == date.fromisoformat(due_on)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_year_has_248_working_days(calendar, year):
    assert calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == 248


def test_a_make_up_saturday_is_a_working_day_and_a_moved_rest_day_is_not(calendar):
    assert calendar.is_workday(date(2026, 2, 14))
    assert not calendar.is_workday(date(2026, 2, 23))


def test_the_day_of_acceptance_is_not_counted(calendar):
    monday = date(2026, 3, 2)

    assert calendar.due_on(monday, Period(1)) == date(2026, 3, 3)
    assert calendar.due_on(monday, Period(0)) == monday


def test_a_day_that_says_only_days_counts_working_days(calendar):
    friday = date(2026, 3, 6)

    assert calendar.due_on(friday, Period(2, UNSPECIFIED)) == calendar.due_on(friday, Period(2, WORKING))


def test_calendar_days_run_through_weekends_and_end_on_a_working_day(calendar):
    friday = date(2026, 3, 6)

    assert calendar.due_on(friday, Period(3, CALENDAR)) == date(2026, 3, 9)
    assert calendar.due_on(friday, Period(2, CALENDAR)) == date(2026, 3, 9)  # Sunday moves to Monday


@pytest.mark.parametrize(
    ("at", "received_on"),
    [
        (datetime(2026, 3, 6, 17, 30), date(2026, 3, 6)),  # noqa: DTZ001 - the office's own clock, at closing
        (datetime(2026, 3, 6, 17, 31), date(2026, 3, 9)),  # noqa: DTZ001 - the office's own clock, after closing
        (datetime(2026, 3, 7, 9, 0), date(2026, 3, 9)),  # noqa: DTZ001 - the office's own clock, on a Saturday
        (datetime(2026, 2, 14, 9, 0), date(2026, 2, 14)),  # noqa: DTZ001 - the office's own clock, a make-up day
    ],
)
def test_what_comes_after_closing_or_on_a_rest_day_is_received_next_working_day(calendar, at, received_on):
    assert calendar.received_on(at, HALF_PAST_FIVE) == received_on


def test_the_next_working_day_is_never_the_day_itself(calendar):
    assert calendar.next_workday(date(2026, 3, 6)) == date(2026, 3, 9)
    assert calendar.on_or_after(date(2026, 3, 6)) == date(2026, 3, 6)
    assert calendar.on_or_after(date(2026, 3, 7)) == date(2026, 3, 9)


def test_working_days_can_be_counted_backwards(calendar):
    assert calendar.add_workdays(date(2026, 3, 9), -1) == date(2026, 3, 6)
    assert calendar.add_workdays(date(2026, 3, 8), -1) == date(2026, 3, 6)
    assert calendar.workdays_between(date(2026, 3, 9), date(2026, 3, 6)) == -1


def test_adding_and_counting_agree_on_every_day_of_two_years(calendar):
    day = date(2025, 1, 1)
    while day < date(2027, 1, 1):
        for count in (1, 2, 5, 23):
            assert calendar.workdays_between(day, calendar.add_workdays(day, count)) == count
        day += timedelta(days=1)


def test_the_first_and_the_last_day_of_a_pause_are_both_paused(calendar):
    monday, tuesday, wednesday = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)

    assert calendar.due_on(monday, Period(1), [(tuesday, wednesday)]) == date(2026, 3, 5)


def test_pauses_that_overlap_or_touch_count_once(calendar):
    monday = date(2026, 3, 2)
    overlapping = [(date(2026, 3, 4), date(2026, 3, 6)), (date(2026, 3, 3), date(2026, 3, 5))]
    joined = [(date(2026, 3, 3), date(2026, 3, 6))]

    # 5 working days: 9, 10, 11, 12, 13 March, as 3 to 6 are paused
    assert calendar.due_on(monday, Period(5), overlapping) == date(2026, 3, 13)
    assert calendar.due_on(monday, Period(5), joined) == date(2026, 3, 13)


def test_a_pause_before_acceptance_or_after_the_end_changes_nothing(calendar):
    monday = date(2026, 3, 2)
    pauses = [(date(2026, 2, 24), monday), (date(2026, 3, 10), date(2026, 3, 20))]

    assert calendar.due_on(monday, Period(5), pauses) == date(2026, 3, 9)


def test_a_second_pause_stops_the_days_the_first_pushed_into_it(calendar):
    monday = date(2026, 3, 2)
    pauses = [(date(2026, 3, 3), date(2026, 3, 3)), (date(2026, 3, 9), date(2026, 3, 9))]

    # due on 9 March, pushed to 9 March + 1 by the first pause; 9 March is paused too: 11 March
    assert calendar.due_on(monday, Period(5), pauses) == date(2026, 3, 11)


def test_a_pause_stops_calendar_days_day_by_day(calendar):
    monday = date(2026, 3, 2)

    # 4 days would end on 6 March; 4 and 5 March are paused: 8 March, a Sunday, moves to Monday
    assert calendar.due_on(monday, Period(4, CALENDAR), [(date(2026, 3, 4), date(2026, 3, 5))]) == date(
        2026, 3, 9
    )


def test_a_last_day_that_moves_into_a_pause_moves_past_it(calendar):
    monday = date(2026, 3, 2)

    # 5 days end on Saturday 7 March; Monday is paused, so the last day is Tuesday
    assert calendar.due_on(monday, Period(5, CALENDAR), [(date(2026, 3, 9), date(2026, 3, 9))]) == date(
        2026, 3, 10
    )


def test_a_pause_that_ends_before_it_begins_is_refused(calendar):
    with pytest.raises(scheduler.PauseEndsBeforeItBegins, match="2026-03-05 ends on 2026-03-03"):
        calendar.due_on(date(2026, 3, 2), Period(5), [(date(2026, 3, 5), date(2026, 3, 3))])


def test_a_year_without_an_official_arrangement_is_provisional(calendar):
    assert not calendar.is_provisional(2026)
    assert calendar.is_provisional(2027)
    assert calendar.is_provisional(date(2031, 5, 1))
    assert calendar.touches_provisional(date(2026, 12, 31), date(2027, 1, 4))
    assert not calendar.touches_provisional(date(2025, 1, 1), date(2026, 12, 31))


def test_a_day_before_the_first_year_is_refused_by_name(calendar):
    with pytest.raises(scheduler.OutsideCalendar, match="2003-12-31 is outside the working calendar"):
        calendar.is_workday(date(2003, 12, 31))
    with pytest.raises(scheduler.OutsideCalendar):
        calendar.axis(date(2003, 1, 6))
    with pytest.raises(scheduler.OutsideCalendar):
        calendar.add_workdays(date(2004, 1, 5), -30)


def test_a_calendar_needs_a_year():
    with pytest.raises(scheduler.EmptyCalendar):
        WorkCalendar([], ())


def test_a_day_given_twice_is_refused_by_name():
    twice = [DayRule(date(2026, 1, 1), False, "holiday"), DayRule(date(2026, 1, 1), True, "makeup_workday")]

    with pytest.raises(scheduler.DayTwice, match="2026-01-01"):
        WorkCalendar(twice, {2026})


def test_years_after_the_table_are_asked_for_once_each_and_only_when_needed():
    asked = []

    def beyond(year):
        asked.append(year)
        return [DayRule(date(year, 1, 1), False, "statutory")]

    calendar = WorkCalendar([], {2026}, beyond)
    assert asked == []

    assert not calendar.is_workday(date(2027, 1, 1))  # a Friday
    assert not calendar.is_workday(date(2029, 1, 1))  # a Monday
    assert calendar.is_provisional(2029)
    assert asked == [2027, 2028, 2029]


def broken(year):
    raise LookupError(year)


def wrong(year):
    return [DayRule(date(1999, 1, 4), False, "another year"), "not a day"]


@pytest.mark.parametrize("beyond", [None, broken, wrong])
def test_a_far_year_falls_back_to_plain_weekdays(beyond):
    calendar = WorkCalendar([], {2026}, beyond)

    # 260 working days after Friday 1 January 2100, 52 weeks of five: Friday 31 December
    assert calendar.due_on(date(2100, 1, 1), Period(260)) == date(2100, 12, 31)
    assert calendar.is_provisional(2100)


def test_many_people_may_ask_for_far_years_at_once():
    days = [date(2026 + years, 6, 1) for years in range(40)] * 5
    alone = WorkCalendar([], {2026}, lambda year: [DayRule(date(year, 1, 4), False, "statutory")])
    shared = WorkCalendar([], {2026}, lambda year: [DayRule(date(year, 1, 4), False, "statutory")])

    with ThreadPoolExecutor(max_workers=8) as people:
        answers = list(people.map(lambda day: shared.due_on(day, Period(300)), days))

    assert answers == [alone.due_on(day, Period(300)) for day in days]


def test_only_the_end_of_all_dates_is_out_of_reach():
    calendar = WorkCalendar([], {9990})

    assert calendar.is_workday(date(9999, 12, 30))
    for period in (Period(3000), Period(4000, CALENDAR), Period(10**9), Period(10**9, CALENDAR)):
        with pytest.raises(scheduler.OutsideCalendar):
            calendar.due_on(date(9990, 1, 1), period)


def test_holidays_and_make_up_days_in_a_period_are_named(calendar):
    rests = calendar.rests_between(date(2026, 9, 18), date(2026, 9, 29))

    assert [(rest.first.day, rest.last.day, rest.is_workday, rest.names_zh) for rest in rests] == [
        (20, 20, True, ("国庆节",)),
        (25, 27, False, ("中秋节",)),
    ]


def test_a_block_of_two_holidays_is_one_rest_with_both_names(calendar):
    (rest,) = calendar.rests_between(date(2025, 10, 3), date(2025, 10, 9))

    assert (rest.first, rest.last) == (date(2025, 10, 1), date(2025, 10, 8))
    assert rest.names_en == ("National Day", "Mid-autumn Festival")


def test_a_plain_weekend_is_not_worth_a_word(calendar):
    assert calendar.rests_between(date(2026, 3, 6), date(2026, 3, 9)) == ()


def test_every_published_day_is_what_the_table_says(calendar):
    rules, _ = published()

    assert all(calendar.is_workday(rule.on) is rule.is_workday for rule in rules)
