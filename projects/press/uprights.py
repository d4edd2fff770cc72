"""Vertical lines that would run over each other, or through a circle, stepped a little to one side.

A vertical takes no time, so its place is the date of its event. Where another event of the same date has its
own vertical there, one of the two steps aside by a few pixels, less than a day is wide on most drawings.

Units: pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from projects.press.rails import RADIUS

_ASIDE = (0.0, 4.0, -4.0, 7.0, -7.0, 11.0, -11.0, 15.0, -15.0)
"""How far a line may step, what is tried first before what is tried last."""


@dataclass(frozen=True)
class Line:
    """A vertical from y0 to y1 at x; lines of one event and strand (arriving, leaving) may share a place."""

    x: float
    y0: float
    y1: float
    event: int
    strand: str

    @property
    def span(self) -> tuple[float, float]:
        """Upper and lower end."""
        return (self.y0, self.y1) if self.y0 < self.y1 else (self.y1, self.y0)


def stepped_aside(lines: Sequence[Line], circles: Sequence[tuple[int, float, float]]) -> list[float]:
    """How far each line steps aside so that it can be told from the others.

    Shape: one offset per line; circles are (event, x, y).
    """
    order = sorted(range(len(lines)), key=lambda at: (lines[at].span[0] - lines[at].span[1], lines[at].x, at))
    offsets = [0.0] * len(lines)
    settled: list[int] = []
    for at in order:
        offsets[at] = _step(lines[at], [(lines[o], offsets[o]) for o in settled], circles)
        settled.append(at)
    return offsets


def _step(
    line: Line, settled: Sequence[tuple[Line, float]], circles: Sequence[tuple[int, float, float]]
) -> float:
    """The first step aside after which nothing is in the way, else the one after which least is."""
    least, best = None, _ASIDE[0]
    for dx in _ASIDE:
        met = _in_the_way(line, dx, settled, circles)
        if least is None or met < least:
            least, best = met, dx
        if not met:
            break
    return best


def _in_the_way(
    line: Line, dx: float, settled: Sequence[tuple[Line, float]], circles: Sequence[tuple[int, float, float]]
) -> int:
    top, bottom = line.span
    x = line.x + dx
    met = sum(
        (other.event, other.strand) != (line.event, line.strand)
        and abs(other.x + aside - x) < 3
        and other.span[0] < bottom - 1
        and top < other.span[1] - 1
        for other, aside in settled
    )
    struck = sum(
        event != line.event and abs(cx - x) < RADIUS + 2 and top - 1 < cy < bottom + 1
        for event, cx, cy in circles
    )
    return 2 * struck + met
