"""The review board: the best half-day, what each brings, how late is harmless, and what sharing spares."""

from datetime import date, time

import pytest

from approvals.rules.sittings import Answer, Attendance, Half, PossibleSitting
from projects.rules.review_board import (
    Harmed,
    Sharing,
    Slot,
    SlotVerdict,
    agenda,
    best,
    harmless,
    judged,
    proposed,
    ranked,
    sharing,
)
from scheduler import WorkCalendar

APRIL, JUNE = 4, 6
TABLE = ("NRP", "HCB", "CAD", "EEB", "PSB", "LGB", "GWS")


@pytest.fixture
def calendar():
    """Plain weekdays. In 2026, 16 April is a Thursday, 5 June a Friday, 8 June a Monday."""
    return WorkCalendar((), official_years={2026})


def april(day, half=Half.MORNING, *, online=(), absent=(), silent=(), **told):
    """A half-day of April for seven departments led by NRP; whoever is not named comes."""
    answers = dict.fromkeys(TABLE, Answer.CAN) | dict.fromkeys(online, Answer.ONLINE)
    answers |= dict.fromkeys(absent, Answer.CANNOT) | dict.fromkeys(silent)
    people = tuple(
        Attendance(department=code, is_lead=code == "NRP", answer=answer) for code, answer in answers.items()
    )
    has_notice = told.pop("has_notice", True)
    return Slot(sitting=PossibleSitting(date(2026, APRIL, day), half, people, has_notice), **told)


def june(day):
    return date(2026, JUNE, day)


def test_a_half_day_everybody_can_attend_goes_before_an_earlier_one_somebody_cannot():
    early = april(16, absent=("HCB",), permit_on=june(5))
    full = april(17, permit_on=june(8))

    assert ranked([early, full]) == (full, early)
    assert best([early, full]) is full


def test_a_member_who_has_not_answered_counts_as_missing():
    silent = april(16, silent=("HCB",), permit_on=june(5))
    full = april(17, permit_on=june(8))

    assert best([silent, full]) is full
    assert not silent.has_everybody


def test_among_full_half_days_the_one_with_the_earliest_permit_is_best():
    later = april(16, permit_on=june(9))
    sooner = april(17, Half.AFTERNOON, permit_on=june(8))

    assert best([later, sooner]) is sooner


def test_a_half_day_without_a_room_is_never_chosen():
    roomless = april(16, permit_on=june(5), has_room=False)
    housed = april(17, permit_on=june(8))

    assert ranked([housed, roomless])[0] is roomless
    assert best([roomless, housed]) is housed
    assert best([roomless]) is None


def test_a_half_day_whose_list_is_full_is_never_chosen():
    assert best([april(16, has_seats=False)]) is None


def test_a_half_day_the_lead_cannot_attend_or_too_soon_to_tell_is_never_chosen():
    leaderless = april(16, absent=("NRP",))
    too_soon = april(16, has_notice=False)
    one_missing = april(20, absent=("HCB", "CAD"))

    assert best([leaderless, too_soon, one_missing]) is one_missing
    assert best([leaderless, too_soon]) is None


def test_everybody_at_the_table_is_better_than_somebody_on_the_line():
    on_the_line = april(16, online=("HCB",), permit_on=june(8))
    at_the_table = april(17, permit_on=june(8))

    assert on_the_line.has_everybody
    assert best([on_the_line, at_the_table]) is at_the_table


def test_of_equals_the_sooner_half_day_is_best():
    assert best([april(17), april(16, Half.AFTERNOON), april(16)]) == april(16)
    assert best([]) is None


def test_without_a_full_half_day_the_three_with_the_fewest_missing_are_proposed():
    one = april(17, absent=("CAD",))
    two = april(16, absent=("CAD", "EEB"))
    three = april(20, absent=("CAD", "EEB", "PSB"))
    four = april(21, absent=("CAD", "EEB", "PSB", "LGB"))
    nobody = april(22, silent=TABLE)
    roomless = april(23, absent=("CAD",), has_room=False)

    assert proposed([four, three, two, one, nobody, roomless]) == (one, two, three)


