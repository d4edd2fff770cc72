"""The moves of the search: which keys a candidate changes.

Pushing one project back can cost little and make room for many; so projects move as a whole, far and near,
more often than single steps do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.compiled import compiled
from scheduler.portfolio import orders
from scheduler.portfolio.improve_kernels import cost, first_difference, replay, span_of, take
from scheduler.portfolio.improve_state import BEST, LIMIT, TAKEN, TRIED, WORK, Search
from scheduler.portfolio.layout import DUE, FIRST, HORIZON, LAST, TARGET, Facts, State

PATIENCE = 1000
"""So many moves in a row that change no order, and the search ends: there is nothing to change."""


@compiled
def draw(random: NDArray[np.uint64], below: int) -> int:
    """A whole number from 0 up to, not including, ``below``. Source: S31 for xorshift."""
    x = random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    random[0] = x
    return np.int64(x >> np.uint64(33)) % max(1, below)  # type: ignore[return-value]


@compiled
def shift(f: Facts, w: Search, p: int, days: int) -> None:
    """Move all keys of a project; none beyond what the order can sort."""
    far = 6 * f.number[HORIZON]
    for i in range(f.project[p, FIRST], f.project[p, LAST]):
        w.tried_keys[i] = min(max(w.tried_keys[i] + days, -far), far)


@compiled
def nudge(f: Facts, w: Search, i: int, days: int) -> None:
    """Move one key."""
    far = 6 * f.number[HORIZON]
    w.tried_keys[i] = min(max(w.tried_keys[i] + days, -far), far)


@compiled
def lateness(f: Facts, w: Search, p: int) -> int:
    """By how much the best plan misses a project's promise; below zero where it is early."""
    late: int = w.finish[f.project[p, TARGET]] - f.project[p, DUE]
    return late


@compiled
def some_late(f: Facts, w: Search) -> int:
    """A project that is late, or any where none is found soon."""
    p = draw(w.random, len(f.project))
    for _ in range(len(f.project)):
        if lateness(f, w, p) > 0:
            return p
        p = (p + 1) % len(f.project)
    return p


@compiled
def reach(w: Search) -> int:
    """How far a move goes: often little, sometimes far."""
    return 1 + draw(w.random, 10 << draw(w.random, 5))


@compiled
def propose(f: Facts, w: Search) -> None:
    """A candidate: projects moved, late ones pulled, others pushed back, or single steps nudged."""
    w.tried_keys[:] = w.keys
    projects = len(f.project)
    kind = draw(w.random, 16)
    if kind < 3:
        for _ in range(1 + draw(w.random, 2)):
            days = reach(w)
            shift(f, w, draw(w.random, projects), days if draw(w.random, 2) else -days)
    elif kind < 6:
        shift(f, w, some_late(f, w), -reach(w))
    elif kind < 13:
        shift(f, w, draw(w.random, projects), reach(w))
    elif kind < 15:
        days = reach(w)
        shift(f, w, some_late(f, w), -days)
        shift(f, w, draw(w.random, projects), days)
    else:
        for _ in range(1 + draw(w.random, 8)):
            days = reach(w)
            nudge(f, w, draw(w.random, len(w.keys)), days if draw(w.random, 2) else -days)


@compiled
def search(f: Facts, s: State, w: Search) -> None:
    """Try candidates until so many steps have been placed as ``number[LIMIT]`` allows.

    A candidate that costs no more than the best is planned a second time, to remember the way: few are, and
    the many others are not slowed down by it.
    """
    number, idle = w.number, 0
    while number[WORK] < number[LIMIT] and idle < PATIENCE:
        propose(f, w)
        orders.order_of(f, w.tried_keys, w.lifted, w.tried_order)
        first = first_difference(w.order, w.tried_order)
        if first == len(w.order):
            idle += 1
            continue
        idle = 0
        number[TRIED] += 1
        for keep in range(2):
            if not replay(f, s, w, first // span_of(w), number[BEST], keep) or cost(f, s) > number[BEST]:
                break
            if keep:
                number[TAKEN] += 1
                take(f, s, w)
