"""What the search for a better order remembers.

Units: keys and points of ``Facts``; costs in thousandths of a working day past a promise.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.portfolio.layout import Ints

BROKEN = 1 << 40
"""What a kept step that has to move, or a missed deadline of the law, costs: more than any lateness."""

MARKS = 24
"""So many states of the best plan are remembered."""

MARGIN, MARGIN_DAYS = 50, 2
"""A candidate is given up on the way where it costs a fiftieth of the best plan, and two days, more than that
plan did at the same mark. Chosen together with the mix of moves, on made-up portfolios of three seeds; by
itself it brought nothing."""

BEST, LIMIT, WORK, TRIED, TAKEN, CHANGED, LATE = range(7)
"""Places of ``Search.number``: the best cost; what the search may still place and has placed, in steps; the
candidates tried and taken; from which mark on the state is not the best plan's; the best tardiness."""
NUMBERS = 7


class Marks(NamedTuple):
    """States on the way through the best order. Shape: ``(marks, ...)`` of the state's own shapes."""

    free: Ints
    hand: Ints
    taken: Ints
    rooms: Ints
    busy: NDArray[np.int8]
    open_from: Ints
    sit_from: Ints
    given: Ints
    worst: Ints
    bound: NDArray[np.int64]


class Search(NamedTuple):
    """The best order so far, a candidate, and what has been remembered.

    ``late`` is the latest finish of each step for its project's promise; ``worst`` by how much each project
    is late already, for certain. ``number``: see ``BEST`` and the others.
    """

    keys: Ints
    order: Ints
    finish: Ints
    placed: Ints
    tried_keys: Ints
    tried_order: Ints
    lifted: Ints
    late: Ints
    worst: Ints
    marks: Marks
    random: NDArray[np.uint64]
    number: NDArray[np.int64]
