"""The stops of a clock: what a lawful one says, how long it may take, which days they take together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from approvals.rules.lifecycle import StopKind
from scheduler import Pause

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ClockStop:
    """One lawful pause; ``last_on`` is None while it lasts.

    Units: civil days; the first and the last are both paused.
    Shape: ``opened_by`` and ``closed_by`` are the lines of the step's journal that began and ended it,
        counted from 1.
    Source: CL-6.
    """

    kind: StopKind
    first_on: date
    planned_last_on: date
    last_on: date | None = None
    basis: str = ""
    reason: str = ""
    notice_number: str = ""
    decided_by: str = ""
    opened_by: int = 0
    closed_by: int | None = None
    id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the clock still stands for it."""
        return self.last_on is None

    def is_overdue(self, today: date) -> bool:
        """Whether it runs past its planned end, so that it can hide no lateness.

        Source: CL-6.
        """
        return self.is_open and today > self.planned_last_on

    def ends_on(self, today: date) -> date:
        """Its last day: the recorded one, or for an open one the planned end or today, whichever is later."""
        return self.last_on if self.last_on is not None else max(self.planned_last_on, today)


def pauses(stops: Iterable[ClockStop], today: date) -> tuple[Pause, ...]:
    """The days on which the clock stands, in order, those that overlap or touch joined into one.

    Shape: first and last day of each are both paused; an open stop runs to its planned end, or to today.
    Source: CL-5 to CL-7.
    """
    merged: list[Pause] = []
    for first, last in sorted((stop.first_on, stop.ends_on(today)) for stop in stops):
        if merged and first <= merged[-1][1] + _ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
