"""Giving every rail a row, so that few lines cross and none runs through a circle.

Rails are set down one after another where they cost least, then each is lifted a few times more and set down
again with all others in place. Same input, same rows.

Units: costs are whole tenths of what nobody minds, so that sums are exact; rows count downwards, the spine
is on row 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projects.press.rails import RADIUS, Rail, RailCutter

_THROUGH_CIRCLE = 600
_SAME_LINE = 250
_THROUGH_WORDS = 70
_CROSSING = 40
_A_ROW_LONG = 15
_NEW_ROW = 90
_FROM_SPINE = 4
_SPINE_OFF = 140
_MARGIN = 9.0
_ROUNDS = 3
_BESIDE = 5


@dataclass(frozen=True)
class Upright:
    """A vertical line between two rails at x, belonging to an event."""

    x: float
    one: int
    other: int
    event: int


@dataclass(frozen=True)
class _Passing:
    """Somebody else's vertical that a rail may be crossed by, or whose own verticals it may run along."""

    upright: Upright
    hit: int
    rivals: tuple[Upright, ...]


@dataclass(frozen=True)
class _Shape:
    x0: float
    x1: float
    circles: tuple[float, ...]
    runs: tuple[tuple[float, float], ...]
    words: tuple[tuple[float, float], ...]


def uprights_of(cut: RailCutter, connectors: Sequence[tuple[Rail, int]]) -> list[Upright]:
    """Every vertical line the drawing will need: branches, merges, dummies, and letters of other drawings."""
    index = {id(rail): at for at, rail in enumerate(cut.rails)}
    pairs: list[tuple[float, Rail, Rail, int]] = []
    for step, work in cut.network.works.items():
        for event in (work.i, work.j):
            pairs.append((cut.x_of[event], cut.rail_of_work[step], cut.rail_of_event[event], event))
    for dummy in cut.network.dummies:
        tail, head = cut.rail_of_event[dummy.tail], cut.rail_of_event[dummy.head]
        pairs.append((cut.x_of[dummy.head], tail, head, dummy.head))
    pairs += [(cut.x_of[event], rail, cut.rail_of_event[event], event) for rail, event in connectors]
    found = {(x, index[id(a)], index[id(b)], event) for x, a, b, event in pairs if a is not b}
    return [Upright(*one) for one in sorted(found)]


