"""What the moves of the search are made of: chance, a project that is late, how far, and keys moved so far.

Source: S31 for the random numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.compiled import compiled
from scheduler.portfolio.improve_state import Search
from scheduler.portfolio.layout import DUE, FIRST, HORIZON, LAST, TARGET, Facts
from scheduler.portfolio.rooms import wide


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
def limited(f: Facts, key: int) -> int:
    """A key no further away than the order can sort."""
    far = 6 * wide(f.number[HORIZON])
    return min(max(wide(key), -far), far)


@compiled
def shift(f: Facts, w: Search, p: int, days: int) -> None:
    """Move all keys of a project."""
    for i in range(f.project[p, FIRST], f.project[p, LAST]):
        w.tried_keys[i] = limited(f, w.tried_keys[i] + days)


@compiled
def nudge(f: Facts, w: Search, i: int, days: int) -> None:
    """Move one key."""
    w.tried_keys[i] = limited(f, w.tried_keys[i] + days)


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
