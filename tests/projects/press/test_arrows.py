"""The logic of the arrow network: it states the plan's gates, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, permutations

import pytest

from projects.press.arrows import arrows
from projects.press.chart import ChartPlan
from projects.press.precedence import Waits, reduced, restricted, stated_waits
from projects.press.timed import TimedNetwork, planned_dates, timed_network
from tests.projects.press.plans import a_plan, a_random_plan, a_step, issue

RANDOM_PLANS = 3000
BATCH = 300


def _before(plan: ChartPlan) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Who must finish before each start and before each finish, read from the plan by plain recursion."""
    steps = {step.number: step for step in plan.steps}

    @cache
    def start(number: int) -> frozenset[int]:
        links = [link for link in steps[number].predecessors if not link.is_issue_gate]
        return frozenset().union(*({link.number} | finish(link.number) for link in links))

    @cache
    def finish(number: int) -> frozenset[int]:
        links = [link for link in steps[number].predecessors if link.is_issue_gate]
        return start(number).union(*({link.number} | finish(link.number) for link in links))

    return {n: set(start(n)) for n in steps}, {n: set(finish(n)) for n in steps}


def _reach(ahead: dict[int, set[int]]) -> dict[int, set[int]]:
    @cache
    def reach(event: int) -> frozenset[int]:
        return frozenset({event}).union(*(reach(head) for head in ahead.get(event, ())))

    return {event: set(reach(event)) for event in {*ahead, *chain.from_iterable(ahead.values())}}


def _pairs(net: TimedNetwork) -> list[tuple[int, int]]:
    works = [(work.i, work.j) for work in net.works.values()]
    return works + [(dummy.tail, dummy.head) for dummy in net.dummies]


def _wrong_gates(plan: ChartPlan, net: TimedNetwork) -> Iterator[str]:
    """Every pair of steps: is the order that is drawn the order that is stated?"""
    ahead: dict[int, set[int]] = {}
    for tail, head in _pairs(net):
        ahead.setdefault(tail, set()).add(head)
    reach = _reach(ahead)
    before_start, before_finish = _before(plan)
    gated = {number for number in before_start if before_finish[number] - before_start[number]}
    for a, b in permutations(net.works, 2):
        if (net.works[b].i in reach[net.works[a].j]) != (a in before_start[b]):
            yield f"start of {b} after {a}: drawn {a not in before_start[b]}"
        drawn = net.works[b].j in reach[net.works[a].j]
        if a in before_finish[b] and not drawn:
            yield f"decision of {b} waits for {a}: not drawn"
        if b in gated and drawn and a not in before_finish[b]:
            yield f"decision of {b} seems to wait for {a}"


def _wrong_shape(net: TimedNetwork) -> Iterator[str]:
    """One arrow a pair, one first and one last event, and time runs to the right."""
    pairs = _pairs(net)
    if len(set(pairs)) != len(pairs):
        yield "two arrows share their events"
    yield from (f"{i} is not before {j}" for i, j in pairs if i >= j or net.dates[i] > net.dates[j])
    for ends in ({j for _, j in pairs}, {i for i, _ in pairs}):
        if len(set(net.dates) - ends) != 1:
            yield "more than one first or last event"
    for work in net.works.values():
        if not net.dates[work.i] <= work.start_on <= work.ready_on <= net.dates[work.j]:
            yield f"{work.step} points to the left"


def _faults(seed: int) -> list[str]:
    plan = a_random_plan(seed, most=16)
    net = timed_network(plan.steps, planned_dates, _all)
    return [*_wrong_gates(plan, net), *_wrong_shape(net)]


def _all(_step: object) -> bool:
    return True


@pytest.mark.parametrize("first", range(0, RANDOM_PLANS, BATCH))
def test_random_plans_are_stated_exactly_and_never_point_to_the_left(first):
    faults = {seed: found for seed in range(first, first + BATCH) if (found := _faults(seed))}

    assert not faults


def test_an_accept_gate_is_the_order_of_arrows():
    net = arrows({1: Waits(frozenset(), {}), 2: Waits(frozenset({1}), {})})

    assert net.finish[1] == net.start[2]
    assert not net.dummies


def test_an_issue_gate_is_a_dummy_to_the_end_of_the_step_it_holds_back():
    net = arrows({1: Waits(frozenset(), {}), 2: Waits(frozenset(), {1: 1})})

    (dummy,) = net.dummies
    assert (dummy.tail, dummy.head) == (net.finish[1], net.finish[2])
    assert (dummy.held, dummy.tail_workdays) == (2, 1)
    assert net.start[1] == net.start[2]


def test_a_step_with_an_issue_gate_shares_its_end_with_no_other_step():
    # 4 waits for 2 and 3; only 3 waits for the paper of 1, so 2 must not seem to wait for it
    waits = {
        1: Waits(frozenset(), {}),
        2: Waits(frozenset(), {}),
        3: Waits(frozenset(), {1: 0}),
        4: Waits(frozenset({2, 3}), {}),
    }

    net = arrows(waits)

    assert net.finish[3] != net.finish[2] == net.start[4]


def test_two_steps_between_the_same_events_get_a_dummy():
    net = arrows({1: Waits(frozenset(), {}), 2: Waits(frozenset(), {})})

    assert net.start[1] == net.start[2]
    assert net.finish[1] != net.finish[2]
    assert len(net.dummies) == 1


def test_a_predecessor_that_another_implies_is_left_out():
    waits = reduced(stated_waits([a_step(1), a_step(2, 1), a_step(3, 1, 2), a_step(4, 3, issue(1))]))

    assert waits[3].start == {2}
    assert not waits[4].finish


def test_leaving_steps_out_keeps_the_order_of_the_others():
    waits = stated_waits([a_step(1), a_step(2, 1), a_step(3, 2), a_step(4, issue(2))])

    kept = restricted(waits, lambda number: number != 2)

    assert kept[3].start == {1}
    assert kept[4].finish == {1: 0}


def test_steps_that_wait_for_each_other_are_named():
    with pytest.raises(ValueError, match=r"\[1, 2\]"):
        reduced(stated_waits([a_step(1, 2), a_step(2, issue(1))]))


def test_a_step_accepted_before_its_predecessor_finished_still_points_to_the_right():
    plan = a_plan(a_step(1, points=(0, 10)), a_step(2, 1, points=(4, 7)))

    net = timed_network(plan.steps, planned_dates, _all)

    assert net.dates[net.works[2].i] == net.dates[net.works[1].j] <= net.works[2].start_on