class RowPlanner:
    """Finds the rows of one drawing's rails."""

    def __init__(self, cut: RailCutter, connectors: Sequence[tuple[Rail, int]]) -> None:
        self.rails = cut.rails
        self.uprights = uprights_of(cut, connectors)
        self.of_rail: dict[int, list[Upright]] = {at: [] for at in range(len(cut.rails))}
        for upright in self.uprights:
            self.of_rail[upright.one].append(upright)
            self.of_rail[upright.other].append(upright)
        self.shapes = [_shape(rail, cut) for rail in cut.rails]
        self._struck: dict[float, tuple[tuple[int, int], ...]] = {}
        self.passing = [self._passings(at) for at in range(len(cut.rails))]
        self.row: dict[int, int] = {}
        self.on_row: dict[int, list[int]] = {}

    def plan(self) -> list[int]:
        """The row of each rail, top row 0.

        Shape: one entry per rail, in the order of ``cut.rails``.
        """
        order = sorted(range(len(self.rails)), key=self._first_come)
        for at in order:
            self._set_down(at)
        for _ in range(_ROUNDS):
            moved = False
            for at in order:
                before = self._lift(at)
                self._set_down(at)
                moved = moved or self.row[at] != before
            if not moved:
                break
        used = sorted(row for row, rails in self.on_row.items() if rails)
        rank = {row: at for at, row in enumerate(used)}
        return [rank[self.row[at]] for at in range(len(self.rails))]

    def _first_come(self, at: int) -> tuple[bool, bool, float, int]:
        rail = self.rails[at]
        return (
            not rail.is_spine,
            bool(rail.letters),
            -(rail.x1 - rail.x0) if not rail.is_spine else rail.x0,
            at,
        )

    def _lift(self, at: int) -> int:
        row = self.row.pop(at)
        self.on_row[row].remove(at)
        return row

    def _set_down(self, at: int) -> None:
        used = [row for row, rails in self.on_row.items() if rails] or [0]
        options = range(min(used) - 2, max(used) + 3)
        costs = self._costs(at, options)
        cheapest_first = sorted(options, key=lambda row: (costs[row - options.start], abs(row), row))
        best = next(row for row in cheapest_first if self._is_free(at, row))
        self.row[at] = best
        self.on_row.setdefault(best, []).append(at)

    def _is_free(self, at: int, row: int) -> bool:
        mine = self.shapes[at]
        return all(
            mine.x1 + _MARGIN <= self.shapes[o].x0 or mine.x0 - _MARGIN >= self.shapes[o].x1
            for o in self.on_row.get(row, ())
        )

    def _costs(self, at: int, options: range) -> list[int]:
        """What a rail costs on each of these rows, all others in place.

        Shape: one entry per row of ``options``, which reaches past every row in use.
        """
        off = _SPINE_OFF if self.rails[at].is_spine else _FROM_SPINE
        costs = [off * abs(row) + (0 if self.on_row.get(row) else _NEW_ROW) for row in options]
        ends: dict[Upright, int] = {}
        for upright in self.of_rail[at]:
            other = self.row.get(upright.other if upright.one == at else upright.one)
            if other is not None:
                ends[upright] = other
                self._add_own(costs, options, upright.x, other)
        for passing in self.passing[at]:
            self._add_passed(costs, options, passing, ends)
        return costs

    def _add_own(self, costs: list[int], options: range, x: float, other: int) -> None:
        """A vertical of the rail itself at x, to the row of its other end: length and what it crosses."""
        struck: dict[int, int] = {}
        for rail, hit in self._struck_at(x):
            row = self.row.get(rail, other)
            struck[row] = struck.get(row, 0) + hit
        struck.pop(other, None)
        for step in (1, -1):
            cost = 0
            for row in range(other + step, options.stop if step > 0 else options.start - 1, step):
                cost += _A_ROW_LONG
                costs[row - options.start] += cost
                cost += struck.get(row, 0)

    def _add_passed(
        self, costs: list[int], options: range, passing: _Passing, ends: Mapping[Upright, int]
    ) -> None:
        """Somebody else's vertical: it runs through the rail, or beside the rail's own verticals."""
        one, other = self.row.get(passing.upright.one), self.row.get(passing.upright.other)
        if one is None or other is None:
            return
        top, bottom = (one, other) if one < other else (other, one)
        for row in range(top + 1, bottom):
            costs[row - options.start] += passing.hit
        for end in (ends[mine] for mine in passing.rivals if mine in ends):
            first = top + 1 if end <= top else options.start
            last = bottom if end >= bottom else options.stop
            for row in range(first, last):  # on these rows the two verticals run side by side
                costs[row - options.start] += _SAME_LINE

    def _struck_at(self, x: float) -> tuple[tuple[int, int], ...]:
        """The rails a vertical at x would strike, wherever they lie, and how badly."""
        if x not in self._struck:
            hits = ((at, _hits(shape, x)) for at, shape in enumerate(self.shapes))
            self._struck[x] = tuple((at, hit) for at, hit in hits if hit)
        return self._struck[x]

    def _passings(self, at: int) -> list[_Passing]:
        found = []
        for upright in self.uprights:
            if at in (upright.one, upright.other):
                continue
            rivals = tuple(
                mine
                for mine in self.of_rail[at]
                if mine.event != upright.event and abs(mine.x - upright.x) < _BESIDE
            )
            hit = dict(self._struck_at(upright.x)).get(at, 0)
            if hit or rivals:
                found.append(_Passing(upright, hit, rivals))
        return found


def _shape(rail: Rail, cut: RailCutter) -> _Shape:
    return _Shape(
        rail.x0,
        rail.x1,
        tuple(cut.x_of[event] for event in rail.events),
        tuple((cut.x_of[cut.network.works[s].i], cut.x_of[cut.network.works[s].j]) for s in rail.works),
        tuple((caption.x, caption.end) for caption in rail.captions)
        + (((rail.x0, rail.x1),) if rail.letters else ()),
    )


def _hits(shape: _Shape, x: float) -> int:
    if not shape.x0 - RADIUS <= x <= shape.x1 + RADIUS:
        return 0
    return (
        _THROUGH_CIRCLE * sum(abs(x - circle) < RADIUS + 3 for circle in shape.circles)
        + _CROSSING * sum(a + 2 < x < b - 2 for a, b in shape.runs)
        + _THROUGH_WORDS * sum(a - 2 < x < b + 2 for a, b in shape.words)
    )
