"""How full the days are, and how long one has waited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.today.rules.load import DueStep, load_table
from concierge.today.rules.waiting import MOST_CELLS, waited

WEDNESDAY = date(2026, 4, 15)
AMY, BO, CAI = 1, 2, 3
DAYS = tuple(date(2026, 4, day) for day in (15, 16, 17, 20, 21, 22, 23, 24))


def due(day: int, a: int = AMY, b: int = BO, *, may_move: bool = False) -> DueStep:
    return DueStep(project_id=7, code="HC-01", on=date(2026, 4, day), a_id=a, b_id=b, may_move=may_move)


def test_a_step_counts_for_its_a_and_its_b_and_for_the_partner_who_leads():
    steps = [due(15), due(15), due(17, a=BO, b=AMY), due(20, a=BO, b=CAI)]

    table = load_table(AMY, [BO], steps, {BO: frozenset({date(2026, 4, 16)})}, DAYS)

    as_a, as_b, of_bo = table.rows
    assert as_a.counts == (2, 0, 0, 0, 0, 0, 0, 0)
    assert as_b.counts == (0, 0, 1, 0, 0, 0, 0, 0)
    assert of_bo.counts == (0, 0, 1, 1, 0, 0, 0, 0)
    assert of_bo.away == (False, True, False, False, False, False, False, False)


def test_the_day_far_above_the_average_is_named_with_what_can_move():
    # 8 steps in 8 days are 1.0 a day; 5 on the 17th is far above
    steps = [due(17, may_move=True), due(17), due(17), due(17), due(17), due(20), due(21), due(22)]

    crowded = load_table(AMY, [], steps, {}, DAYS).crowded

    assert crowded is not None
    assert (crowded.on, crowded.count, crowded.average) == (date(2026, 4, 17), 5, 1.0)
    assert [step.may_move for step in crowded.movable] == [True]


def test_two_steps_on_a_day_crowd_nobody():
    assert load_table(AMY, [], [due(17), due(17)], {}, DAYS).crowded is None


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        # accepted on Thursday 9, promised for Tuesday 21: 8 working days, of which Friday 10, Monday 13,
        # Tuesday 14 and Wednesday 15 are used
        (date(2026, 4, 9), date(2026, 4, 21), (8, 4, 0)),
        # promised for Monday 13: two working days, both used, and two over
        (date(2026, 4, 9), date(2026, 4, 13), (2, 2, 2)),
        # no day was agreed
        (date(2026, 4, 9), None, (0, 4, 0)),
        # begun today
        (WEDNESDAY, date(2026, 4, 17), (2, 0, 0)),
    ],
)
def test_waiting_is_measured_by_the_days_agreed(calendar, since, until, found):
    how = waited(since, until, calendar, today=WEDNESDAY)

    assert (how.agreed, how.used, how.late) == found


@given(since=st.integers(-400, 10), agreed=st.none() | st.integers(-400, 400))
def test_a_bar_never_grows_beyond_its_cells(calendar, since, agreed):
    begun = WEDNESDAY + timedelta(days=since)
    until = None if agreed is None else WEDNESDAY + timedelta(days=agreed)

    how = waited(begun, until, calendar, today=WEDNESDAY)
    whole, used, late = how.cells

    assert 0 <= used <= how.agreed or not how.agreed
    assert whole >= 0
    assert late >= 0
    assert whole + late <= MOST_CELLS
    assert used <= whole or not whole
