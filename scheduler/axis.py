"""Axes: how far one segment reaches, from a working day to a working day.

A point is the end of a working day, counted from the project's day 0. Every axis promises, for each segment:
``forward`` never decreases as its point grows, and ``backward(q)`` is the latest p with ``forward(p) <= q``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from scheduler.period import Segment


class Axis(Protocol):
    """The line of working days a plan is laid on; what is worked out on it may be remembered by it."""

    def __hash__(self) -> int:
        """The same for axes that are equal."""

    @property
    def is_nominal(self) -> bool:
        """Whether every segment has the same length wherever it stands (``Segment.nominal_workdays``)."""

    def forward(self, point: int, segment: Segment) -> int:
        """The working day on which a segment ends that follows ``point``.

        Units: working days since day 0, both ways.
        """

    def forward_each(self, points: Sequence[int], segment: Segment) -> list[int]:
        """The same for many points at once."""

    def backward(self, point: int, segment: Segment) -> int:
        """The latest working day after which a segment may follow and still end by ``point``.

        Units: working days since day 0, both ways.
        """

    def date_of(self, point: int) -> date | None:
        """The civil day of a point, or None where the axis knows no calendar."""


class NominalAxis:
    """Typical lengths without a start date: calendar days count five sevenths, rounded up.

    Source: S28 (reference lengths).
    """

    is_nominal = True

    def forward(self, point: int, segment: Segment) -> int:
        """The end of a segment that follows ``point``. Units: working days since day 0."""
        return point + segment.nominal_workdays

    def forward_each(self, points: Sequence[int], segment: Segment) -> list[int]:
        """The same for many points at once."""
        return [point + segment.nominal_workdays for point in points]

    def backward(self, point: int, segment: Segment) -> int:
        """The latest start of a segment that ends by ``point``. Units: working days since day 0."""
        return point - segment.nominal_workdays

    def date_of(self, point: int) -> date | None:  # noqa: ARG002 - a nominal plan has no days in the year
        """None: a nominal plan stands on no calendar."""
        return None
