"""Periods as the law writes them: a number of days, and what kind of days they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from scheduler.errors import NegativeDays, PauseEndsBeforeItBegins

_ONE_DAY = timedelta(days=1)

Pause = tuple[date, date]
"""First and last day of a stop of the clock; both are paused (CL-7)."""

SegmentKind = Literal["preparation", "special", "work"]


class Basis(StrEnum):
    """What a period counts; the three kinds stand side by side and are never mixed.

    Source: S02 (行政许可法) art. 82 for working days; WD-4 for the three kinds.
    """

    WORKING = "working"
    CALENDAR = "calendar"
    UNSPECIFIED = "unspecified"
    """The text says 日 only; counts as working days unless the office chose calendar days beforehand."""


@dataclass(frozen=True, slots=True)
class Period:
    """A time limit: so many days of one kind, day 0 not counted.

    Raises: NegativeDays.
    """

    days: int
    basis: Basis = Basis.WORKING

    def __post_init__(self) -> None:
        if self.days < 0:
            raise NegativeDays(what="period", days=self.days)


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a step: the owner's preparation, a special procedure, or the authority's work.

    ``nominal_workdays`` is its length when no calendar is known: calendar days count five sevenths, rounded
    up.

    Raises: NegativeDays.
    """

    kind: SegmentKind
    days: int
    basis: Basis = Basis.WORKING
    nominal_workdays: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.days < 0:
            raise NegativeDays(what=self.kind, days=self.days)
        is_calendar = self.basis is Basis.CALENDAR
        object.__setattr__(self, "nominal_workdays", -(-self.days * 5 // 7) if is_calendar else self.days)


def joined(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, those that overlap or touch joined into one.

    Raises: PauseEndsBeforeItBegins.
    Source: CL-7.
    """
    found: list[Pause] = []
    for first, last in sorted(pauses):
        if last < first:
            raise PauseEndsBeforeItBegins(first=first, last=last)
        if found and first <= found[-1][1] + _ONE_DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
