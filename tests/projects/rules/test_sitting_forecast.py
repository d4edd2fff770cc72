"""What follows from a sitting: no harm while opinions come in before the work ends, then day for day."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.catalogue import Catalogue, ReviewGroup
from projects.rules.bookings import Booking, HeldBy
from projects.rules.expand import expand
from projects.rules.sitting_forecast import Following, SittingForecast
from projects.rules.terms import Actual, PlanTerms, StepNotOnList
from scheduler import WorkCalendar

SCHEME = "design-scheme-review"
TERMS = PlanTerms(start_on=date(2026, 3, 2), today=date(2026, 4, 15))


@pytest.fixture
def group(catalogue: Catalogue) -> ReviewGroup:
    """The joint scheme review: members are told 2 working days before, opinions take 5."""
    found = next(group for group in catalogue.review_groups if group.code == "JR_SCHEME")
    assert (found.notice_workdays, found.opinion_workdays) == (2, 5)
    return found


@pytest.fixture
def forecast(catalogue: Catalogue, calendar: WorkCalendar, group: ReviewGroup) -> SittingForecast:
    """A building whose scheme is accepted on Wednesday 10 June and ready on Monday 29 June."""
    return SittingForecast(expand(catalogue, "private-building", {}), TERMS, calendar, SCHEME, group)


def both(day: date) -> Following:
    """Permit and lawful start on one day."""
    return Following(permit_on=day, start_on=day)


def test_the_review_sits_no_earlier_than_its_members_have_had_the_papers(forecast: SittingForecast) -> None:
    # accepted on Wednesday 10 June; notice of 2 working days: Friday 12 June
    assert forecast.accept_on == date(2026, 6, 10)
    assert forecast.first_on == date(2026, 6, 12)


def test_a_sitting_does_no_harm_while_its_opinions_are_in_before_the_work_ends(
    forecast: SittingForecast,
) -> None:
    # opinions of Monday 22 June: 23, 24, 25, 26, 29 June, the day the work ends
    assert forecast.without == both(date(2026, 7, 20))
    assert forecast.after(date(2026, 6, 12)) == both(date(2026, 7, 20))
    assert forecast.after(date(2026, 6, 22)) == both(date(2026, 7, 20))


def test_each_working_day_later_is_one_later_for_the_permit_on_the_critical_path(
    forecast: SittingForecast,
) -> None:
    # 20 July is a Monday; so is 27 July, four working days after Tuesday 21
    assert forecast.after(date(2026, 6, 23)) == both(date(2026, 7, 21))
    assert forecast.after(date(2026, 6, 29)) == both(date(2026, 7, 27))


def test_a_review_already_accepted_may_sit_as_soon_as_the_notice_is_over(
    catalogue: Catalogue, calendar: WorkCalendar, group: ReviewGroup
) -> None:
    accepted = Actual(step=SCHEME, started_on=date(2026, 4, 13), accepted_on=date(2026, 4, 13))

    forecast = SittingForecast(
        expand(catalogue, "private-building", {}), TERMS, calendar, SCHEME, group, actuals=[accepted]
    )

    assert forecast.first_on == date(2026, 4, 15)  # Monday 13 April and 2 working days
    assert forecast.after(date(2026, 12, 1)).permit_on > forecast.without.permit_on


def test_a_step_that_is_not_on_the_list_has_no_forecast(
    catalogue: Catalogue, calendar: WorkCalendar, group: ReviewGroup
) -> None:
    with pytest.raises(StepNotOnList):
        SittingForecast(expand(catalogue, "private-building", {}), TERMS, calendar, "heat-supply", group)


def test_a_sitting_only_planned_for_the_step_is_forgotten_and_what_others_booked_is_kept(
    catalogue: Catalogue, calendar: WorkCalendar, group: ReviewGroup, forecast: SittingForecast
) -> None:
    planned = Booking(
        accept_on=date(2026, 6, 24),
        held_by=HeldBy.SITTING,
        review_group="JR_SCHEME",
        sitting_on=date(2026, 6, 26),
        decided_from=date(2026, 7, 3),
    )
    expansion = expand(catalogue, "private-building", {})

    freed = SittingForecast(expansion, TERMS, calendar, SCHEME, group, bookings={SCHEME: planned})
    listing = Booking(accept_on=date(2026, 5, 20), held_by=HeldBy.BENCH, department="NRP")
    held = SittingForecast(expansion, TERMS, calendar, SCHEME, group, bookings={"land-listing": listing})

    assert freed.first_on == forecast.first_on
    assert freed.after(date(2026, 6, 12)) == forecast.after(date(2026, 6, 12))
    assert held.without.permit_on > forecast.without.permit_on
    assert held.least_workdays == forecast.least_workdays  # the bound knows no bookings
