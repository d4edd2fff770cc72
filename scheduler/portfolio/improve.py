"""Improve the quick plan: search for keys whose order leaves the promises less late.

Source: S32 for priority keys decoded by a serial scheme.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.portfolio import improve_kernels, improve_moves, kernels, orders
from scheduler.portfolio.arrays import Arrays
from scheduler.portfolio.effort import Effort, Progress, Watch
from scheduler.portfolio.improve_state import LATE, LIMIT, MARKS, NUMBERS, WORK, Marks, Search
from scheduler.portfolio.layout import PLACED_COLUMNS, Facts, Ints, State, state_for

_ROUND = 400_000
"""About so many steps are placed between two looks at the clock and at whoever watches: some tenth second."""

_NO_LIMIT = 1 << 60

_Number = TypeVar("_Number", bound=np.generic)

_SEED = 88172645463325252
"""Any start but zero will do. Source: S31."""


@dataclass(frozen=True)
class Improved:
    """The best keys, how many plans were made for them, and whether clock or watcher ended the search."""

    keys: Ints
    decodes: int
    is_stopped: bool


def improve(
    arrays: Arrays,
    keys: Ints,
    *,
    effort: Effort,
    bound: int = 0,
    seed: int = 0,
    watch: Watch | None = None,
) -> Improved:
    """Keys whose plan costs no more than that of the keys given: tardiness, moved dates, then flow.

    It never moves a kept step more than the keys given do, and misses no deadline they keep. It ends early
    where the tardiness has come down to ``bound``.
    """
    facts, began = arrays.facts, time.process_time()
    steps = len(facts.step)
    state = state_for(facts)
    search = _search(facts, state, keys, seed)
    if not steps or not _begin(facts, state, search):
        return Improved(keys, 1, is_stopped=False)
    number, wanted = search.number, effort.decodes * steps
    is_stopped = False
    while number[WORK] < wanted and _late(search) > bound and not is_stopped:
        placed = int(number[WORK])
        number[LIMIT] = min(wanted, placed + max(steps, _ROUND))
        improve_moves.search(facts, state, search)
        if number[WORK] == placed:
            break
        progress = Progress(-(-int(number[WORK]) // steps), effort.decodes, _late(search), bound)
        is_over = effort.seconds is not None and time.process_time() - began >= effort.seconds
        is_stopped = is_over or not (watch is None or watch(progress))
    return Improved(search.keys, -(-int(number[WORK]) // steps), is_stopped)


def _begin(facts: Facts, state: State, search: Search) -> bool:
    """Plan the first keys, and remember the way; False where they leave a step without room."""
    improve_kernels.late_finishes(facts, search)
    orders.order_of(facts, search.keys, search.lifted, search.order)
    search.tried_order[:] = search.order
    kernels.clear(facts, state)
    kernels.give(facts, state, facts.given)
    improve_kernels.remember(facts, state, search, 0, 0)
    found = improve_kernels.replay(facts, state, search, 0, _NO_LIMIT, True)
    improve_kernels.take(facts, state, search)
    return found


def _late(search: Search) -> int:
    """The tardiness of the best plan, in whole working days."""
    return int(search.number[LATE])


def _search(facts: Facts, state: State, keys: Ints, seed: int) -> Search:
    """Room for the best order, a candidate and the remembered states."""
    steps, given = len(facts.step), len(facts.given)

    def marked(like: NDArray[_Number]) -> NDArray[_Number]:
        return np.zeros((MARKS, *like.shape), like.dtype)

    projects = np.zeros(len(facts.project), np.int32)
    return Search(
        keys=keys.copy(),
        order=np.zeros(steps, np.int32),
        finish=np.zeros(steps, np.int32),
        placed=np.zeros((steps, PLACED_COLUMNS), np.int32),
        tried_keys=keys.copy(),
        tried_order=np.zeros(steps, np.int32),
        lifted=np.zeros(steps, np.int32),
        late=np.zeros(steps, np.int32),
        worst=projects.copy(),
        marks=Marks(
            free=marked(state.free),
            hand=marked(state.hand),
            taken=marked(state.taken),
            rooms=marked(state.rooms),
            busy=marked(state.busy),
            open_from=marked(state.open_from),
            sit_from=marked(state.sit_from),
            given=np.zeros((MARKS, given, PLACED_COLUMNS), np.int32),
            worst=marked(projects),
            bound=np.zeros(MARKS, np.int64),
        ),
        random=np.array([_SEED ^ (seed * 2654435761 + 1) % (1 << 63)], np.uint64),
        number=np.zeros(NUMBERS, np.int64),
    )
