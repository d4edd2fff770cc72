"""Who waits for whom, with everything implied by something else left out.

A step's *start* waits for its accept gates; its *finish*, the decision, waits for its issue gates too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from projects.press.chart import ChartStep


@dataclass(frozen=True)
class Waits:
    """What one step waits for: steps before its start, and steps before its decision with their tails."""

    start: frozenset[int]
    finish: Mapping[int, int]


@dataclass(frozen=True)
class Order:
    """All steps that come before each step's start, and before its finish."""

    before_start: Mapping[int, frozenset[int]]
    before_finish: Mapping[int, frozenset[int]]


def order_of(waits: Mapping[int, Waits]) -> Order:
    """Everything that must be finished before a step may start, and before it may finish.

    Raises: ValueError, when steps wait for each other in a circle.
    """
    starts: dict[int, frozenset[int]] = {}
    finishes: dict[int, frozenset[int]] = {}
    for number in _first_things_first(waits):
        wait = waits[number]
        starts[number] = _with_ancestors(wait.start, finishes)
        finishes[number] = starts[number] | _with_ancestors(wait.finish, finishes)
    return Order(starts, finishes)


def _with_ancestors(numbers: Iterable[int], finishes: Mapping[int, frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*({number} | finishes[number] for number in numbers))


def _first_things_first(waits: Mapping[int, Waits]) -> list[int]:
    left = {number: set(wait.start) | set(wait.finish) for number, wait in waits.items()}
    done: list[int] = []
    while left:
        ready = [number for number, before in left.items() if not before]
        if not ready:
            raise ValueError(f"steps wait for each other in a circle: {sorted(left)}")
        for number in ready:
            del left[number]
        for before in left.values():
            before.difference_update(ready)
        done += ready
    return done


def stated_waits(steps: Iterable[ChartStep]) -> dict[int, Waits]:
    """The predecessors of each step as the plan states them."""
    return {
        step.number: Waits(
            frozenset(link.number for link in step.predecessors if not link.is_issue_gate),
            {link.number: link.tail_workdays for link in step.predecessors if link.is_issue_gate},
        )
        for step in steps
    }


def reduced(waits: Mapping[int, Waits]) -> dict[int, Waits]:
    """The same order with no predecessor that another one already implies."""
    order = order_of(waits)
    return {
        number: Waits(
            frozenset(_needed(wait.start, order)),
            {
                other: wait.finish[other]
                for other in _needed(wait.finish, order)
                if other not in order.before_start[number]
            },
        )
        for number, wait in waits.items()
    }


def _needed(numbers: Iterable[int], order: Order) -> list[int]:
    listed = list(numbers)
    implied: set[int] = set().union(*(order.before_finish[other] for other in listed))
    return [one for one in listed if one not in implied]


def restricted(waits: Mapping[int, Waits], keep: Callable[[int], bool]) -> dict[int, Waits]:
    """The order among some of the steps, the ones between them read through and left out."""
    order = order_of(waits)
    kept = [number for number in waits if keep(number)]
    inside = frozenset(kept)
    return reduced(
        {
            number: Waits(
                order.before_start[number] & inside,
                {
                    other: waits[number].finish.get(other, 0)
                    for other in sorted((order.before_finish[number] - order.before_start[number]) & inside)
                },
            )
            for number in kept
        }
    )
