"""人机考核: each sum worked out by hand beside what the machine says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.kernel.config import Settings
from concierge.ratings.rules.appraisal import (
    USUAL_WEIGHTS,
    Count,
    Measure,
    WeightsUnreadable,
    appraised,
    grade_of,
    ranked,
    share_of_work,
    weights_of,
)
from concierge.supervision.rules.league import Grade

WEIGHTS = weights_of(USUAL_WEIGHTS)


def test_the_usual_weights_make_a_hundred_and_are_the_default_setting():
    assert sum(WEIGHTS.values()) == 100
    assert Settings().appraisal_weights == USUAL_WEIGHTS


def test_a_sum_can_be_done_again_by_hand():
    counts = {
        Measure.ON_TIME: Count(23, 25),  # 25 × 23 ÷ 25 = 23.00
        Measure.SATISFIED: Count(6, 7),  # 25 × 6 ÷ 7 = 21.428… → 21.43
        Measure.CHASED: Count(1, 3),  # 20 × 1 ÷ 3 = 6.666… → 6.67
        Measure.FIRST_TIME: Count(22, 25),  # 10 × 22 ÷ 25 = 8.80
        Measure.HANDED_OVER: Count(2, 2),  # 10.00
        Measure.CASES: share_of_work(25),  # 12 of 12: 10.00
    }

    found = appraised(7, counts, WEIGHTS, cases=25)

    assert [part.points for part in found.parts] == [
        Decimal(text) for text in ("23.00", "21.43", "6.67", "8.80", "10.00", "10.00")
    ]
    assert found.reached == Decimal("79.90")  # 23.00 + 21.43 + 6.67 + 8.80 + 10.00 + 10.00
    assert found.score == Decimal("79.9")


def test_what_could_not_be_counted_is_left_out_on_both_sides():
    counts = {Measure.ON_TIME: Count(5, 5), Measure.CASES: share_of_work(6)}  # 25.00 + 10 × 6 ÷ 12 = 30.00

    found = appraised(7, counts, WEIGHTS, cases=6)

    assert (found.reached, found.possible) == (Decimal("30.00"), Decimal(35))
    assert found.score == Decimal("85.7")  # 100 × 30 ÷ 35 = 85.714…


def test_under_five_decided_steps_nobody_is_ranked():
    counts = {Measure.ON_TIME: Count(4, 4)}

    assert appraised(7, counts, WEIGHTS, cases=4).score is None
    assert appraised(7, counts, WEIGHTS, cases=5).score == Decimal("100.0")


def test_the_same_score_is_the_same_rank_and_the_unranked_stand_last():
    def one(person_id: int, good: int, cases: int = 10):
        return appraised(person_id, {Measure.ON_TIME: Count(good, 10)}, WEIGHTS, cases=cases)

    found = ranked([one(1, 5), one(2, 9), one(3, 9), one(4, 10, cases=2)])

    assert [(each.person_id, each.rank) for each in found] == [(2, 1), (3, 1), (1, 3), (4, None)]


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("90.0", Grade.EXCELLENT),
        ("89.9", Grade.GOOD),
        ("80.0", Grade.GOOD),
        ("60.0", Grade.PASS),
        ("59.9", Grade.FAIL),
    ],
)
def test_the_grades_are_those_of_departments(score, grade):
    assert grade_of(Decimal(score)) is grade
    assert grade_of(None) is None


@pytest.mark.parametrize(
    "text", ["", "on_time", "on_time ten", "charm 10", "on_time 10, on_time 5", "on_time 0", "on_time -5"]
)
def test_weights_nobody_can_read_are_refused_with_what_is_wrong(text):
    with pytest.raises(WeightsUnreadable, match="CONCIERGE_APPRAISAL_WEIGHTS"):
        weights_of(text)


def test_a_measure_without_a_weight_is_no_part_of_the_sum():
    found = appraised(7, {Measure.CHASED: Count(0, 3)}, weights_of("on_time 60, satisfied 40"), cases=9)

    assert [part.measure for part in found.parts] == [Measure.ON_TIME, Measure.SATISFIED]


def test_no_count_has_more_good_ones_than_all():
    with pytest.raises(ValueError, match="3 of 2"):
        Count(3, 2)


@st.composite
def counts(draw):
    """Counts of some measures."""
    found = {}
    for measure in draw(st.sets(st.sampled_from(Measure))):
        total = draw(st.integers(0, 60))
        found[measure] = Count(draw(st.integers(0, total)), total)
    return found


@given(counts(), st.integers(0, 40))
def test_a_score_lies_between_nothing_and_a_hundred_and_is_the_sum_of_its_parts(drawn, cases):
    found = appraised(1, drawn, WEIGHTS, cases=cases)

    assert found.reached == sum((part.points or Decimal() for part in found.parts), Decimal())
    assert found.score is None or 0 <= found.score <= 100


@given(counts(), st.sampled_from(Measure), st.integers(1, 20))
def test_one_more_good_one_never_lowers_a_score(drawn, measure, total):
    worse = appraised(1, drawn | {measure: Count(total - 1, total)}, WEIGHTS, cases=9)
    better = appraised(1, drawn | {measure: Count(total, total)}, WEIGHTS, cases=9)

    assert (better.score or Decimal()) >= (worse.score or Decimal())
