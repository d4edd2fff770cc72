"""What is counted of reports: how many, how far they went, whether people came and answers were in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from concierge.escalation.rules.report import ORDER, Contentment, ReportKind, ReportLevel, ReportWay


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One level at which somebody had to come. Units: moments."""

    level: ReportLevel
    due_at: datetime
    arrived_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One report as it is counted."""

    way: ReportWay
    kind: ReportKind | None
    department: str
    level: ReportLevel
    due_on: date
    closed_on: date | None
    cause_code: str
    contentment: Contentment | None
    reopenings: int
    visits: tuple[Visit, ...] = ()


@dataclass(kw_only=True)
class Tally:
    """The figures of a period. Shape: shares are None with nothing to share."""

    reports: int = 0
    closed: int = 0
    in_time: int = 0
    late_open: int = 0
    on_the_spot: int = 0
    reopened: int = 0
    asked: int = 0
    satisfied: int = 0
    ways: Counter[ReportWay] = field(default_factory=Counter)
    kinds: Counter[ReportKind | None] = field(default_factory=Counter)
    levels: Counter[ReportLevel] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    called: Counter[ReportLevel] = field(default_factory=Counter)
    came: Counter[ReportLevel] = field(default_factory=Counter)

    def came_share(self, level: ReportLevel) -> float | None:
        """Which part of those called came in time at a level. Source: ES-3."""
        return self.came[level] / self.called[level] if self.called[level] else None

    @property
    def in_time_share(self) -> float | None:
        """Which part of the closed ones was answered in time. Source: ES-3."""
        return self.in_time / self.closed if self.closed else None

    @property
    def satisfied_share(self) -> float | None:
        """Which part of those who said something was satisfied. Source: ES-7."""
        return self.satisfied / self.asked if self.asked else None


SAID = frozenset({Contentment.SATISFIED, Contentment.PARTLY, Contentment.UNSATISFIED})


def tally(reports: Iterable[Counted], *, today: date, now: datetime) -> Tally:
    """Count reports.

    Shape: who was called and still has time is not counted as missing; a person who could not be reached said
        nothing.
    Source: ES-3, ES-7.
    """
    found = Tally()
    for one in reports:
        found.reports += 1
        found.ways[one.way] += 1
        found.kinds[one.kind] += 1
        found.levels[one.level] += 1
        found.departments[one.department] += 1
        found.reopened += one.reopenings > 0
        _count_end(found, one, today)
        for visit in one.visits:
            _count_visit(found, visit, now)
    return found


def _count_end(found: Tally, one: Counted, today: date) -> None:
    if one.closed_on is None:
        found.late_open += today > one.due_on
        return
    found.closed += 1
    found.in_time += one.closed_on <= one.due_on
    found.on_the_spot += ORDER.index(one.level) < ORDER.index(ReportLevel.TIMED)
    if one.cause_code:
        found.causes[one.cause_code] += 1
    if one.contentment in SAID:
        found.asked += 1
        found.satisfied += one.contentment is Contentment.SATISFIED


def _count_visit(found: Tally, visit: Visit, now: datetime) -> None:
    if visit.arrived_at is None and now <= visit.due_at:
        return
    found.called[visit.level] += 1
    found.came[visit.level] += visit.arrived_at is not None and visit.arrived_at <= visit.due_at
