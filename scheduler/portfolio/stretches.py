"""Where the parts of a step lie: the plain arithmetic of the axis, and what is said about a day.

Read by the proof and the explanations. Solvers have their own arrays for the same facts and share none of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.axis import Axis
from scheduler.period import Segment
from scheduler.portfolio.demands import Demand, Portfolio, Project
from scheduler.problem import Step

NO_DEMAND = Demand(needs_officer=False)
"""A step nobody says anything about needs nothing beside its predecessors."""


def along(axis: Axis, point: int, segments: Sequence[Segment]) -> int:
    """The point where a chain of segments ends that follows ``point``. Units: points."""
    for segment in segments:
        point = axis.forward(point, segment)
    return point


def work_of(axis: Axis, accept: int, step: Step) -> tuple[int, int]:
    """Where the authority's work on a step begins and ends: it follows the special procedure.

    Units: points; the work uses the days begin + 1 to end.
    """
    begin = end = accept
    for segment in step.handling:
        end = axis.forward(end, segment)
        if segment.kind != "work":
            begin = end
    return begin, end


def floor_of(portfolio: Portfolio, project: Project, i: int) -> int:
    """The earliest point a step that has not begun may start on, without any predecessor. Units: points."""
    return max(project.problem.earliest[i], project.release, portfolio.today)


def on_day(numbers: int | Sequence[int], point: int) -> int:
    """How many places there are on the day that ends at ``point``. The last entry holds for later days."""
    if isinstance(numbers, int):
        return numbers
    return int(numbers[min(max(point, 0), len(numbers) - 1)])


def acting(portfolio_officers: dict[str, int | Sequence[int]], pair: Sequence[str], point: int) -> str | None:
    """Who hands in on a day: the first of the pair who is there; nobody where all are away.

    An officer of whom nothing is recorded is always there.
    """
    for key in pair:
        numbers = portfolio_officers.get(key)
        if numbers is None or on_day(numbers, point) > 0:
            return key
    return None
