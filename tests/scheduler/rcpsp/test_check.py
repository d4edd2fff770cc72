"""The proof: each kind of broken plan is named, and a good one passes."""

import pytest

from scheduler.rcpsp.check import FaultKind, check
from tests.scheduler.rcpsp.projects import an_instance

# Two activities of 2 and 3 on one machine, and one of 1 after the first that needs none of it.
THREE = an_instance((2, 1, (2,)), (3, 1, ()), (1, 0, ()))


def test_a_plan_that_breaks_nothing_passes():
    assert check(THREE, (0, 2, 2), makespan=5) == ()
    assert check(THREE, (3, 0, 5), makespan=6) == ()


@pytest.mark.parametrize(
    ("starts", "makespan", "kind", "said"),
    [
        ((0, 2), None, FaultKind.COUNT, "2 starts for 3 activities"),
        ((-1, 2, 2), None, FaultKind.BEFORE_ZERO, "activity 1 starts at -1"),
        ((0, 2, 1), None, FaultKind.PRECEDENCE, "activity 3 starts at 1, before activity 1 ends at 2"),
        ((0, 1, 2), None, FaultKind.CAPACITY, "at 1 resource 1 is asked for 2 units and has 1"),
        ((0, 2, 2), 4, FaultKind.MAKESPAN, "says it takes 4, and takes 5"),
    ],
)
def test_each_kind_of_broken_plan_is_named(starts, makespan, kind, said):
    (fault,) = check(THREE, starts, makespan)

    assert fault.kind is kind
    assert said in fault.said


def test_one_activity_may_begin_the_moment_another_ends():
    pair = an_instance((2, 1, ()), (2, 1, ()))

    assert check(pair, (2, 0)) == ()


def test_every_resource_is_looked_at():
    pair = an_instance((1, (1, 0, 2), ()), (1, (0, 1, 2), ()), capacities=(1, 1, 3))

    (fault,) = check(pair, (0, 0))

    assert "resource 3" in fault.said


def test_an_activity_of_no_duration_takes_no_room():
    pair = an_instance((2, 1, ()), (0, 1, ()))

    assert check(pair, (0, 1)) == ()
