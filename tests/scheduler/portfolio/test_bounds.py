"""What no plan can beat: numbers worked by hand, and never above the best plan there is."""

import numpy as np
import pytest

import scheduler
from bench import peers_instances
from scheduler.portfolio import bounds
from scheduler.portfolio.arrays import build
from scheduler.portfolio.energy_days import most_urgent_first
from scheduler.portfolio.solve import Effort, plan
from tests.scheduler.county import a_step
from tests.scheduler.portfolio import brute_force
from tests.scheduler.portfolio.made import a_portfolio, a_project, at


def three_days_then(days, *, key, due, weight=1):
    """Three days elsewhere, then work at the office."""
    return a_project(
        key,
        [a_step("land", 3), a_step("permit", days)],
        [scheduler.Precedence("land", "permit", scheduler.Gate.ACCEPT)],
        {"permit": at("office")},
        due=due,
        weight=weight,
    )


def test_work_that_cannot_begin_sooner_leaves_one_of_two_late():
    """Both reach the one place on day 4, due on day 5, 2 days each: one ends on day 5, one on day 7."""
    county = a_portfolio(*(three_days_then(2, key=key, due=5) for key in "ab"), benches={"office": 1})

    found = plan(county)

    assert (found.bound, found.tardiness) == (2, 2)


def test_the_lighter_of_two_is_what_cannot_be_avoided():
    """As above, a with weight 5: b waits, 2 days late, and neither needs more than the lighter weight."""
    county = a_portfolio(
        three_days_then(2, key="a", due=5, weight=5),
        three_days_then(2, key="b", due=5),
        benches={"office": 1},
    )

    found = plan(county, effort=Effort(50))

    assert (found.bound, found.tardiness) == (2, 2)


def test_days_of_work_are_least_late_with_the_most_urgent_first():
    """From day 1 on two days due on 3 and 1, on day 2 one due on day 2; one place: day 1, 2, 3, none is late.

    With a day without room they lie on days 1, 3 and 4: one day late each, the last two.
    """
    first, due = np.array([1, 1, 2], np.int32), np.array([3, 1, 2], np.int32)

    assert most_urgent_first(first, due, np.array([0, 1, 1, 1, 1, 1], np.int32)) == 0
    assert most_urgent_first(first, due, np.array([0, 1, 0, 1, 1, 1], np.int32)) == 2


@pytest.mark.parametrize("seed", range(60))
def test_no_bound_is_above_the_best_of_all_plans(seed):
    county = brute_force.tiny(seed)
    best = brute_force.best(county)

    assert best is None or bounds.tardiness(build(county)) <= best[0]


@pytest.mark.parametrize(("seed", "bound"), [(1, 17), (4, 9), (5, 75)])
def test_on_twenty_projects_it_says_how_much_lateness_is_unavoidable(seed, bound):
    found = plan(peers_instances.made(20, seed), effort=Effort(50))

    assert found.bound == bound <= found.tardiness
