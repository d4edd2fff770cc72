"""The moves of the search: which keys a candidate changes.

Pushing one project back can cost little and make room for many; so projects move as a whole, far and near,
more often than single steps do.
"""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.portfolio import orders
from scheduler.portfolio.improve_aim import aim
from scheduler.portfolio.improve_draw import draw, nudge, reach, shift, some_late
from scheduler.portfolio.improve_kernels import cost, first_difference, replay, span_of, take
from scheduler.portfolio.improve_state import BEST, LIMIT, TAKEN, TRIED, WORK, Search
from scheduler.portfolio.layout import Facts, State

PATIENCE = 1000
"""So many moves in a row that change no order, and the search ends: there is nothing to change."""


@compiled
def propose(f: Facts, w: Search) -> None:
    """A candidate: half of them aim; the rest move projects, pull late ones, push others, or nudge steps."""
    w.tried_keys[:] = w.keys
    if draw(w.random, 2) and aim(f, w):
        return
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
