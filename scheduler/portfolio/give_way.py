"""What stands stays, and gives way where that costs less: which projects of a re-plan are held on their days.

First every project is held. Then, round after round, the projects that are late are let go, and for each
step on their way that waits for a bench, the project there with the most days to spare; so few move, and
those that can afford it.

Units: points of ``Facts``; costs in thousandths of a working day past a promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scheduler.compiled import compiled
from scheduler.portfolio import kernels, layout, orders
from scheduler.portfolio.arrays import Arrays
from scheduler.portfolio.improve_kernels import cost
from scheduler.portfolio.layout import (
    BENCH,
    DUE,
    KEPT,
    NOWHERE,
    PLANNED,
    PROJECT,
    STATE,
    TARGET,
    Bytes,
    Facts,
    Ints,
    State,
)
from scheduler.portfolio.rooms import wide
from scheduler.portfolio.urgency import decoded
from scheduler.portfolio.waits import has_waited, is_in_the_way, look_back

ROUNDS = 12
"""So many times projects are let go; with 10,000 the twelfth round still saves a little."""
PATIENCE = 3
"""After so many rounds that save nothing it ends."""

Held = tuple[Arrays, State]
"""The arrays, in which what stays is held, and the plan that follows from them."""


def standing(arrays: Arrays, keys: Ints) -> Iterator[Held]:
    """The plan that stands held: of every project, and of fewer and fewer.

    Raises: NoRoomBeforeHorizon, where those held leave too little room for the rest.
    """
    facts = arrays.facts
    stays, letting_go = np.ones(len(facts.project), bool), np.zeros(len(facts.project), np.int8)
    by_bench = np.argsort(facts.step[:, BENCH], kind="stable").astype(np.int32)
    first = np.searchsorted(facts.step[by_bench, BENCH], np.arange(len(facts.places) + 1)).astype(np.int32)
    least, idle = None, 0
    for _ in range(1 + ROUNDS):
        held = holding(arrays, keys, stays)
        state = decoded(held, keys)
        yield held, state
        price = int(cost(held.facts, state))
        idle = idle + 1 if least is not None and price >= least else 0
        least = price if least is None else min(price, least)
        let_go(held.facts, state, by_bench, first, letting_go)
        if idle >= PATIENCE or not (stays & (letting_go > 0)).any():
            return
        stays &= letting_go == 0


def holding(arrays: Arrays, keys: Ints, projects: NDArray[np.bool_]) -> Arrays:
    """The arrays with the planned steps of these projects held where they stand, as far as all fit."""
    facts, order, lifted = arrays.facts, np.zeros_like(keys), np.zeros_like(keys)
    orders.order_of(facts, keys, lifted, order)
    planned = (facts.step[:, STATE] & PLANNED) > 0
    stays = (planned & projects[facts.step[:, PROJECT]]).astype(np.int8)
    kernels.hold(facts, layout.state_for(facts), order, stays)
    step = facts.step.copy()
    step[stays > 0, STATE] |= KEPT
    given = np.concatenate([facts.given, np.flatnonzero(stays).astype(np.int32)])
    return replace(arrays, facts=facts._replace(step=step, given=given))


@compiled
def let_go(f: Facts, s: State, by_bench: Ints, first: Ints, letting_go: Bytes) -> None:
    """Mark every late project, and for each step on its way that waits, one that could make room.

    Shape: ``by_bench`` holds the steps of bench after bench, those of bench b from ``first[b]`` on.
    Effects: adds to ``letting_go``.
    """
    for p in range(len(f.project)):
        if f.project[p, DUE] >= s.finish[f.project[p, TARGET]]:
            continue
        letting_go[p] = 1
        i = wide(f.project[p, TARGET])
        while i >= 0:
            before, ready = look_back(f, s.placed, s.finish, i)
            if has_waited(f, s.placed, i, ready):
                bench = f.step[i, BENCH]
                there = by_bench[first[bench] : first[bench + 1]]
                who = with_most_to_spare(f, s, there, letting_go, i, ready)
                if who >= 0:
                    letting_go[who] = 1
            i = before


@compiled
def with_most_to_spare(f: Facts, s: State, there: Ints, letting_go: Bytes, i: int, ready: int) -> int:
    """Of the projects held at the bench a step waits for, the one with the most days before its promise.

    ``NOWHERE`` if none has a day to spare, or one of them is let go already. Shape: ``there`` holds the steps
    of that bench.
    """
    most, who = wide(0), wide(NOWHERE)
    for k in range(len(there)):
        j = wide(there[k])
        is_held = f.step[j, STATE] & (KEPT | PLANNED) == KEPT | PLANNED
        if not is_held or not is_in_the_way(f, s.placed, j, i, ready):
            continue
        p = wide(f.step[j, PROJECT])
        if letting_go[p]:
            return wide(NOWHERE)
        spare = wide(f.project[p, DUE] - s.finish[f.project[p, TARGET]])
        if spare > most:
            most, who = spare, p
    return who
