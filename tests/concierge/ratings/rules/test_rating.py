"""What a rating needs, when its giver is invited, and what the public may read of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.ratings.rules.publishing import MASK, without_identity
from concierge.ratings.rules.rating import (
    FAULTS,
    FaultNeeded,
    Given,
    Level,
    RaterNeeded,
    Reason,
    TooManyWords,
    checked_rating,
    is_invited,
)

CLOSED = date(2026, 4, 9)


def test_there_are_five_levels_and_the_last_two_are_negative():
    assert [one.grade for one in Level] == [5, 4, 3, 2, 1]
    assert [one.is_negative for one in Level] == [False, False, False, True, True]


@pytest.mark.parametrize("level", [Level.DISSATISFIED, Level.VERY_DISSATISFIED])
def test_a_negative_rating_names_at_least_one_fault(level):
    with pytest.raises(FaultNeeded):
        checked_rating(Given(level=level, reasons=frozenset({Reason.FRIENDLY})))

    assert checked_rating(Given(level=level, reasons=frozenset({Reason.LATE}))).level is level


def test_a_satisfied_giver_may_name_a_fault_too():
    kept = checked_rating(Given(level=Level.FAIRLY_SATISFIED, reasons=frozenset({Reason.LATE})))

    assert kept.reasons == {Reason.LATE}


def test_two_hundred_characters_are_taken_and_one_more_is_not():
    assert len(checked_rating(Given(level=Level.SATISFIED, words="好" * 200)).words) == 200
    with pytest.raises(TooManyWords, match="201"):
        checked_rating(Given(level=Level.SATISFIED, words="好" * 201))


@pytest.mark.parametrize(("name", "phone", "field"), [("", "138", "name"), ("王强", " ", "phone")])
def test_a_name_needs_a_number_and_a_number_a_name(name, phone, field):
    with pytest.raises(RaterNeeded) as refused:
        checked_rating(Given(level=Level.SATISFIED, is_anonymous=False, name=name, phone=phone))

    assert refused.value.facts["field"] == field


@given(
    st.builds(
        Given,
        level=st.sampled_from(Level),
        reasons=st.frozensets(st.sampled_from(Reason)).map(lambda found: found | {Reason.LATE}),
        words=st.text(max_size=200),
        is_anonymous=st.just(True),
        name=st.text(max_size=40),
        phone=st.text(max_size=20),
    )
)
def test_an_anonymous_rating_never_keeps_who_gave_it(rating):
    kept = checked_rating(rating)

    assert (kept.name, kept.phone) == ("", "")
    assert kept.level is rating.level


@pytest.mark.parametrize(("days", "due"), [(0, False), (2, False), (3, True), (30, True), (31, False)])
def test_the_invitation_is_due_from_three_days_to_a_month_after_closing(days, due):
    today = CLOSED + timedelta(days=days)

    assert is_invited(CLOSED, is_rated=False, is_invited=False, today=today) is due


@pytest.mark.parametrize(("rated", "invited"), [(True, False), (False, True)])
def test_nobody_is_invited_who_has_rated_or_was_invited(rated, invited):
    today = CLOSED + timedelta(days=20)

    assert not is_invited(CLOSED, is_rated=rated, is_invited=invited, today=today)


def test_faults_and_praise_are_two_halves_of_the_reasons():
    assert {one for one in Reason if one.is_fault} == FAULTS
    assert len(FAULTS) == 7
    assert len(set(Reason) - FAULTS) == 6


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("请打13800001111找我", f"请打{MASK}找我"),
        ("座机0555-6000102", f"座机{MASK}"),
        ("身份证34222219800101123X", f"身份证{MASK}"),
        ("发到 wang.qiang@example.com 吧", f"发到 {MASK} 吧"),
        ("加微信：wq_1980", f"加{MASK}"),
        ("禾川新材的王强跑了两趟", f"{MASK}的{MASK}跑了两趟"),
        ("办了3天，要了12份材料", "办了3天，要了12份材料"),
        ("2026-04-15办完", f"{MASK}办完"),  # a day may lead to a case as a number may
    ],
)
def test_what_is_published_names_nobody(words, published):
    assert without_identity(words, ("王强", "禾川新材", "")) == published


@given(st.text(alphabet="01234567890 -Xx来电话", max_size=60))
def test_no_run_of_seven_digits_is_ever_published(words):
    said = without_identity(words, ())

    assert re.search(r"\d{7}", said) is None
