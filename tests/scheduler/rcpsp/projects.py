"""Small projects for the tests of planning under limited resources."""

import random

from scheduler.rcpsp.instance import Instance


def an_instance(*activities, capacities=(1,)):
    """A project from (duration, demand or demands, successors numbered from 0) of each activity."""
    durations, demands, successors = zip(*activities, strict=True)
    given = tuple((demand,) if isinstance(demand, int) else tuple(demand) for demand in demands)
    return Instance(durations, given, tuple(tuple(after) for after in successors), tuple(capacities))


def a_random_instance(seed, *, count=6, capacities=(4, 3), longest=5, density=0.25):
    """A project by chance: the same seed gives the same."""
    draw = random.Random(seed)  # noqa: S311 - an instance, not a secret
    return Instance(
        tuple(draw.randint(0, longest) for _ in range(count)),
        tuple(tuple(draw.randint(0, capacity) for capacity in capacities) for _ in range(count)),
        tuple(tuple(j for j in range(i + 1, count) if draw.random() < density) for i in range(count)),
        tuple(capacities),
    )


def is_room(instance, starts, activity, begin):
    """Whether an activity fits beside those that have their starts already."""
    demand = instance.demands[activity]
    for time in range(begin, begin + instance.durations[activity]):
        at_work = [j for j, start in starts.items() if start <= time < start + instance.durations[j]]
        for resource, capacity in enumerate(instance.capacities):
            if demand[resource] + sum(instance.demands[j][resource] for j in at_work) > capacity:
                return False
    return True


def shortest_by_trying(instance):
    """The makespan of the best of all plans, by placing every activity at every time it could have."""
    before = instance.predecessors()
    best = sum(instance.durations)

    def place(starts, order, end):
        nonlocal best
        if not order:
            best = min(best, end)
            return
        activity, duration = order[0], instance.durations[order[0]]
        ready = max((starts[j] + instance.durations[j] for j in before[activity]), default=0)
        for begin in range(ready, best - duration):
            if is_room(instance, starts, activity, begin):
                place({**starts, activity: begin}, order[1:], max(end, begin + duration))

    place({}, instance.topological(), 0)
    return best


SINGLE_MODE = """************************************************************************
file with basedata            : by hand
initial value random generator: 0
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  5
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0        5        1        5
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     2       1    1
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    1
************************************************************************
"""

PATTERSON = """4 2
2 1

0 0 0 2 2 3
3 2 0 1 4
2 1 1 1 4
0 0 0 0
"""
