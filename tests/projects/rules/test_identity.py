"""The numbers of an enterprise and of a project are checked before anything hangs on them."""

import pytest

from projects.rules.identity import (
    BadProjectCode,
    CreditCodeCheck,
    CreditCodeLength,
    CreditCodeSign,
    checked_credit_code,
    checked_project_code,
    credit_code,
)

REAL = "91350100M000100Y43"  # the standard's own example


def test_a_credit_code_is_stored_in_capitals_without_spaces():
    assert checked_credit_code("9135 0100 m000 100y43") == REAL


def test_the_last_sign_follows_from_the_others():
    assert credit_code(REAL[:17]) == REAL


def test_one_mistyped_sign_is_noticed_wherever_it_is():
    for place in range(18):
        other = "2" if REAL[place] != "2" else "3"
        with pytest.raises(CreditCodeCheck):
            checked_credit_code(REAL[:place] + other + REAL[place + 1 :])


def test_a_short_code_says_how_many_signs_it_has():
    with pytest.raises(CreditCodeLength) as told:
        checked_credit_code(REAL[:17])

    assert told.value.facts["count"] == 17
    assert told.value.field == "uscc"


def test_a_letter_that_never_occurs_is_named():
    with pytest.raises(CreditCodeSign) as told:
        checked_credit_code("I" + REAL[1:])

    assert told.value.facts["sign"] == "I"


def test_a_project_code_has_the_printed_shape():
    assert checked_project_code(" 2602-439921-04-01-238617 ") == "2602-439921-04-01-238617"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2613-439921-04-01-238617",
        "2602-439921-04-01-23861",
        "2602439921040123861 7",
        "2602-43992A-04-01-238617",
    ],
)
def test_any_other_shape_is_refused_with_an_example(typed):
    with pytest.raises(BadProjectCode, match="2602-439921-04-01-238617"):
        checked_project_code(typed)
