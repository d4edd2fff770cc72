"""The quick plan: the most urgent promise is served first; and what to say where a step finds no room.

Units: points of ``Facts``.
"""

from __future__ import annotations

import numpy as np

from scheduler.portfolio import kernels, layout, orders
from scheduler.portfolio.arrays import Arrays
from scheduler.portfolio.errors import (
    NoOfficerBeforeHorizon,
    NoPlaceBeforeHorizon,
    NoRoomBeforeHorizon,
    NoSittingBeforeHorizon,
    TooLongForHorizon,
)
from scheduler.portfolio.layout import Ints, State


def quick(arrays: Arrays) -> tuple[State, Ints]:
    """The plan that serves the most urgent promise first, and the keys it was made from.

    Raises: NoRoomBeforeHorizon.
    """
    keys = due_keys(arrays)
    return decoded(arrays, keys), keys


def due_keys(arrays: Arrays) -> Ints:
    """The key of every step that serves the most urgent promise first."""
    keys, end, late = (np.zeros(len(arrays.facts.step), np.int32) for _ in range(3))
    orders.due_keys(arrays.facts, end, late, keys)
    return keys


def decoded(arrays: Arrays, keys: Ints) -> State:
    """The plan that follows from keys. Raises: NoRoomBeforeHorizon."""
    lifted, order = np.zeros_like(keys), np.zeros_like(keys)
    orders.order_of(arrays.facts, keys, lifted, order)
    state = layout.state_for(arrays.facts)
    if not kernels.decode(arrays.facts, state, order):
        raise no_room(arrays, state)
    return state


def no_room(arrays: Arrays, state: State) -> NoRoomBeforeHorizon:
    """What to say about the step for which a state found no room."""
    i, missing = (int(number) for number in state.trouble[:2])
    project, step = arrays.steps[i]
    row, portfolio = arrays.facts.step[i], arrays.portfolio
    horizon = int(arrays.facts.number[layout.HORIZON]) - arrays.origin
    kind: type[NoRoomBeforeHorizon] = TooLongForHorizon
    what = ""
    if portfolio is None:
        return kind(project=project, step=step, horizon=horizon)
    if missing == layout.NO_PLACE:
        kind, what = NoPlaceBeforeHorizon, portfolio.benches[row[layout.BENCH]].key
    elif missing == layout.NO_OFFICER:
        kind, what = NoOfficerBeforeHorizon, "、".join(portfolio.projects[row[layout.PROJECT]].officers)
    elif missing == layout.NO_SITTING:
        kind, what = NoSittingBeforeHorizon, portfolio.bodies[row[layout.BODY]].key
    return kind(project=project, step=step, horizon=portfolio.day(horizon), what=what)
