"""Where everything stands in the end: the height of each row and the way of each dummy.

A dummy between events of different dates has a wavy part. It runs along the row of one of its events where
that is free, else on a track of its own between two rows, for which the gap is widened.

Units: pixels, downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from projects.press.arrows import Dummy
from projects.press.rails import RADIUS, Rail, RailCutter
from projects.press.rows import RowPlanner

_TRACK = 12
_BARE = 11
_ABOVE, _BELOW = 23, 22
_SPARE = 4


@dataclass(frozen=True)
class Route:
    """The way of a dummy: down or up at its tail, along at y, down or up at its head."""

    dummy: Dummy
    y: float


@dataclass(frozen=True)
class Standing:
    """A drawing's geometry: y of every event and work, the ways of the dummies, and the total depth."""

    event_y: dict[int, float]
    work_y: dict[int, float]
    letter_y: dict[int, float]
    routes: tuple[Route, ...]
    height: float


@dataclass(frozen=True)
class _Way:
    row: int | None = None
    gap: int | None = None
    track: int = 0


class Router:
    """Routes the dummies of one drawing over planned rows."""

    def __init__(self, cut: RailCutter, connectors: Sequence[tuple[Rail, int]]) -> None:
        self.cut, self.connectors = cut, connectors
        rows = RowPlanner(cut, connectors).plan()
        self.row_of = {id(rail): row for rail, row in zip(cut.rails, rows, strict=True)}
        self.row_count = max(rows, default=-1) + 1
        self.taken: dict[int, list[tuple[float, float]]] = {row: [] for row in range(self.row_count)}
        for rail in cut.rails:
            self.taken[self.row_of[id(rail)]].append((rail.x0, rail.x1))
        self.tracks: dict[int, list[list[tuple[float, float]]]] = {}

    def stand(self, top: float) -> Standing:
        """The geometry below ``top``."""
        ways = {dummy: self._way(dummy) for dummy in self._longest_last()}
        y_of = self._row_heights(top)
        event_y = {event: y_of[self.row_of[id(rail)]] for event, rail in self.cut.rail_of_event.items()}
        work_y = {step: y_of[self.row_of[id(rail)]] for step, rail in self.cut.rail_of_work.items()}
        letter_y = {event: y_of[self.row_of[id(rail)]] for rail, event in self.connectors}
        routes = tuple(
            Route(dummy, self._along(ways[dummy], y_of, event_y[dummy.tail]))
            for dummy in self.cut.network.dummies
        )
        return Standing(event_y, work_y, letter_y, routes, self._bottom(y_of, top))

    def _longest_last(self) -> list[Dummy]:
        x = self.cut.x_of
        return sorted(self.cut.network.dummies, key=lambda d: (x[d.head] - x[d.tail], d.tail, d.head))

    def _rows(self, dummy: Dummy) -> tuple[int, int]:
        return self.row_of[id(self.cut.rail_of_event[dummy.tail])], self.row_of[
            id(self.cut.rail_of_event[dummy.head])
        ]

    def _way(self, dummy: Dummy) -> _Way:
        x0, x1 = self.cut.x_of[dummy.tail], self.cut.x_of[dummy.head]
        tail_row, head_row = self._rows(dummy)
        if x1 - x0 <= 3 and tail_row != head_row:
            return _Way(row=tail_row)
        for row, a, b in ((head_row, x0 - 3, x1 - RADIUS - 2), (tail_row, x0 + RADIUS + 2, x1 + 3)):
            if b - a > 4 and self._is_open(row, a, b):
                self.taken[row].append((a, b))
                return _Way(row=row)
        gap = tail_row if head_row > tail_row else tail_row - 1 if head_row < tail_row else tail_row
        return _Way(gap=gap, track=self._track(gap, x0 - 4, x1 + 4))

    def _is_open(self, row: int, a: float, b: float) -> bool:
        return all(b <= c or a >= d for c, d in self.taken[row])

    def _track(self, gap: int, a: float, b: float) -> int:
        tracks = self.tracks.setdefault(gap, [])
        for at, spans in enumerate(tracks):
            if all(b <= c or a >= d for c, d in spans):
                spans.append((a, b))
                return at
        tracks.append([(a, b)])
        return len(tracks) - 1

    def _needs(self, row: int) -> tuple[float, float]:
        rails = [rail for rail in self.cut.rails if self.row_of[id(rail)] == row]
        levels = {caption.level for rail in rails for caption in rail.captions}
        return (_ABOVE if -1 in levels else _BARE), (_BELOW if 1 in levels else _BARE)

    def _row_heights(self, top: float) -> list[float]:
        heights: list[float] = []
        y = top + len(self.tracks.get(-1, ())) * _TRACK
        for row in range(self.row_count):
            above, below = self._needs(row)
            y += above
            heights.append(y)
            y += below + _SPARE + len(self.tracks.get(row, ())) * _TRACK
        return heights

    def _along(self, way: _Way, y_of: Sequence[float], tail_y: float) -> float:
        if way.row is not None:
            return y_of[way.row]
        if way.gap is None:
            return tail_y
        if way.gap < 0:
            return y_of[0] - self._needs(0)[0] - _TRACK / 2 - way.track * _TRACK
        return y_of[way.gap] + self._needs(way.gap)[1] + _TRACK / 2 + way.track * _TRACK

    def _bottom(self, y_of: Sequence[float], top: float) -> float:
        if not y_of:
            return top
        last = len(y_of) - 1
        return y_of[-1] + self._needs(last)[1] + len(self.tracks.get(last, ())) * _TRACK