def test_while_nobody_has_answered_nothing_is_proposed_but_the_soonest_is_best():
    silent = [april(17, silent=TABLE), april(16, silent=TABLE)]

    assert proposed(silent) == ()
    assert best(silent) is silent[1]


def test_where_one_half_day_is_full_nothing_else_is_proposed():
    assert proposed([april(16, absent=("CAD",)), april(17)]) == ()


@pytest.mark.parametrize(
    ("forecast", "verdict", "workdays"),
    [
        (5, SlotVerdict.EARLIER, 1),  # Friday against Monday: one working day
        (8, SlotVerdict.SAME, 0),
        (9, SlotVerdict.LATER, 1),
        (10, SlotVerdict.ON_TARGET, 0),
        (11, SlotVerdict.PAST_TARGET, 1),
        (15, SlotVerdict.PAST_TARGET, 3),  # from Wednesday: Thursday, Friday, Monday
    ],
)
def test_a_forecast_is_judged_by_the_target_first_and_then_by_the_one_that_stands(
    calendar, forecast, verdict, workdays
):
    found = judged(june(forecast), june(8), june(10), calendar)

    assert (found.verdict, found.workdays) == (verdict, workdays)


def test_without_a_target_a_forecast_is_judged_by_the_one_that_stands(calendar):
    assert judged(june(12), june(8), None, calendar).verdict is SlotVerdict.LATER
    assert judged(june(12), None, None, calendar).verdict is SlotVerdict.SAME
    assert judged(None, june(8), june(10), calendar) is None


def test_the_last_harmless_day_leaves_time_for_the_opinions_before_the_latest_finish(calendar):
    # The step ends on Wednesday 22 April, may slip 2 days, and the permit 1: latest finish Monday 27 April.
    # Opinions take 3 working days: the review sits on Wednesday 22 April at the latest.
    found = harmless(date(2026, APRIL, 22), 2, 3, margin_workdays=1, calendar=calendar)

    assert found.on == date(2026, APRIL, 22)
    assert found.harmed is Harmed.TARGET


def test_a_late_project_has_its_last_harmless_day_behind_it(calendar):
    # Four working days past the target, and 3 for the opinions: from Wednesday 22 April 7 days back.
    found = harmless(date(2026, APRIL, 22), 0, 3, margin_workdays=-4, calendar=calendar)

    assert found.on == date(2026, APRIL, 13)


def test_without_a_target_the_forecast_is_not_to_be_harmed(calendar):
    found = harmless(date(2026, APRIL, 22), 2, 0, margin_workdays=None, calendar=calendar)

    assert (found.on, found.harmed) == (date(2026, APRIL, 24), Harmed.FORECAST)


def test_one_sitting_for_two_projects_spares_each_department_of_both_one_journey():
    found = sharing([{"NRP", "HCB", "CAD"}, {"NRP", "HCB", "EEB"}])

    assert found == Sharing(sittings=1, departments=2, trips=2)


def test_a_department_of_three_projects_makes_one_journey_instead_of_three():
    found = sharing([{"NRP", "HCB"}, {"NRP"}, {"NRP", "HCB"}])

    assert found == Sharing(sittings=2, departments=2, trips=3)


def test_a_review_alone_spares_nothing():
    assert sharing([{"NRP"}]) == Sharing(0, 0, 0)
    assert sharing([]) == Sharing(0, 0, 0)


def test_the_agenda_puts_one_project_after_another_and_says_what_is_left():
    found = agenda(time(9), time(11, 30), [("a", 70), ("b", 40)])

    assert [(item.key, item.begins_at) for item in found.items] == [("a", time(9)), ("b", time(10, 10))]
    assert found.ends_at == time(10, 50)
    assert found.free_minutes == 40


def test_an_agenda_that_does_not_fit_says_by_how_much():
    assert agenda(time(9), time(11, 30), [("a", 100), ("b", 60)]).free_minutes == -10
