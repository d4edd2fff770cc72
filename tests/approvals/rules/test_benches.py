"""How many cases a department works on at once: usually, and on the days that are different."""

from datetime import date, timedelta

import pytest

from approvals.rules.benches import (
    Bench,
    BenchChange,
    ChangeEndsBeforeItBegins,
    ChangesOverlap,
    ChangeWithoutReason,
    NoSuchNumberOfReviewers,
    check_change,
    is_empty_on,
    places_by_day,
    places_on,
)


def may(day):
    return date(2026, 5, day)


HOUSING = Bench("HCB", 3)
ON_LOAN = BenchChange("HCB", may(11), may(13), 1, reason="on loan", id=7)


def test_a_bench_has_its_usual_places_but_for_the_days_of_a_change():
    days = [may(8) + timedelta(days=n) for n in range(7)]

    # 8, 9, 10: three; 11 to 13, both ends included: one; 14: three again
    assert places_by_day(HOUSING, [ON_LOAN], days) == (3, 3, 3, 1, 1, 1, 3)


def test_a_change_of_another_department_changes_nothing_here():
    elsewhere = BenchChange("EEB", may(11), may(13), 0, reason="training")

    assert places_on(HOUSING, [elsewhere], may(12)) == 3


def test_a_change_may_also_add_reviewers():
    helped = BenchChange("HCB", may(4), may(4), 5, reason="helpers from the city")

    assert places_by_day(HOUSING, [helped], [may(4), may(5)]) == (5, 3)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(13, 20, id="begins on its last day"),
        pytest.param(1, 11, id="ends on its first day"),
        pytest.param(12, 12, id="lies inside it"),
        pytest.param(1, 30, id="lies around it"),
    ],
)
def test_two_changes_never_share_a_day(first, last):
    other = BenchChange("HCB", may(first), may(last), 2, reason="leave")

    with pytest.raises(ChangesOverlap) as refused:
        check_change(other, [ON_LOAN])

    assert (refused.value.first_on, refused.value.last_on, refused.value.reviewers) == (may(11), may(13), 1)


def test_changes_may_follow_each_other_day_after_day():
    check_change(BenchChange("HCB", may(14), may(15), 2, reason="leave"), [ON_LOAN])
    check_change(BenchChange("HCB", may(10), may(10), 2, reason="leave"), [ON_LOAN])


def test_a_change_is_not_in_its_own_way_nor_in_that_of_another_department():
    check_change(ON_LOAN, [ON_LOAN])
    check_change(BenchChange("EEB", may(12), may(12), 2, reason="leave"), [ON_LOAN])


def test_a_change_that_ends_before_it_begins_is_refused_beside_its_last_day():
    with pytest.raises(ChangeEndsBeforeItBegins) as refused:
        check_change(BenchChange("HCB", may(4), may(3), 2, reason="leave"), [])

    assert refused.value.field == "last_on"


def test_a_change_without_a_reason_is_refused():
    with pytest.raises(ChangeWithoutReason):
        check_change(BenchChange("HCB", may(4), may(5), 2, reason="  "), [])


@pytest.mark.parametrize("reviewers", [-1, 1000])
def test_a_number_of_reviewers_no_county_has_is_refused(reviewers):
    with pytest.raises(NoSuchNumberOfReviewers):
        check_change(BenchChange("HCB", may(4), may(5), reviewers, reason="leave"), [])


def test_a_department_that_is_not_counted_is_taken_to_be_there():
    shut = BenchChange("HCB", may(11), may(11), 0, reason="office moves")

    assert is_empty_on({"HCB": HOUSING}, [shut], "HCB", may(11))
    assert not is_empty_on({"HCB": HOUSING}, [shut], "HCB", may(12))
    assert not is_empty_on({"HCB": HOUSING}, [shut], "EEB", may(11))
