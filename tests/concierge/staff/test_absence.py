"""Nobody is left alone: who is away, who acts, and the leave that is refused."""

from datetime import date, time

import pytest

from concierge.staff.rules.absence import (
    AbsenceOutOfOrder,
    Away,
    Duty,
    acting,
    checked_days,
    first_overlap,
)

AMY, BO = 1, 2
SHARED = Duty(project_id=7, a_id=AMY, b_id=BO)


def may(day):
    return date(2026, 5, day)


def away(person_id, first, last, **more):
    return Away(person_id=person_id, first_on=may(first), last_on=may(last), **more)


def test_b_acts_from_the_first_day_of_as_absence_to_its_last():
    absences = [away(AMY, 6, 8)]

    assert [acting(SHARED, may(day), absences) for day in (5, 6, 8, 9)] == [AMY, BO, BO, AMY]


def test_nobody_acts_when_both_are_away():
    assert acting(SHARED, may(7), [away(AMY, 6, 8), away(BO, 7, 7)]) is None


def test_two_absences_of_one_person_must_not_overlap():
    kept = away(AMY, 6, 8)

    assert first_overlap(away(AMY, 8, 9), [kept]) == kept
    assert first_overlap(away(AMY, 9, 9), [kept]) is None


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 5, 8), date(2026, 5, 7)), (date(2026, 5, 8), date(2028, 1, 1))]
)
def test_an_absence_ends_after_it_begins_and_within_a_year(first, last):
    with pytest.raises(AbsenceOutOfOrder, match="ends after it begins"):
        checked_days(Away(person_id=AMY, first_on=first, last_on=last))


@pytest.mark.parametrize(
    ("hours", "whole"),
    [
        ({}, (6, 8)),
        ({"from_time": time(14, 0)}, (7, 8)),
        ({"until_time": time(12, 0)}, (6, 7)),
        ({"from_time": time(8), "until_time": time(18)}, (6, 8)),
    ],
)
def test_days_on_which_somebody_is_there_for_a_part_are_not_whole_days_away(hours, whole):
    first, last = whole

    assert away(AMY, 6, 8, **hours).whole_days == (may(first), may(last))


def test_half_a_day_is_no_whole_day():
    assert away(AMY, 6, 6, until_time=time(12, 0)).whole_days is None
