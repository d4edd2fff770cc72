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
from scheduler.portfolio.improve_state import BEST, LATE, LIMIT, MARKS, NUMBERS, WORK, Marks, Search
from scheduler.portfolio.layout import PLACED_COLUMNS, Facts, Ints, State, state_for

_ROUND = 400_000
"""About so many steps are placed between two looks at whoever watches: some tenth second."""

_PIECE = 40_000
"""The same between two looks at the clock."""

_STALE = 300
"""After so many whole plans without less tardiness a run is over, and the next begins. Chosen on made-up
portfolios of three seeds."""

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
    runs = _Runs(facts, keys, seed)
    if not steps or not runs.is_possible:
        return Improved(keys, 1, is_stopped=False)
    wanted, told, is_stopped = effort.decodes * steps, 0, False
    while runs.work < wanted and runs.late > bound and not is_stopped and runs.go_on(wanted):
        is_stopped = effort.seconds is not None and time.process_time() - began >= effort.seconds
        if runs.work - told >= _ROUND:
            told = runs.work
            progress = Progress(-(-told // steps), effort.decodes, runs.late, bound)
            is_stopped |= watch is not None and not watch(progress)
    return Improved(runs.best, -(-runs.work // steps), is_stopped)


class _Runs:
    """One run after another, each from the keys given, and the best keys of all.

    Where a run ends depends most on its first moves: several short ones find what a long one cannot reach.
    """

    def __init__(self, facts: Facts, keys: Ints, seed: int) -> None:
        self._facts, self._keys, self._state = facts, keys, state_for(facts)
        self._search = _search(facts, self._state, keys, seed)
        self.best = keys
        self.is_possible = not len(facts.step) or _begin(facts, self._state, self._search)
        self._cost, self.late = int(self._search.number[BEST]), _late(self._search)
        self._run_late, self._since = self.late, 0

    @property
    def work(self) -> int:
        """How many steps have been placed."""
        return int(self._search.number[WORK])

    def go_on(self, wanted: int) -> bool:
        """Search a little further; False where no move changes anything."""
        number, steps, before = self._search.number, len(self._facts.step), self.work
        number[LIMIT] = min(wanted, before + max(steps, _PIECE))
        improve_moves.search(self._facts, self._state, self._search)
        if int(number[BEST]) < self._cost:
            self._cost, self.late = int(number[BEST]), _late(self._search)
            self.best = self._search.keys.copy()
        if _late(self._search) < self._run_late:
            self._run_late, self._since = _late(self._search), self.work
        elif self.work - self._since > _STALE * steps:
            self._begin_anew()
        return self.work > before

    def _begin_anew(self) -> None:
        search, work = self._search, self.work
        search.keys[:], search.tried_keys[:] = self._keys, self._keys
        search.number[:] = 0
        search.number[WORK] = work
        _begin(self._facts, self._state, search)
        self._run_late, self._since = _late(search), self.work


def _begin(facts: Facts, state: State, search: Search) -> bool:
    """Plan the first keys, and remember the way; False where they leave a step without room."""
    improve_kernels.late_finishes(facts, search)
    orders.order_of(facts, search.keys, search.lifted, search.order)
    search.tried_order[:] = search.order
    kernels.clear(facts, state)
    kernels.give(facts, state, facts.given)
    improve_kernels.remember(facts, state, search, 0, 0)
    found = improve_kernels.replay(facts, state, search, 0, _NO_LIMIT, 1)
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
