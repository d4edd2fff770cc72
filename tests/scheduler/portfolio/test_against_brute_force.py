"""The planners and the proof beside a slow oracle that tries every acceptance and every sitting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.portfolio import exact, solve
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.errors import NoRoomBeforeHorizon
from tests.scheduler.county import a_step, accept
from tests.scheduler.portfolio import brute_force
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at

THOROUGH = settings(max_examples=120, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 1 << 30)


def test_the_oracle_finds_the_one_best_order():
    # one place for A (3 days, due 3) and B (1 day, due 1): B first is late by 1 for A, A first by 3 for B
    projects = [
        a_project(key, [a_step("land", days)], demands={"land": at("land")}, due=days)
        for key, days in (("A", 3), ("B", 1))
    ]
    portfolio = a_portfolio(*projects, benches={"land": 1}, horizon=brute_force.HORIZON)

    late, plan = brute_force.best(portfolio)

    assert late == 1
    assert plan.steps["A", "land"].accept == 1


def test_the_oracle_says_when_nothing_is_possible():
    # sits on day 5 at the earliest, opinion on 6: no permit of 2 days by day 7
    project = a_project(
        "A",
        [a_step("land", 2), a_step("permit", 2)],
        [accept("land", "permit")],
        {"land": at(body="review"), "permit": at(deadline=7)},
    )
    body = a_body(sittings=(Sitting(5, 0),))

    assert brute_force.best(a_portfolio(project, bodies=(body,), horizon=brute_force.HORIZON)) is None


@THOROUGH
@given(seed=SEEDS, with_deadlines=st.booleans())
def test_the_exact_tier_finds_the_best_there_is_or_that_there_is_nothing(seed, with_deadlines):
    portfolio = brute_force.tiny(seed, with_deadlines=with_deadlines)
    best = brute_force.best(portfolio)

    answer = exact.solve(portfolio, limit=exact.Limit(work=2.0))

    if best is None:
        assert answer.verdict is exact.Verdict.IMPOSSIBLE
    else:
        assert (answer.verdict, answer.cost) == (exact.Verdict.BEST, best[0])
        assert check(portfolio, answer.plan) == ()


@THOROUGH
@given(seed=SEEDS)
def test_the_quick_plan_is_right_and_the_best_lies_between_it_and_its_bound(seed):
    portfolio = brute_force.tiny(seed)
    best = brute_force.best(portfolio)

    try:
        outcome = solve.plan(portfolio)
    except NoRoomBeforeHorizon:
        return  # a horizon this short may have no room for a quick plan

    assert check(portfolio, outcome.plan) == ()
    assert best is not None
    assert outcome.bound <= best[0] <= outcome.tardiness


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_oracle_gives_the_same_answer_again(seed):
    first, second = (brute_force.best(brute_force.tiny(seed)) for _ in range(2))

    assert first == second
