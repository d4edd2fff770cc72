"""What steps take of others' days, added up by hand."""

from datetime import date

from projects.rules.booked_days import (
    Booked,
    Taken,
    TakenDays,
    read_days,
    stored,
    taken_by,
    takes_anything,
)
from projects.rules.portfolio_days import HalfDay, StepDays

THURSDAY, FRIDAY, MONDAY = date(2026, 4, 16), date(2026, 4, 17), date(2026, 4, 20)


def a_step(**told):
    return StepDays(start_on=THURSDAY, accept_on=THURSDAY, end_on=MONDAY, finish_on=MONDAY, **told)


def test_work_takes_a_place_from_its_first_day_to_its_last_rest_days_too():
    step = a_step(department="NRP", work_first_on=FRIDAY, work_last_on=MONDAY)

    taken = taken_by([step])

    # Friday 17, Saturday 18, Sunday 19, Monday 20: whoever asks passes over the weekend.
    assert taken.by_day() == {Taken(Booked.BENCH, "NRP", date(2026, 4, n)): 1 for n in (17, 18, 19, 20)}


def test_two_steps_on_one_day_take_two_places():
    step = a_step(department="NRP", work_first_on=FRIDAY, work_last_on=FRIDAY)

    assert taken_by([step, step]).by_day() == {Taken(Booked.BENCH, "NRP", FRIDAY): 2}


def test_what_is_given_back_leaves_nothing():
    step = a_step(department="NRP", work_first_on=FRIDAY, work_last_on=MONDAY, officer=7)

    assert taken_by([step]).add([step], -1).by_day() == {}


def test_work_over_the_turn_of_a_leap_year_counts_in_both_years_and_comes_back_from_a_row():
    # 2028 has 366 days: Sunday 31 December is its last, at place 365
    step = a_step(department="NRP", work_first_on=date(2028, 12, 31), work_last_on=date(2029, 1, 2))

    years = taken_by([step]).years()

    places = {of.year: days.nonzero()[0].tolist() for of, days in years.items()}
    assert places == {2028: [365], 2029: [0, 1]}
    kept = {of: read_days(stored(days)) for of, days in years.items()}
    assert TakenDays(kept).by_day() == {
        Taken(Booked.BENCH, "NRP", day): 1 for day in (date(2028, 12, 31), date(2029, 1, 1), date(2029, 1, 2))
    }


def test_an_officer_is_taken_on_the_day_of_acceptance_and_a_seat_for_its_half_day():
    step = a_step(officer=7, group="JR_SCHEME", sitting=HalfDay(MONDAY, 1))

    assert taken_by([step]).by_day() == {
        Taken(Booked.OFFICER, "7", THURSDAY): 1,
        Taken(Booked.SEAT, "JR_SCHEME", MONDAY, 1): 1,
    }


def test_a_step_that_nobody_else_counts_on_or_that_is_done_takes_nothing():
    assert not takes_anything(a_step(), finished=False)
    assert takes_anything(a_step(group="JR_SCHEME"), finished=False)
    assert not takes_anything(a_step(group="JR_SCHEME"), finished=True)
