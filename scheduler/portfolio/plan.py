"""A plan of the whole portfolio: where every step lies, and which sitting and officer it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass

from scheduler.portfolio.demands import Sitting

StepKey = tuple[str, str]
"""A project's key and a step's."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one step lies. ``own_end`` is when its own work and its sitting are over; ``finish`` may wait.

    Units: points, working days since day 0.
    """

    start: int
    accept: int
    own_end: int
    finish: int
    _: KW_ONLY
    sitting: Sitting | None = None
    officer: str | None = None


@dataclass(frozen=True)
class PortfolioPlan:
    """Where every step of every project lies.

    ``forced`` are kept steps that had to move because something before them made their day impossible.
    """

    steps: Mapping[StepKey, Placed]
    forced: frozenset[StepKey] = frozenset()
