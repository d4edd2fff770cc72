"""Moves that aim: a late project's step and what is worked on at the bench it waits for change their turns.

Moves drawn blindly find little where few projects share much; so half of all moves begin with a project that
is late, look back from its result for a step that waited for its bench, and bring it before, or send back,
something that was worked on there meanwhile. Chosen on made-up portfolios of 20 and 100 projects.

Source: S32 for moving along critical sequences rather than anywhere.
"""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.portfolio.improve_draw import draw, limited, reach, shift, some_late
from scheduler.portfolio.improve_state import Search
from scheduler.portfolio.layout import (
    FIRST,
    FIRST_GATE,
    KEPT,
    LAST_GATE,
    NOWHERE,
    PROJECT,
    STATE,
    TARGET,
    Facts,
)
from scheduler.portfolio.rooms import wide
from scheduler.portfolio.waits import has_waited, is_in_the_way, look_back


@compiled
def some_wait(f: Facts, w: Search, p: int) -> tuple[int, int]:
    """A step on the way to a project's result that waited for its bench, and since when; else ``NOWHERE``."""
    i, found, since, seen = wide(f.project[p, TARGET]), wide(NOWHERE), wide(NOWHERE), 0
    while i >= 0:
        before, ready = look_back(f, w.placed, w.finish, i)
        if has_waited(f, w.placed, i, ready):
            seen += 1
            if draw(w.random, seen) == 0:
                found, since = i, ready
        i = before
    return found, since


@compiled
def some_other(f: Facts, w: Search, i: int, since: int) -> int:
    """A step of another project that is worked on where one waits, and may move; ``NOWHERE`` if none."""
    steps = len(f.step)
    j = wide(draw(w.random, steps))
    for _ in range(steps):
        is_other = f.step[j, PROJECT] != f.step[i, PROJECT] and not f.step[j, STATE] & KEPT
        if is_other and is_in_the_way(f, w.placed, j, i, since):
            return j
        j = (j + 1) % steps
    return wide(NOWHERE)


@compiled
def lifted_key(f: Facts, w: Search, i: int) -> int:
    """A step's key, raised to those of all it waits for. Effects: uses ``lifted`` of its project."""
    for k in range(f.project[f.step[i, PROJECT], FIRST], i + 1):
        key = w.tried_keys[k]
        for e in range(f.step[k, FIRST_GATE], f.step[k, LAST_GATE]):
            key = max(key, w.lifted[f.gate[e, 0]])
        w.lifted[k] = key
    return wide(w.lifted[i])


@compiled
def pull(f: Facts, w: Search, i: int, key: int) -> None:
    """Let a step, and all it waits for, come no later than a key. Effects: uses ``lifted`` of its project."""
    first = f.project[f.step[i, PROJECT], FIRST]
    w.lifted[first:i] = 0
    w.lifted[i] = 1
    for k in range(i, first - 1, -1):
        if w.lifted[k]:
            w.tried_keys[k] = min(w.tried_keys[k], limited(f, key))
            for e in range(f.step[k, FIRST_GATE], f.step[k, LAST_GATE]):
                w.lifted[f.gate[e, 0]] = 1


@compiled
def aim(f: Facts, w: Search) -> bool:
    """Change the turns of a step that made a project late and of one in its way; False where none waited."""
    i, since = some_wait(f, w, some_late(f, w))
    if i < 0:
        return False
    j = some_other(f, w, i, since)
    if j < 0:
        return False
    how = draw(w.random, 4)
    if how == 0:
        pull(f, w, i, lifted_key(f, w, j) - 1)
    elif how == 1:
        w.tried_keys[j] = max(w.tried_keys[j], limited(f, lifted_key(f, w, i) + 1))
    else:
        shift(f, w, wide(f.step[j, PROJECT]), reach(w))
    return True
