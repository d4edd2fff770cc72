"""A plan of the whole portfolio: where every step lies, and which sitting and officer it has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.portfolio.demands import Portfolio, Sitting
from scheduler.problem import Step

StepKey = tuple[str, str]
"""A project's key and a step's."""


ByDay = Sequence[int] | NDArray[np.int32]
"""A number for each day from day 0 on."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one step lies. ``own_end`` is when its own work and its sitting are over; ``finish`` may wait.

    ``officer`` is who hands it in; None where nobody has to.

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


@dataclass(frozen=True)
class Occupancy:
    """What the other projects have booked already: numbers a database can add up without planning.

    Units: days are points.
    Shape: after the last number of a bench or an officer nothing is taken.
    """

    places: Mapping[str, ByDay] = field(default_factory=dict)
    """Places taken, by bench."""
    hand_ins: Mapping[str, ByDay] = field(default_factory=dict)
    """Steps to hand in, by officer."""
    seats: Mapping[tuple[str, Sitting], int] = field(default_factory=dict)
    """Seats taken, by joint review and sitting; one that is named here is open."""

    @classmethod
    def of(cls, portfolio: Portfolio, plan: PortfolioPlan, *, without: str | None = None) -> Occupancy:
        """What a plan books, but for the steps of one project."""
        places: defaultdict[str, Counter[int]] = defaultdict(Counter)
        hand_ins: defaultdict[str, Counter[int]] = defaultdict(Counter)
        seats: Counter[tuple[str, Sitting]] = Counter()
        for project in portfolio.projects:
            if project.key == without:
                continue
            for step in project.problem.steps:
                demand = project.demands.get(step.key)
                if step.finished is not None or demand is None:
                    continue
                placed = plan.steps[project.key, step.key]
                if demand.bench is not None:
                    places[demand.bench].update(work_days(portfolio, step, placed.accept))
                if placed.officer is not None:
                    hand_ins[placed.officer][placed.accept] += 1
                if demand.body is not None and placed.sitting is not None:
                    seats[demand.body, placed.sitting] += 1
        return cls(
            {bench: _day_by_day(taken) for bench, taken in places.items()},
            {officer: _day_by_day(taken) for officer, taken in hand_ins.items()},
            seats,
        )

    def at_bench(self, bench: str, day: int) -> int:
        """The places taken on one day."""
        taken = self.places.get(bench, ())
        return int(taken[day]) if 0 <= day < len(taken) else 0

    def by_officer(self, officer: str, day: int) -> int:
        """The steps an officer has to hand in on one day."""
        taken = self.hand_ins.get(officer, ())
        return int(taken[day]) if 0 <= day < len(taken) else 0


def _day_by_day(taken: Mapping[int, int]) -> list[int]:
    by_day = [0] * (max(taken, default=-1) + 1)
    for day, count in taken.items():
        if day >= 0:
            by_day[day] = count
    return by_day


def work_days(portfolio: Portfolio, step: Step, accepted: int) -> range:
    """The days a step takes a place on its bench when it is accepted at a point. Units: points."""
    first = last = accepted
    for segment in step.handling:
        last = portfolio.axis.forward(last, segment)
        if segment.kind != "work":
            first = last
    return range(first + 1, last + 1)
