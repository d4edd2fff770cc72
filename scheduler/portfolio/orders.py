"""In which order steps take room: keys from the promised dates, and the order that follows from keys.

Units: keys are points of ``Facts``; smaller is sooner.
Source: Kelley and Walker (1959) for the pass back; PR-6, DF-15 for the two gates.
"""

from __future__ import annotations

import numpy as np

from scheduler.compiled import compiled
from scheduler.portfolio.layout import (
    ACCEPT_GATE,
    ACCEPTED,
    DEADLINE,
    DUE,
    EARLIEST,
    FAR,
    FIRST,
    FIRST_GATE,
    GIVEN_ACCEPT,
    HORIZON,
    KEPT,
    LAST,
    LAST_GATE,
    OWN_DAYS,
    PLANNED,
    PREPARATION_DAYS,
    STARTED,
    STATE,
    TARGET,
    Facts,
    Ints,
)

_SPARE = 4
"""A project without a promise yields as if due a quarter of its own length after its earliest end."""


@compiled
def early_ends(f: Facts, p: int, end: Ints) -> int:
    """The earliest typical finish of each step of a project if there were room for all; the last of them."""
    last = 0
    for i in range(f.project[p, FIRST], f.project[p, LAST]):
        start = f.step[i, EARLIEST]
        issued = 0
        for e in range(f.step[i, FIRST_GATE], f.step[i, LAST_GATE]):
            tail = f.gate[e, 1]
            if tail == ACCEPT_GATE:
                start = max(start, end[f.gate[e, 0]])
            else:
                issued = max(issued, end[f.gate[e, 0]] + tail)
        accept = start + f.step[i, PREPARATION_DAYS]
        if f.step[i, STATE] & ACCEPTED:
            accept = f.step[i, GIVEN_ACCEPT]
        end[i] = max(accept + f.step[i, OWN_DAYS], issued)
        last = max(last, end[i])
    return last


@compiled
def late_accepts(  # noqa: C901 - one pass, compiled
    f: Facts, p: int, end: Ints, key: Ints, late: Ints
) -> None:
    """The latest acceptance of each step of a project that still keeps the promise, as its key."""
    last = early_ends(f, p, end)
    first, target, due = f.project[p, FIRST], f.project[p, TARGET], f.project[p, DUE]
    if due >= FAR:
        goal = end[target] if target >= 0 else last
        due = goal + (goal - f.step[first, EARLIEST]) // _SPARE
    for i in range(first, f.project[p, LAST]):
        late[i] = FAR
    if target >= 0:
        late[target] = due
    for i in range(f.project[p, LAST] - 1, first - 1, -1):
        finish = min(late[i], f.step[i, DEADLINE])
        if finish >= FAR:
            finish = max(due, last)
        accept = finish - f.step[i, OWN_DAYS]
        if f.step[i, STATE] & (KEPT | PLANNED) == KEPT:
            accept = min(accept, f.step[i, GIVEN_ACCEPT])
        key[i] = accept
        gate = accept
        if not f.step[i, STATE] & STARTED:
            gate = accept - f.step[i, PREPARATION_DAYS]
        for e in range(f.step[i, FIRST_GATE], f.step[i, LAST_GATE]):
            before, tail = f.gate[e, 0], f.gate[e, 1]
            if tail == ACCEPT_GATE:
                late[before] = min(late[before], gate)
            else:
                late[before] = min(late[before], finish - tail)


@compiled
def due_keys(f: Facts, end: Ints, late: Ints, key: Ints) -> None:
    """The key of every step: its latest acceptance for the promise; what a kept step waits for goes first.

    Effects: fills ``key``; ``end`` and ``late`` are room to work in.
    """
    horizon = f.number[HORIZON]
    for p in range(len(f.project)):
        late_accepts(f, p, end, key, late)
    for i in range(len(key)):
        key[i] = min(max(key[i], -horizon), 2 * horizon)
    if len(f.given):
        _hurry(f, late, key)


@compiled
def _hurry(f: Facts, mark: Ints, key: Ints) -> None:
    """Put steps that a kept one waits for in front, so that room is not what makes its day impossible."""
    horizon = f.number[HORIZON]
    mark[:] = 0
    for i in range(len(key) - 1, -1, -1):
        if mark[i]:
            key[i] -= 4 * horizon
        if mark[i] or f.step[i, STATE] & (KEPT | PLANNED) == KEPT:
            for e in range(f.step[i, FIRST_GATE], f.step[i, LAST_GATE]):
                mark[f.gate[e, 0]] = 1


@compiled
def order_of(f: Facts, key: Ints, lifted: Ints, order: Ints) -> None:
    """The steps by key, none before a predecessor, equal keys by number: a stable counting sort.

    Effects: fills ``order``; ``lifted`` is room to work in, and holds the keys raised to their predecessors'.
    """
    low, high = FAR, -FAR
    for i in range(len(key)):
        k = key[i]
        for e in range(f.step[i, FIRST_GATE], f.step[i, LAST_GATE]):
            k = max(k, lifted[f.gate[e, 0]])
        lifted[i] = k
        low = min(low, k)
        high = max(high, k)
    if len(key) == 0:
        return
    count = np.zeros(high - low + 2, np.int32)
    for i in range(len(key)):
        count[lifted[i] - low + 1] += 1
    for k in range(1, len(count)):
        count[k] += count[k - 1]
    for i in range(len(key)):
        k = lifted[i] - low
        order[count[k]] = i
        count[k] += 1
