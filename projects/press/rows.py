"""Giving every rail a row, so that few lines cross and none runs through a circle.

Rails are set down one after another where they cost least, then each is lifted a few times more and set down
again with all others in place. Same input, same rows.

Units: costs are in about the annoyance of one crossing; rows count downwards, the spine is on row 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projects.press.rails import RADIUS, Rail, RailCutter

_THROUGH_CIRCLE = 60.0
_SAME_LINE = 25.0
_THROUGH_WORDS = 7.0
_CROSSING = 4.0
_A_ROW_LONG = 1.5
_NEW_ROW = 9.0
_FROM_SPINE = 0.4
_SPINE_OFF = 14.0
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
    hit: float
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
        self._hits_at: dict[tuple[int, float], float] = {}
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
        rows = [row for row, rails in self.on_row.items() if rails] or [0]
        options = range(min(rows) - 2, max(rows) + 3)
        best = min(
            (row for row in options if self._is_free(at, row)),
            key=lambda row: (self._cost(at, row), abs(row), row),
        )
        self.row[at] = best
        self.on_row.setdefault(best, []).append(at)

    def _is_free(self, at: int, row: int) -> bool:
        mine = self.shapes[at]
        return all(
            mine.x1 + _MARGIN <= self.shapes[o].x0 or mine.x0 - _MARGIN >= self.shapes[o].x1
            for o in self.on_row.get(row, ())
        )

    def _cost(self, at: int, row: int) -> float:
        cost = (_SPINE_OFF if self.rails[at].is_spine else _FROM_SPINE) * abs(row)
        cost += 0.0 if self.on_row.get(row) else _NEW_ROW
        spans: dict[Upright, tuple[int, int]] = {}
        for upright in self.of_rail[at]:
            other = self.row.get(upright.other if upright.one == at else upright.one)
            if other is not None:
                spans[upright] = (row, other) if row < other else (other, row)
        for upright, (top, bottom) in spans.items():
            cost += _A_ROW_LONG * (bottom - top) + self._through(upright.x, range(top + 1, bottom))
        return cost + sum(self._passed(passing, row, spans) for passing in self.passing[at])

    def _through(self, x: float, rows: range) -> float:
        return sum(self._hit(other, x) for row in rows for other in self.on_row.get(row, ()))

    def _hit(self, at: int, x: float) -> float:
        """What a vertical at x does to a rail it crosses."""
        if (at, x) not in self._hits_at:
            self._hits_at[at, x] = _hits(self.shapes[at], x)
        return self._hits_at[at, x]

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
            hit = self._hit(at, upright.x)
            if hit or rivals:
                found.append(_Passing(upright, hit, rivals))
        return found

    def _passed(self, passing: _Passing, row: int, spans: Mapping[Upright, tuple[int, int]]) -> float:
        one, other = self.row.get(passing.upright.one), self.row.get(passing.upright.other)
        if one is None or other is None:
            return 0.0
        top, bottom = (one, other) if one < other else (other, one)
        cost = passing.hit if top < row < bottom else 0.0
        for mine in passing.rivals:
            span = spans.get(mine)
            if span is not None and span[0] < bottom and top < span[1]:
                cost += _SAME_LINE
        return cost


def _shape(rail: Rail, cut: RailCutter) -> _Shape:
    return _Shape(
        rail.x0,
        rail.x1,
        tuple(cut.x_of[event] for event in rail.events),
        tuple((cut.x_of[cut.network.works[s].i], cut.x_of[cut.network.works[s].j]) for s in rail.works),
        tuple((caption.x, caption.end) for caption in rail.captions)
        + (((rail.x0, rail.x1),) if rail.letters else ()),
    )


def _hits(shape: _Shape, x: float) -> float:
    if not shape.x0 - RADIUS <= x <= shape.x1 + RADIUS:
        return 0.0
    return (
        _THROUGH_CIRCLE * sum(abs(x - circle) < RADIUS + 3 for circle in shape.circles)
        + _CROSSING * sum(a + 2 < x < b - 2 for a, b in shape.runs)
        + _THROUGH_WORDS * sum(a - 2 < x < b + 2 for a, b in shape.words)
    )
