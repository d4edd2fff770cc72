"""A better order for a portfolio: change some keys, plan again from the first change, keep what is no worse.

The state before every so many steps of the best order is remembered, so that a candidate is planned only from
where it differs; and it is given up as soon as what it has placed already costs more than the best plan.

Units: keys and points of ``Facts``; costs in thousandths of a working day past a promise.
"""

from __future__ import annotations

import numpy as np

from scheduler.compiled import compiled
from scheduler.portfolio import kernels, measures, orders
from scheduler.portfolio.improve_state import (
    BEST,
    BROKEN,
    CHANGED,
    LATE,
    MARGIN,
    MARGIN_DAYS,
    WORK,
    Search,
)
from scheduler.portfolio.layout import (
    DEADLINE,
    DUE,
    FAR,
    FIRST,
    FORCED,
    LAST,
    PLANNED,
    PROJECT,
    STATE,
    WEIGHT,
    Facts,
    Ints,
    State,
)

# --- remembered states ------------------------------------------------------------------------------


@compiled
def remember(f: Facts, s: State, w: Search, mark: int, bound: int) -> None:
    """Keep the state before a mark."""
    m = w.marks
    m.free[mark] = s.free
    m.hand[mark] = s.hand
    m.taken[mark] = s.taken
    m.rooms[mark] = s.rooms
    m.busy[mark] = s.busy
    m.open_from[mark] = s.open_from
    m.sit_from[mark] = s.sit_from
    for g in range(len(f.given)):
        m.given[mark, g] = s.placed[f.given[g]]
    m.worst[mark] = w.worst
    m.bound[mark] = bound


@compiled
def recall(f: Facts, s: State, w: Search, mark: int) -> int:
    """The best plan's state before a mark again; what its placed steps already cost.

    Effects: the rows of steps placed before the mark are the best plan's too.
    """
    m = w.marks
    s.free[:, :] = m.free[mark]
    s.hand[:, :] = m.hand[mark]
    s.taken[:] = m.taken[mark]
    s.rooms[:] = m.rooms[mark]
    s.busy[:, :] = m.busy[mark]
    s.open_from[:] = m.open_from[mark]
    s.sit_from[:] = m.sit_from[mark]
    span = span_of(w)
    copy_rows(w.order[w.number[CHANGED] * span : mark * span], w.finish, w.placed, s.finish, s.placed)
    for g in range(len(f.given)):
        s.placed[f.given[g]] = m.given[mark, g]
    w.worst[:] = m.worst[mark]
    bound: int = m.bound[mark]
    return bound


@compiled
def copy_rows(steps: Ints, finish: Ints, placed: Ints, to_finish: Ints, to_placed: Ints) -> None:
    """Copy where some steps lie."""
    for k in range(len(steps)):
        i = steps[k]
        to_finish[i] = finish[i]
        for column in range(placed.shape[1]):
            to_placed[i, column] = placed[i, column]


@compiled
def span_of(w: Search) -> int:
    """How many steps lie between two marks."""
    return len(w.order) // len(w.marks.bound) + 1


@compiled
def replay(f: Facts, s: State, w: Search, mark: int, limit: int, keep: int) -> bool:
    """Place the candidate's steps from a mark on; False where one finds no room or it costs too much.

    ``keep`` (1 or 0) remembers the way, as the best plan's; without it a candidate that falls behind is given
    up.
    """
    span, steps = span_of(w), len(w.tried_order)
    bound = recall(f, s, w, mark)
    w.number[CHANGED] = mark
    for first in range(mark * span, steps, span):
        if keep and first > mark * span:
            remember(f, s, w, first // span, bound)
        last = min(first + span, steps)
        w.number[WORK] += last - first
        if kernels.place_run(f, s, w.tried_order, first, last) < last:
            return False
        bound += added(f, s, w, first, last)
        is_told = keep > 0 or last == steps
        if bound > limit or (not is_told and is_behind(w, last // span, bound)):
            return False
    return True


@compiled
def is_behind(w: Search, mark: int, bound: int) -> bool:
    """Whether a candidate already costs clearly more than the best plan did at the same mark."""
    margin = w.number[BEST] // MARGIN + MARGIN_DAYS * measures.DAY
    is_more: bool = bound > w.marks.bound[mark] + margin
    return is_more


@compiled
def is_broken(step: Ints, placed: Ints, i: int, end: int) -> bool:
    """Whether a kept step had to move, or a deadline of the law is missed; what merely stood may move."""
    has_moved = placed[i, FORCED] != 0 and step[i, STATE] & PLANNED == 0
    return bool(has_moved or end > step[i, DEADLINE])


@compiled
def added(f: Facts, s: State, w: Search, first: int, last: int) -> int:
    """What a run of the candidate's steps adds to the cost that is certain."""
    order, placed, finish, step, latest = w.tried_order, s.placed, s.finish, f.step, w.late
    worst, project = w.worst, f.project
    more: int = np.int64(0)  # type: ignore[assignment]
    for k in range(first, last):
        i = order[k]
        end = finish[i]
        if is_broken(step, placed, i, end):
            more += BROKEN
        p = step[i, PROJECT]
        late = end - latest[i]
        if late > worst[p]:
            more += np.int64(measures.DAY) * project[p, WEIGHT] * (late - worst[p])
            worst[p] = late
    return more


@compiled
def cost(f: Facts, s: State) -> int:
    """What a whole plan costs: what it breaks, its lateness, its moved dates, its flow."""
    broken = 0
    placed, finish, step = s.placed, s.finish, f.step
    for i in range(len(step)):
        if is_broken(step, placed, i, finish[i]):
            broken += 1
    rest: int = np.int64(measures.cost(f, s))  # type: ignore[assignment]
    return BROKEN * broken + rest


# --- one candidate ----------------------------------------------------------------------------------


@compiled
def late_finishes(f: Facts, w: Search) -> None:
    """By when each step must finish for its project's promise; beyond every horizon where there is none."""
    end, key = np.zeros_like(w.late), np.zeros_like(w.late)
    w.worst[:] = 0
    for p in range(len(f.project)):
        first, last = f.project[p, FIRST], f.project[p, LAST]
        if f.project[p, DUE] < FAR:
            orders.late_accepts(f, p, end, key, w.late)
        else:
            w.late[first:last] = FAR


@compiled
def take(f: Facts, s: State, w: Search) -> None:
    """The candidate is the best plan from now on."""
    w.number[BEST] = cost(f, s)
    w.number[LATE] = measures.tardiness(f, s)
    span, mark = span_of(w), w.number[CHANGED]
    w.keys[:] = w.tried_keys
    w.order[:] = w.tried_order
    copy_rows(w.order[mark * span :], s.finish, s.placed, w.finish, w.placed)
    w.number[CHANGED] = len(w.marks.bound)


@compiled
def first_difference(order: Ints, other: Ints) -> int:
    """The first place in which two orders differ; their length where they do not."""
    k = 0
    while k < len(order) and order[k] == other[k]:
        k += 1
    return k
