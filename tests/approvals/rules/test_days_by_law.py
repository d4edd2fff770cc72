"""The days around a case besides its limit, counted by hand on the calendar of 2026."""

from datetime import date

import pytest

from approvals.rules.days_by_law import CaseDays, LawDay, days_by_law
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.stops import ClockStop
from approvals.rules.work_calendar import work_calendar


@pytest.fixture
def calendar(catalogue):
    """The published calendar."""
    return work_calendar(catalogue.holidays)


@pytest.fixture
def matter(catalogue):
    """A matter of a parallel review."""
    return catalogue.matter("construction-planning-permit")


def april(day):
    return date(2026, 4, day)


def test_papers_that_came_are_answered_within_five_days_and_two_in_a_parallel_review(matter, calendar):
    case = CaseDays(state=StepState.RECEIVED, received_on=april(8))

    # Wednesday 8 April: 9, 10 are two working days; 13, 14, 15 make five
    assert days_by_law(case, matter, calendar) == (
        (LawDay.LOCAL_ANSWER, april(10)),
        (LawDay.ANSWER, april(15)),
    )


def test_nothing_is_to_be_answered_once_it_was_accepted(matter, calendar):
    case = CaseDays(state=StepState.CORRECTED, received_on=april(8), accepted_on=april(9))

    assert days_by_law(case, matter, calendar) == ()


def test_a_hearing_is_held_within_twenty_working_days(matter, calendar):
    asked = ClockStop(kind=StopKind.HEARING, first_on=april(1), planned_last_on=april(28))
    case = CaseDays(state=StepState.IN_PROCEDURE, accepted_on=date(2026, 3, 30), stops=(asked,))

    # 2, 3, 7 to 10 (6 is a day off), 13 to 17, 20 to 24 are sixteen; 27, 28, 29, 30 make twenty
    assert days_by_law(case, matter, calendar) == ((LawDay.HEARING, april(30)),)


def test_the_lower_of_two_levels_hands_up_within_twenty_working_days_of_its_clock(catalogue, calendar):
    matter = catalogue.matter("land-conversion")
    stood = ClockStop(
        kind=StopKind.PUBLICITY, first_on=april(8), planned_last_on=april(10), last_on=april(10)
    )
    running = CaseDays(state=StepState.WORKING, accepted_on=date(2026, 3, 30), today=april(15))
    stopped = CaseDays(
        state=StepState.PROCEDURE_OVER, accepted_on=date(2026, 3, 30), stops=(stood,), today=april(15)
    )

    # 31 March and 1 to 3, 7 to 10, 13 to 17, 20 to 24 April are eighteen; 27 and 28 make twenty
    assert days_by_law(running, matter, calendar) == ((LawDay.EXAMINATION, april(28)),)
    # 8, 9 and 10 stood still: 29, 30 April and, after the holidays of May, the 6th
    assert days_by_law(stopped, matter, calendar) == ((LawDay.EXAMINATION, date(2026, 5, 6)),)


def test_a_matter_of_one_level_is_handed_up_to_nobody(catalogue, calendar):
    case = CaseDays(state=StepState.WORKING, accepted_on=date(2026, 3, 30), today=april(15))

    assert days_by_law(case, catalogue.matter("eia-report"), calendar) == ()


@pytest.mark.parametrize("state", [StepState.PASSED, StepState.REFUSED])
def test_a_decision_is_handed_over_within_ten_working_days(matter, calendar, state):
    case = CaseDays(state=state, accepted_on=april(1), decided_on=april(8))

    # 9, 10, 13 to 17, 20, 21, 22
    assert days_by_law(case, matter, calendar) == ((LawDay.DELIVERY, april(22)),)
