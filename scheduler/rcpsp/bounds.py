"""How short no plan can be: bounds that cost next to nothing."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.rcpsp.instance import Instance


def lower_bound(instance: Instance) -> int:
    """The best of the critical path, the energy of every resource, and pairs that cannot overlap.

    Units: units of time; no plan has a shorter makespan.
    """
    heads = heads_of(instance)
    tails = tails_of(instance)
    lengths = instance.durations
    path = max((heads[i] + lengths[i] + tails[i] for i in range(len(lengths))), default=0)
    return max(path, _energy(instance, heads, tails), _disjoint_pair(instance, heads, tails))


def heads_of(instance: Instance) -> list[int]:
    """The earliest start of every activity, resources aside.

    Shape: one entry per activity.
    """
    heads = [0] * len(instance.durations)
    for i in instance.topological():
        for j in instance.successors[i]:
            heads[j] = max(heads[j], heads[i] + instance.durations[i])
    return heads


def tails_of(instance: Instance) -> list[int]:
    """How much time must follow the end of every activity, resources aside.

    Shape: one entry per activity.
    """
    tails = [0] * len(instance.durations)
    for i in reversed(instance.topological()):
        tails[i] = max((instance.durations[j] + tails[j] for j in instance.successors[i]), default=0)
    return tails


def _energy(instance: Instance, heads: Sequence[int], tails: Sequence[int]) -> int:
    """For each resource, its work over its capacity, after the least head and before the least tail."""
    best = 0
    for resource, capacity in enumerate(instance.capacities):
        users = [i for i, units in enumerate(instance.demands) if units[resource] and instance.durations[i]]
        if users:
            work = sum(instance.durations[i] * instance.demands[i][resource] for i in users)
            around = min(heads[i] for i in users) + min(tails[i] for i in users)
            best = max(best, around - (-work // capacity))
    return best


def _disjoint_pair(instance: Instance, heads: Sequence[int], tails: Sequence[int]) -> int:
    """The best over all pairs that ask for more than there is together: one of them comes first."""
    lengths = instance.durations
    big = [
        i
        for i, units in enumerate(instance.demands)
        if lengths[i] and any(2 * u >= c for u, c in zip(units, instance.capacities, strict=True) if u)
    ]
    reach = [heads[i] + lengths[i] + tails[i] for i in range(len(lengths))]
    best, chosen = 0, sorted(big, key=lambda i: -reach[i])[:MOST_PAIRED]
    for at, i in enumerate(chosen):
        for j in chosen[at + 1 :]:
            if not _fit_together(instance, i, j):
                both = lengths[i] + lengths[j]
                best = max(best, min(heads[i] + both + tails[j], heads[j] + both + tails[i]))
    return best


MOST_PAIRED = 200
"""Pairs are looked for among so many activities, those on the longest chains."""


def _fit_together(instance: Instance, i: int, j: int) -> bool:
    pairs = zip(instance.demands[i], instance.demands[j], instance.capacities, strict=True)
    return all(first + second <= capacity for first, second, capacity in pairs)
