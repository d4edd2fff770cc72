"""What one bench makes late, day of work by day of work: each has a first day and a day it is due.

A relaxation of one bench: every day of a step's work may lie anywhere from the first day it could be done on
with nobody else in the way; no other bench is looked at. Days of work of one place each, all counting alike,
are least late when on every day the most urgent are done (an exchange of two shows it). A project is at
least as late as each of its days of work, so as their mean; means of projects with more or fewer days are put
together from layers in which all count alike.

Source: S32 for energy as a bound of cumulative resources; Jackson (1955) for the most urgent first.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from scheduler.compiled import compiled
from scheduler.portfolio.layout import Ints
from scheduler.portfolio.rooms import wide

_LAYERS = 24
"""At most so many layers: more make the bound hardly better."""


def lateness(begins: Ints, work: Ints, by: Ints, whose: Ints, weight: Ints, room: Ints) -> int:
    """The working days past promises, weighted, that no plan of this bench can avoid.

    Units: points; ``begins`` the end of the day before the first a step's work may lie on, ``by`` when it
    must end for the promise.
    Shape: one row for each step; ``weight`` by project, which ``whose`` points into; ``room`` by day.
    """
    step = np.repeat(np.arange(len(work)), work)
    place = np.arange(len(step)) - np.repeat(np.cumsum(work) - work, work) + 1
    last = len(room) - 1
    first = np.clip(begins[step] + place, 0, last).astype(np.int32)
    due = np.clip(by[step] - work[step] + place, 0, last).astype(np.int32)
    order = np.argsort(first, kind="stable")
    first, due = first[order], due[order]
    if not most_urgent_first(first, due, room):
        return 0
    days = np.bincount(whose, weights=work, minlength=len(weight))
    share = (weight / np.maximum(1, days))[whose[step[order]]]
    below, total = 0.0, 0.0
    for level in _levels(share):
        there = share >= level
        total += (level - below) * most_urgent_first(first[there], due[there], room)
        below = level
    return math.ceil(total - 1e-6)


def _levels(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Some of the shares, from the least to the greatest."""
    levels = np.unique(share)
    found: NDArray[np.float64] = levels[np.unique(np.linspace(0, len(levels) - 1, _LAYERS).astype(int))]
    return found


@compiled
def most_urgent_first(first: Ints, due: Ints, room: Ints) -> int:
    """How late days of work are in all, done as early as there is room, the most urgent first.

    What finds no room before the last day counts as done on it. Shape: by ``first``; ``room`` by day.
    """
    last = len(room) - 1
    waiting = np.zeros(last + 1, np.int64)
    k, count, urgent, total = wide(0), wide(0), wide(last), wide(0)
    for day in range(last + 1):
        while k < len(first) and first[k] <= day:
            waiting[due[k]] += 1
            urgent = min(urgent, wide(due[k]))
            k += 1
            count += 1
        left = count if day == last else min(count, wide(room[day]))
        count -= left
        while left > 0:
            done = min(left, wide(waiting[urgent]))
            total += done * max(0, day - urgent)
            waiting[urgent] -= done
            left -= done
            if waiting[urgent] == 0 and urgent < last:
                urgent += 1
    return total
