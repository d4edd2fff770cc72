"""One project moved, all others untouched: what happens after an event, in moments."""

from __future__ import annotations

import numpy as np

from scheduler.compiled import compiled
from scheduler.portfolio import kernels, layout, orders
from scheduler.portfolio.arrays import build, occupy, plan_of
from scheduler.portfolio.demands import Portfolio
from scheduler.portfolio.kernels import book_given, place_run, seat_given
from scheduler.portfolio.layout import (
    ACCEPT,
    ACCEPTED,
    BENCH,
    BODY,
    FIRST,
    FORCED,
    GIVEN_ACCEPT,
    GIVEN_SITTING,
    KEPT,
    LAST,
    OWN_END,
    SITTING,
    SPECIAL,
    STATE,
    WORK,
    WORK_FROM,
    WORK_TO,
    Facts,
    Ints,
    State,
)
from scheduler.portfolio.plan import Occupancy, PortfolioPlan
from scheduler.portfolio.rooms import chain_end, give_back, lift, wide
from scheduler.portfolio.urgency import no_room

LIFTED = 3
"""In ``FORCED`` on the way: the step has given back its room."""

__all__ = ["Occupancy", "place", "repair_project", "turns_of"]


def place(portfolio: Portfolio, occupancy: Occupancy) -> PortfolioPlan:
    """Place the projects of a portfolio, usually one, beside what all others have booked.

    Kept steps stay unless that has become impossible; nobody else's booking moves.

    Raises: NoRoomBeforeHorizon, naming the step and what it lacks; UnknownInOccupancy; OutsideCalendar.
    """
    arrays = build(portfolio)
    facts, state = arrays.facts, layout.state_for(arrays.facts)
    keys, end, late, order = (np.zeros(len(facts.step), np.int32) for _ in range(4))
    orders.due_keys(facts, end, late, keys)
    orders.order_of(facts, keys, late, order)
    kernels.clear(facts, state)
    occupy(arrays, state, occupancy)
    if not kernels.place_all(facts, state, order):
        raise no_room(arrays, state)
    return plan_of(arrays, state)


@compiled
def turns_of(f: Facts, order: Ints, turns: Ints) -> None:
    """The steps of each project in the order they took room, project after project.

    Effects: fills ``turns``, whose places of a project are the rows of its steps.
    """
    following = f.project[:, FIRST].copy()
    for k in range(len(order)):
        p = f.step[order[k], layout.PROJECT]
        turns[following[p]] = order[k]
        following[p] += 1


@compiled
def stands(step: Ints, table: Ints, placed: Ints, i: int) -> bool:
    """Whether a given step is booked exactly as it is given, so that nothing has to be taken back."""
    if step[i, STATE] & (ACCEPTED | KEPT) == 0 or placed[i, FORCED] != 0:
        return False
    if placed[i, ACCEPT] != step[i, GIVEN_ACCEPT] or placed[i, SITTING] != step[i, GIVEN_SITTING]:
        return False
    begin = chain_end(table, step[i, SPECIAL], wide(placed[i, ACCEPT]))
    end = chain_end(table, step[i, WORK], begin)
    if step[i, BENCH] >= 0:
        return bool(placed[i, WORK_FROM] == begin and placed[i, WORK_TO] == end)
    return bool(placed[i, SITTING] < 0 and placed[i, OWN_END] == end)


@compiled
def repair_project(f: Facts, s: State, p: int, turns: Ints) -> bool:
    """Take one project out of a plan and put it back as its facts are now; False where no room is left.

    Effects: changes the rows of this project's steps and the room they use, and nothing else. Without room
    its steps from the one in ``trouble`` on are left out of the plan.
    """
    step, table, placed = f.step, f.table, s.placed
    free, hand, open_from = s.free, s.hand, s.open_from
    first, last = wide(f.project[p, FIRST]), wide(f.project[p, LAST])
    for i in range(first, last):
        if stands(step, table, placed, i):
            continue
        if placed[i, SITTING] >= 0:
            lift(f, s, i)
        else:
            give_back(step, placed, free, hand, open_from, i)
        placed[i, FORCED] = LIFTED
    for i in range(first, last):
        if placed[i, FORCED] == LIFTED and step[i, STATE] & (ACCEPTED | KEPT):
            book_given(f, s, i)
    for i in range(first, last):
        if step[i, BODY] >= 0 and step[i, STATE] & (ACCEPTED | KEPT):
            seat_given(f, s, i)
    return bool(place_run(f, s, turns, first, last) == last)
