"""A project as flat arrays for the inner loops, in both directions of time.

Building from the front gives schedules that lie as early as they can; building the mirrored project gives,
mirrored back, schedules that lie as late. Both are numbered topologically: a predecessor comes before.

The units of all resources at one time lie side by side in one 64-bit word, each field with a guard bit above
it: subtracting a demand clears the guard of every resource that has too little, so one subtraction asks for
all of them. Fields are as narrow as the largest capacity lets them; what does not fit takes more words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scheduler.rcpsp.instance import Instance

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

WORD_BITS = 64
FIELD_BITS = (8, 16, 32, 64)
PART_OF_CAPACITY = 1000
"""Weights count thousandths of a resource's capacity."""


class Side(NamedTuple):
    """The project seen in one direction of time.

    ``before[before_at[i]:before_at[i + 1]]`` are the predecessors of i, ``after`` its successors; ``tail`` is
    the longest chain that must follow it, ``weight`` the share of the capacities it takes.

    Shape: one entry per activity; ``demand`` is words × activities.
    """

    duration: Ints
    before_at: Ints
    before: Ints
    after_at: Ints
    after: Ints
    tail: Ints
    demand: Words
    weight: Ints


class Arrays(NamedTuple):
    """Both sides of a project, what its resources have, and how its numbering goes back to the file's.

    ``activity[i]`` is the file's place of number i; number i is n - 1 - i on the mirrored side.
    """

    sides: tuple[Side, Side]
    capacity: Words
    guard: np.uint64
    horizon: int
    activity: Ints


def pack(instance: Instance) -> Arrays:
    """The arrays of a project."""
    order = instance.topological()
    place = {activity: number for number, activity in enumerate(order)}
    predecessors = instance.predecessors()
    before = [sorted(place[j] for j in predecessors[i]) for i in order]
    after = [sorted({place[j] for j in instance.successors[i]}) for i in order]
    duration = np.array([instance.durations[i] for i in order], np.int64)
    demands = [
        instance.demands[i] if instance.durations[i] else (0,) * len(instance.capacities) for i in order
    ]
    bits = next(width for width in FIELD_BITS if max(instance.capacities, default=0) < 1 << (width - 1))
    demand = np.array([_packed(units, bits) for units in demands], np.uint64).reshape(len(order), -1).T
    guard = _packed([1 << (bits - 1)] * (WORD_BITS // bits), bits)[0]
    capacity = np.array([word | guard for word in _packed(instance.capacities, bits)], np.uint64)
    weight = np.array([_share(units, instance.capacities) for units in demands], np.int64)
    front = _side(duration, before, after, np.ascontiguousarray(demand), weight)
    back = _side(
        duration[::-1].copy(),
        _mirrored(after),
        _mirrored(before),
        np.ascontiguousarray(demand[:, ::-1]),
        weight[::-1].copy(),
    )
    horizon = int(duration.sum())
    return Arrays((front, back), capacity, np.uint64(guard), horizon, np.array(order, np.int64))


def starts_of(arrays: Arrays, start: Ints) -> tuple[int, ...]:
    """The starts in the file's order of what was planned in topological numbers.

    Shape: one entry per activity.
    """
    starts = np.empty_like(start)
    starts[arrays.activity] = start
    return tuple(starts.tolist())


def _packed(units: Sequence[int], bits: int) -> list[int]:
    per_word = WORD_BITS // bits
    words = [0] * max(1, -(-len(units) // per_word))
    for resource, amount in enumerate(units):
        words[resource // per_word] |= int(amount) << bits * (resource % per_word)
    return words


def _share(units: Sequence[int], capacities: Sequence[int]) -> int:
    taken = zip(units, capacities, strict=True)
    return sum(-(-PART_OF_CAPACITY * amount // capacity) for amount, capacity in taken if amount)


def _mirrored(neighbours: Sequence[Sequence[int]]) -> list[list[int]]:
    last = len(neighbours) - 1
    return [sorted(last - j for j in neighbours[last - i]) for i in range(last + 1)]


def _side(
    duration: Ints,
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
    demand: Words,
    weight: Ints,
) -> Side:
    tail = np.zeros(len(duration), np.int64)
    for i in range(len(duration) - 1, -1, -1):
        tail[i] = max((tail[j] + duration[j] for j in after[i]), default=0)
    return Side(duration, *_flat(before), *_flat(after), tail, demand, weight)


def _flat(neighbours: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    at = np.zeros(len(neighbours) + 1, np.int64)
    at[1:] = np.cumsum([len(those) for those in neighbours])
    return at, np.array([j for those in neighbours for j in those], np.int64)
