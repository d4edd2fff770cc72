"""Plans of small projects: each limit worked out by hand, optima by trying everything, and the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.rcpsp.bounds import lower_bound
from scheduler.rcpsp.check import check
from scheduler.rcpsp.exact import prove
from scheduler.rcpsp.instance import Instance
from scheduler.rcpsp.solve import Effort, Status, effort_within, solve
from tests.scheduler.rcpsp.projects import a_random_instance, an_instance, shortest_by_trying

ROOT = Path(__file__).parents[3]
QUICK = Effort(schedules=400)
PROVED = Effort(schedules=400, work=5.0)


def planned(instance, effort=QUICK, seed=0):
    result = solve(instance, effort, seed=seed)
    assert check(instance, result.starts, result.makespan) == ()
    assert result.bound <= result.makespan
    return result


def test_one_after_another_takes_as_long_as_both():
    result = planned(an_instance((2, 0, (1,)), (3, 0, ())))

    assert (result.makespan, result.starts, result.status) == (5, (0, 2), Status.OPTIMAL)


def test_what_shares_a_machine_takes_turns():
    # 2 + 3 on one machine: 5, whatever the order; the energy bound says so without any search.
    result = planned(an_instance((2, 1, ()), (3, 1, ())))

    assert (result.makespan, result.bound) == (5, 5)


def test_what_fits_side_by_side_runs_so():
    # Capacity 3 takes 1 and 2 together: the longer of both.
    assert planned(an_instance((2, 1, ()), (3, 2, ()), capacities=(3,))).makespan == 3


def test_a_short_activity_fills_the_gap_before_a_later_one():
    # Machine: A 0-1, then B waits for C (no machine, 0-3) and runs 3-5; D of 2 fits 1-3. In all 5.
    four = an_instance((1, 1, (3,)), (2, 1, ()), (3, 0, (1,)), (2, 1, ()))

    assert planned(four).makespan == 5


def test_the_order_that_is_only_found_from_the_end_is_found():
    # One machine, tails 0 / 4 / 1 after jobs of 3 / 2 / 2: the job with the longest tail first. 2 + 4 = 6 and
    # 2 + 2 + 1 = 5 and 7 in all, as 3 + 2 + 2 = 7.
    jobs = an_instance((3, 1, ()), (2, 1, (3,)), (4, 0, ()), (4, 0, ()), (2, 1, (5,)), (1, 0, ()))

    assert planned(jobs).makespan == 7


def test_activities_of_no_duration_are_only_moments():
    assert planned(an_instance((0, 1, (1,)), (0, 1, ()), (0, 0, ()))).makespan == 0


def test_a_project_without_activities_takes_no_time():
    assert solve(Instance((), (), (), (3,)), QUICK).makespan == 0


def test_a_project_without_resources_is_its_critical_path():
    assert planned(Instance((2, 3, 4), ((), (), ()), ((1,), (), ()), ())).makespan == 5


@pytest.mark.parametrize("seed", range(40))
def test_small_projects_come_to_the_shortest_there_is(seed):
    instance = a_random_instance(seed)
    shortest = shortest_by_trying(instance)

    result = planned(instance, PROVED)

    assert (result.makespan, result.bound) == (shortest, shortest)
    assert lower_bound(instance) <= shortest


@pytest.mark.parametrize(
    "capacities",
    [(120,) * 8, (120,) * 11, (30_000,) * 4, (40_000,) * 3, (3 * 10**9, 7), (127, 128), (2**40,)],
)
def test_any_number_of_resources_of_any_size_is_planned(capacities):
    # 8 fields of 8 bits, 11 in two words, 4 of 16, 3 of 32 in two words, and one word each.
    instance = a_random_instance(7, count=12, capacities=capacities)

    result = planned(instance, PROVED)

    assert result.status is Status.OPTIMAL


def test_numbers_too_large_for_the_exact_tier_are_planned_all_the_same():
    # Capacity 2^63 - 1, the most a word holds: of 2^62 each only one fits at a time, as 2 * 2^62 = 2^63.
    halves = an_instance((2, 2**62, ()), (2, 2**62, ()), (2, 2**62, ()), capacities=(2**63 - 1,))

    assert planned(halves, PROVED).makespan == 6


def test_a_tiny_demand_on_a_huge_resource_still_counts():
    # Two of 50,001 each do not fit into 100,001 beside a third that takes one.
    instance = an_instance((2, 50_001, ()), (2, 50_000, ()), (2, 1, ()), capacities=(100_001,))

    assert planned(instance).makespan == 4


def test_the_bound_knows_the_energy_between_head_and_tail():
    # Three of 2 on one machine, all between a head of 3 and a tail of 1: 3 + 6 + 1 = 10; the path is 6.
    five = an_instance((3, 0, (1, 2, 3)), (2, 1, (4,)), (2, 1, (4,)), (2, 1, (4,)), (1, 0, ()))

    assert lower_bound(five) == 10
    assert planned(five).makespan == 10


def test_the_bound_knows_pairs_that_cannot_overlap():
    # 2 of 3 units each: one after the other, 4 + 5, though energy asks only for 6.
    assert lower_bound(an_instance((4, 2, ()), (5, 2, ()), capacities=(3,))) == 9


def test_the_exact_tier_mends_a_bad_plan():
    pair = an_instance((2, 1, ()), (3, 1, ()), capacities=(2,))

    proof = prove(pair, (0, 2), 5, bound=0, work=1.0, seconds=10)

    assert (proof.makespan, proof.bound) == (3, 3)
    assert check(pair, proof.starts, 3) == ()


def test_the_same_seed_gives_the_same_plan_and_another_seed_is_allowed_another():
    instance = a_random_instance(3, count=40, capacities=(6, 5, 4, 3))

    once, again, other = (planned(instance, Effort(3000), seed=seed) for seed in (5, 5, 6))

    assert (once.starts, once.schedules) == (again.starts, again.schedules)
    assert other.starts != once.starts


@pytest.mark.parametrize("schedules", [1, 2, 3, 100, 777, 5000])
def test_a_budget_of_schedules_is_kept_to_the_last_one(schedules):
    instance = a_random_instance(3, count=40, capacities=(6, 5, 4, 3))

    assert planned(instance, Effort(schedules)).schedules == schedules


def test_a_search_stops_when_its_time_is_over():
    instance = a_random_instance(3, count=60, capacities=(6, 5, 4, 3))
    ticks = iter(range(1000))

    result = solve(instance, Effort(10**9, seconds=3), clock=lambda: float(next(ticks)))

    assert check(instance, result.starts, result.makespan) == ()
    assert result.schedules < 10**6


def test_more_time_means_more_schedules():
    instance = a_random_instance(3)

    assert effort_within(instance, 2).schedules > effort_within(instance, 1).schedules > 0


PLAIN = """
import json
from scheduler.rcpsp.solve import Effort, solve
from tests.scheduler.rcpsp.projects import a_random_instance
for seed in (1, 2):
    many = a_random_instance(seed, count=14, capacities=(40_000, 3, 9))
    result = solve(many, Effort(150), seed=seed)
    print(json.dumps([result.starts, result.schedules]))
"""


def test_plain_python_gives_the_same_bytes_as_compiled_code():
    expected = []
    for seed in (1, 2):
        result = solve(a_random_instance(seed, count=14, capacities=(40_000, 3, 9)), Effort(150), seed=seed)
        expected.append([list(result.starts), result.schedules])

    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", PLAIN],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )

    assert [json.loads(line) for line in told.stdout.splitlines()] == expected
