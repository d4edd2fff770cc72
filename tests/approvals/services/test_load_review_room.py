"""The demonstration's review room: what its county answered, and when its scheme review can sit."""

from datetime import date

import pytest

from approvals.queries import catalogue, reviews
from approvals.rules.benches import places_by_day
from approvals.rules.sittings import Half, possible_sittings
from approvals.services.load_review_room import load_review_room
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading

TODAY = date(2026, 4, 15)
FIRST, LAST = date(2026, 4, 16), date(2026, 4, 22)


@pytest.fixture
def offered(catalogue_office):
    """The half-days of the scheme review in the week to come."""
    load_review_room(by=SYSTEM)
    with reading() as session:
        return possible_sittings(
            reviews.sitting_rules(session)["JR_SCHEME"],
            reviews.review_groups(session)["JR_SCHEME"],
            reviews.circumstances(session, FIRST, LAST),
            catalogue.work_calendar(session),
            today=TODAY,
            first=FIRST,
            last=LAST,
        )


def test_friday_morning_is_the_first_half_day_on_which_everybody_comes(offered):
    full = [(one.on.day, one.half) for one in offered if one.can_sit and one.is_confirmed]

    # the lines of the file: on the 17th in the morning and on the 20th in the afternoon nobody says no
    assert full == [(17, Half.MORNING), (20, Half.AFTERNOON)]


def test_tomorrow_is_too_soon_and_monday_morning_has_no_lead(offered):
    by_half_day = {(one.on.day, one.half): one for one in offered}

    assert not by_half_day[16, Half.AFTERNOON].has_notice
    assert "NRP" in by_half_day[20, Half.MORNING].missing
    assert not by_half_day[20, Half.MORNING].can_sit
    assert by_half_day[22, Half.MORNING].in_writing == ("HCB",)
    assert by_half_day[22, Half.MORNING].unanswered == ("GGS",)


@pytest.mark.usefixtures("offered")
def test_the_housing_bureau_is_short_of_two_for_three_weeks_of_may():
    days = [date(2026, 5, day) for day in (8, 11, 29)] + [date(2026, 6, 1)]

    with reading() as session:
        bench = reviews.benches(session)["HCB"]
        changes = reviews.bench_changes(session, days[0], days[-1])
        rooms = reviews.rooms(session)

    assert places_by_day(bench, changes, days) == (3, 1, 1, 3)
    assert [room.places for room in rooms] == [30, 18]


def test_every_department_of_the_file_is_in_the_catalogue_and_answers_follow_its_calendar(catalogue_office):
    load_review_room(by=SYSTEM)  # a department nobody knows would be Missing

    with reading() as session:
        said = reviews.answers(session, FIRST, LAST)
        calendar = catalogue.work_calendar(session)

    assert {calendar.is_workday(one.on) for one in said} == {True}
    assert max(one.on for one in said) == LAST
