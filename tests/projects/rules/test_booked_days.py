"""What steps take of others' days, added up by hand."""

from datetime import date

from projects.rules.booked_days import Booked, Taken, taken_by, takes_anything
from projects.rules.portfolio_days import HalfDay, StepDays

THURSDAY, FRIDAY, MONDAY = date(2026, 4, 16), date(2026, 4, 17), date(2026, 4, 20)


def a_step(**told):
    return StepDays(start_on=THURSDAY, accept_on=THURSDAY, end_on=MONDAY, finish_on=MONDAY, **told)


def test_work_takes_a_place_from_its_first_day_to_its_last_rest_days_too():
    step = a_step(department="NRP", work_first_on=FRIDAY, work_last_on=MONDAY)

    taken = taken_by([step])

    # Friday 17, Saturday 18, Sunday 19, Monday 20: whoever asks passes over the weekend.
    assert {day.day: used for day, used in taken.items()} == {date(2026, 4, n): 1 for n in (17, 18, 19, 20)}


def test_two_steps_on_one_day_take_two_places():
    step = a_step(department="NRP", work_first_on=FRIDAY, work_last_on=FRIDAY)

    assert taken_by([step, step])[Taken(Booked.BENCH, "NRP", FRIDAY)] == 2


def test_an_officer_is_taken_on_the_day_of_acceptance_and_a_seat_for_its_half_day():
    step = a_step(officer=7, group="JR_SCHEME", sitting=HalfDay(MONDAY, 1))

    assert taken_by([step]) == {
        Taken(Booked.OFFICER, "7", THURSDAY): 1,
        Taken(Booked.SEAT, "JR_SCHEME", MONDAY, 1): 1,
    }


def test_a_step_that_nobody_else_counts_on_or_that_is_done_takes_nothing():
    assert not takes_anything(a_step(), finished=False)
    assert takes_anything(a_step(group="JR_SCHEME"), finished=False)
    assert not takes_anything(a_step(group="JR_SCHEME"), finished=True)
