"""By when a negative rating is followed, whose turn it is, and who may not act on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.ratings.rules.board import followed
from concierge.ratings.rules.process import Repeated, quarter_of, repeated
from concierge.ratings.rules.rating import Reason
from concierge.ratings.rules.redress import (
    DateNeeded,
    Finding,
    NotItsTurn,
    OwnCase,
    RatingAppealed,
    RatingAppealTooLate,
    RectifyTooLate,
    RedressFacts,
    Stage,
    TooFewWords,
    appeal_last_day,
    check_appeal,
    check_not_own,
    check_turn,
    contact_due,
    due,
    latest_rectify_day,
    rectify_due,
    stage,
    usual_rectify_day,
)

WEDNESDAY, FRIDAY = date(2026, 4, 15), date(2026, 4, 17)


def facts(**told: object) -> RedressFacts:
    """A named rating of Wednesday 15 April, its contact due on the 16th."""
    found: dict[str, object] = {
        "given_on": WEDNESDAY,
        "is_named": True,
        "contact_due_on": date(2026, 4, 16),
    }
    return RedressFacts(**(found | told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_on", "due_on"),
    [
        (WEDNESDAY, date(2026, 4, 16)),
        (FRIDAY, date(2026, 4, 20)),  # over the weekend
        (date(2026, 4, 30), date(2026, 5, 6)),  # over the holiday of 1 to 5 May
    ],
)
def test_a_negative_rating_is_contacted_within_one_working_day(calendar, given_on, due_on):
    assert contact_due(given_on, calendar) == due_on


def test_what_is_clear_is_put_right_at_once(calendar):
    assert rectify_due(Finding.CLEAR, WEDNESDAY, None, calendar, today=FRIDAY) == FRIDAY


def test_five_working_days_are_proposed_and_fifteen_are_the_last(calendar):
    # 16, 17, 20, 21, 22 April; fifteen: … 23, 24, 27–30 April, 6, 7, 8 May, and 9 May is a make-up Saturday
    assert usual_rectify_day(WEDNESDAY, calendar, today=WEDNESDAY) == date(2026, 4, 22)
    assert latest_rectify_day(WEDNESDAY, calendar) == date(2026, 5, 9)


def test_more_than_fifteen_configured_days_are_fifteen(calendar):
    assert usual_rectify_day(WEDNESDAY, calendar, today=WEDNESDAY, workdays=40) == date(2026, 5, 9)


@pytest.mark.parametrize("asked_on", [date(2026, 4, 15), date(2026, 5, 10)])
def test_a_complex_case_gets_a_day_inside_the_cap(calendar, asked_on):
    with pytest.raises(RectifyTooLate):
        rectify_due(Finding.COMPLEX, WEDNESDAY, asked_on, calendar, today=date(2026, 4, 16))


def test_a_complex_case_needs_its_day(calendar):
    with pytest.raises(DateNeeded):
        rectify_due(Finding.COMPLEX, WEDNESDAY, None, calendar, today=WEDNESDAY)


@pytest.mark.parametrize(
    ("told", "turn"),
    [
        ({}, Stage.CONTACT),
        ({"contacted_on": FRIDAY}, Stage.RECTIFY),
        ({"contacted_on": FRIDAY, "rectified_on": FRIDAY}, Stage.CALL_BACK),
        ({"contacted_on": FRIDAY, "rectified_on": FRIDAY, "is_named": False}, Stage.CLOSED),
        ({"contacted_on": FRIDAY, "rectified_on": FRIDAY, "called_back_on": FRIDAY}, Stage.CLOSED),
        ({"contacted_on": FRIDAY, "is_set_aside": True}, Stage.SET_ASIDE),
    ],
)
def test_whose_turn_it_is_follows_from_what_is_there(told, turn):
    assert stage(facts(**told)) is turn


def test_each_turn_has_its_day(calendar):
    assert due(facts(), calendar) == date(2026, 4, 16)
    assert due(facts(contacted_on=WEDNESDAY, rectify_due_on=FRIDAY), calendar) == FRIDAY
    answered = facts(contacted_on=WEDNESDAY, rectify_due_on=FRIDAY, rectified_on=FRIDAY)
    assert due(answered, calendar) == date(2026, 4, 20)  # the Monday after
    assert due(facts(is_set_aside=True), calendar) is None


def test_nothing_is_done_out_of_turn():
    check_turn(facts(), Stage.CONTACT)
    with pytest.raises(NotItsTurn):
        check_turn(facts(), Stage.RECTIFY)


def test_the_rated_person_is_refused_with_the_names_of_who_may():
    check_not_own(3, {1, 2}, ["蒋毅"])
    check_not_own(None, {1, 2}, [])  # the giver has no account
    with pytest.raises(OwnCase, match="蒋毅、方正"):
        check_not_own(2, {1, 2}, ["蒋毅", "方正"])


def test_an_appeal_is_made_within_five_working_days_and_once(calendar):
    assert appeal_last_day(WEDNESDAY, calendar) == date(2026, 4, 22)
    assert (
        check_appeal(WEDNESDAY, None, " 评价与事实不符 ", calendar, today=date(2026, 4, 22))
        == "评价与事实不符"
    )
    with pytest.raises(RatingAppealTooLate, match="2026-04-22"):
        check_appeal(WEDNESDAY, None, "评价与事实不符", calendar, today=date(2026, 4, 23))
    with pytest.raises(RatingAppealed):
        check_appeal(WEDNESDAY, FRIDAY, "评价与事实不符", calendar, today=FRIDAY)
    with pytest.raises(TooFewWords):
        check_appeal(WEDNESDAY, None, "不对", calendar, today=FRIDAY)


def test_what_may_still_be_in_time_counts_for_nothing_yet(calendar):
    today = date(2026, 4, 16)
    late = facts(given_on=date(2026, 4, 10), contact_due_on=date(2026, 4, 13))
    met = facts(contacted_on=WEDNESDAY, rectify_due_on=FRIDAY)
    gone = facts(given_on=date(2026, 4, 10), contact_due_on=date(2026, 4, 13), is_set_aside=True)

    found = followed([facts(), late, met, gone], calendar, today)

    assert found.negative == 3  # the one set aside is not counted
    assert (found.contact_in_time, found.contact_done, found.contact_due) == (1, 1, 2)
    assert (found.answer_done, found.answer_due) == (0, 0)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 30)), max_size=12))
def test_never_more_is_done_than_was_due(calendar, drawn):
    rows = [
        facts(
            given_on=WEDNESDAY,
            contacted_on=WEDNESDAY + timedelta(days=a) if named else None,
            rectify_due_on=WEDNESDAY + timedelta(days=5) if named else None,
            rectified_on=WEDNESDAY + timedelta(days=a + b) if named and b % 2 else None,
        )
        for named, a, b in drawn
    ]

    found = followed(rows, calendar, date(2026, 5, 20))

    assert found.contact_in_time <= found.contact_done <= found.contact_due <= found.negative
    assert found.answer_in_time <= found.answer_done <= found.answer_due
    assert found.call_back_done <= found.call_back_due


def test_three_times_one_fault_asks_for_a_change_and_twice_does_not():
    counts = {Reason.LATE: 3, Reason.SENT_AROUND: 2, Reason.FRIENDLY: 9}

    assert repeated(counts) == (Repeated(Reason.LATE, 3),)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 6, 30), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_a_day_lies_in_its_quarter(day, first):
    assert quarter_of(day) == first
