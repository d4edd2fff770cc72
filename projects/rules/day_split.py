"""Where the days went: every civil day of a step, and of a project, belongs to exactly one who held it."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import scheduler
from approvals.rules.journal import Line
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.stops import ClockStop

_DAY = timedelta(1)


class Holder(enum.StrEnum):
    """Who held a day."""

    ENTERPRISE = "enterprise"
    DEPARTMENT = "department"
    STOPPED = "stopped"
    HOLIDAY = "holiday"
    IDLE = "idle"


_HELD_BY = {
    StepState.NOT_STARTED: Holder.IDLE,
    StepState.PREPARING: Holder.ENTERPRISE,
    StepState.RECEIVED: Holder.DEPARTMENT,
    StepState.ACCEPTED: Holder.DEPARTMENT,
    StepState.WORKING: Holder.DEPARTMENT,
    StepState.CORRECTED: Holder.DEPARTMENT,
    StepState.PROCEDURE_OVER: Holder.DEPARTMENT,
    StepState.IN_PROCEDURE: Holder.STOPPED,
}
"""Every other state waits for the enterprise: to correct, or to apply again."""


@dataclass(frozen=True, kw_only=True)
class CaseRecord:
    """What is recorded of one step, as far as its days go.

    Units: civil days; ``own_end_on`` is when its own work was due, None where nothing was promised.
    Shape: ``lines`` are the moves that still count, by day: from the day after one the step stood in its
        state. ``stops`` are those of every attempt. ``is_owners`` says that the enterprise, or a firm it
        hires, does it itself.
    """

    code: str
    is_owners: bool = False
    lines: tuple[Line, ...] = ()
    stops: tuple[ClockStop, ...] = ()
    finished_on: date | None = None
    own_end_on: date | None = None

    @property
    def began_on(self) -> date | None:
        """The day of its first record."""
        return self.lines[0].on if self.lines else None

    def holder(self, day: date, calendar: scheduler.WorkCalendar) -> Holder:
        """Who held a day: the state the step stood in when the day began, unless it was a rest day.

        A correction is the enterprise's, though the clock stands still; every other stop is nobody's fault.
        Source: CL-1, CL-5, CL-7, WD-1.
        """
        if not calendar.is_workday(day):
            return Holder.HOLIDAY
        state = StepState.NOT_STARTED
        for line in self.lines:
            if line.on >= day:
                break
            state = line.state
        held = _HELD_BY.get(state, Holder.ENTERPRISE)
        if held is not Holder.IDLE and self.is_owners:
            return Holder.ENTERPRISE
        covering = {stop.kind for stop in self.stops if stop.covers(day)}
        if covering - {StopKind.CORRECTION}:
            return Holder.STOPPED
        return Holder.ENTERPRISE if covering else held


@dataclass(frozen=True)
class Stretch:
    """Days in a row that one held. Units: civil days, both ends included."""

    holder: Holder
    first_on: date
    last_on: date

    @property
    def days(self) -> int:
        """How many civil days it has."""
        return (self.last_on - self.first_on).days + 1


@dataclass(frozen=True)
class Link:
    """The part of a project's span one step decided: the days after ``after`` up to ``until``."""

    code: str
    after: date
    until: date
    stretches: tuple[Stretch, ...] = ()

    @property
    def days(self) -> int:
        """How many civil days it has."""
        return (self.until - self.after).days

    def of(self, holder: Holder) -> int:
        """How many of them one held."""
        return sum(stretch.days for stretch in self.stretches if stretch.holder is holder)


@dataclass(frozen=True)
class ProjectDays:
    """A project's span from its first day to its headline, or to today, link by link and day by day."""

    links: tuple[Link, ...] = ()
    totals: Mapping[Holder, int] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """How many civil days the span has: exactly the sum of what each held."""
        return sum(self.totals.values())


@dataclass(frozen=True)
class Awaited:
    """One step another waited for; ``before_acceptance`` says at which of the two gates."""

    code: str
    before_acceptance: bool


def stretches(
    record: CaseRecord, after: date, until: date, calendar: scheduler.WorkCalendar
) -> tuple[Stretch, ...]:
    """Who held each day of a step, the days after ``after`` up to ``until``.

    Units: civil days; the sum of all stretches is exactly ``until`` - ``after``.
    """
    found: list[Stretch] = []
    for number in range((until - after).days):
        day = after + (number + 1) * _DAY
        holder = record.holder(day, calendar)
        if found and found[-1].holder is holder:
            found[-1] = Stretch(holder, found[-1].first_on, day)
        else:
            found.append(Stretch(holder, day, day))
    return tuple(found)


def project_days(
    records: Mapping[str, CaseRecord],
    awaited: Mapping[str, Sequence[Awaited]],
    last: str,
    *,
    start_on: date,
    until: date,
    calendar: scheduler.WorkCalendar,
) -> ProjectDays:
    """Every day of a project, on the chain of steps that decided how long it took.

    The chain is walked back from ``last``: a step's days begin when the latest result it needed was there;
    the days before are those of the step that gave that result, and so on to the first day of the project.
    A step whose own work was due and which waited for another's result hands those days to the other.

    Raises: KeyError, when ``last`` is not among the records.
    Source: PR-6, for the two gates.
    """
    links = tuple(
        Link(
            link.code, link.after, link.until, stretches(records[link.code], link.after, link.until, calendar)
        )
        for link in _chain(records, awaited, last, start_on, until)
    )
    counted: Counter[Holder] = Counter()
    for link in links:
        for stretch in link.stretches:
            counted[stretch.holder] += stretch.days
    return ProjectDays(links, {holder: counted[holder] for holder in Holder})


def _chain(
    records: Mapping[str, CaseRecord],
    awaited: Mapping[str, Sequence[Awaited]],
    last: str,
    start_on: date,
    until: date,
) -> Sequence[Link]:
    links: list[Link] = []
    code, end = last, until
    while end > start_on:
        before = max(_handed_over(records, records[code], awaited.get(code, ()), end), default=None)
        after = start_on if before is None else max(start_on, before[0])
        if after < end:
            links.append(Link(code, after, end))
        if before is None:
            break
        end, code = after, before[1]
    return links[::-1]


def _handed_over(
    records: Mapping[str, CaseRecord], record: CaseRecord, awaited: Iterable[Awaited], end: date
) -> Iterator[tuple[date, str]]:
    """The days results came that the step needed, as far as it could not go on without them."""
    began = record.began_on
    for one in awaited:
        given = records.get(one.code)
        if given is None or given.finished_on is None:
            continue
        on = given.finished_on
        if one.before_acceptance:
            yield min(on, end if began is None else min(began, end)), one.code
        elif record.own_end_on is not None and record.own_end_on < on <= end:
            yield on, one.code
