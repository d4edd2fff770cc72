"""One project moved, all others untouched: what happens after an event, in moments."""

from __future__ import annotations

import numpy as np

from scheduler.compiled import compiled
from scheduler.portfolio import kernels, layout, orders
from scheduler.portfolio.arrays import build, occupy, plan_of
from scheduler.portfolio.demands import Portfolio
from scheduler.portfolio.kernels import book_given, place_run, seat_given
from scheduler.portfolio.layout import (
    ACCEPTED,
    FIRST,
    KEPT,
    LAST,
    STATE,
    Facts,
    Ints,
    State,
)
from scheduler.portfolio.plan import Occupancy, PortfolioPlan
from scheduler.portfolio.rooms import lift
from scheduler.portfolio.solve import no_room

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
def repair_project(f: Facts, s: State, p: int, turns: Ints) -> bool:
    """Take one project out of a plan and put it back as its facts are now; False where no room is left.

    Effects: changes the rows of this project's steps and the room they use, and nothing else.
    """
    first, last = f.project[p, FIRST], f.project[p, LAST]
    for i in range(first, last):
        lift(f, s, i)
    for i in range(first, last):
        if f.step[i, STATE] & (ACCEPTED | KEPT):
            book_given(f, s, i)
    for i in range(first, last):
        if f.step[i, STATE] & (ACCEPTED | KEPT):
            seat_given(f, s, i)
    return bool(place_run(f, s, turns, first, last) == last)
