"""The stops of a clock: what a lawful one says, how long it may take, which days they take together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from approvals.rules.catalogue import Matter
from approvals.rules.hearing import HELD_WORKDAYS
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Act, Move
from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import Pause, WorkCalendar

_ONE_DAY = timedelta(days=1)
LONGEST_STOP_DAYS = 366
"""How long a stop may be planned for, where no law says less.

Units: calendar days.
Source: CL-6.
"""
_EXPERTS = frozenset({StopKind.APPRAISAL, StopKind.EXPERT_REVIEW, StopKind.TECHNICAL_REVIEW})
CORRECTION_BASIS = "行政许可法第三十二条"
"""What a correction rests on where nobody wrote another basis.

Source: AC-1, CL-5.
"""


class StopTooLong(Refusal):
    """More days than the law leaves uncounted."""

    message = N_(
        "At most %(most)s working days of this stay uncounted here; with this stop it would be %(asked)s. "
        "Plan a shorter one: what goes on longer counts."
    )


class NotAStopHere(Refusal):
    """A procedure that stops only one matter's clock, and not this one's."""

    message = N_(
        "Consulting another department stops only the clock of the planning permit, for the housing "
        "department's word on energy standards. Here the clock goes on."
    )


class StopRunsAlready(Refusal):
    """The same procedure twice at once."""

    message = N_(
        "This procedure has stopped the clock since %(day)s already. End that stop before another begins."
    )


class NoSuchStop(Refusal):
    """The end of a stop that is not running."""

    message = N_("No such stop is running. Reload the page to see which are.")


class WhichStop(Invalid):
    """Several stops are running, and the form does not say which one ends."""

    message = N_("Several stops are running. Choose the one that ends.")


class PlannedEndTooFar(Invalid):
    """A stop planned for longer than any procedure takes: a slip of the pen, most likely."""

    message = N_(
        "A stop is planned for at most %(most)s days; this one would last longer. Check the planned end."
    )


class PlannedEndTooEarly(Invalid):
    """A stop planned to end before it begins."""

    message = N_("%(day)s is before the stop begins on %(first)s.")


@dataclass(frozen=True)
class StopLimit:
    """How long procedures of some kinds may stop the clock of a matter in all.

    Units: working days.
    Shape: ``matter`` is empty where the limit holds for every matter.
    """

    matter: str
    kinds: frozenset[StopKind]
    workdays: int


STOP_LIMITS = (
    StopLimit("project-verification", _EXPERTS, 30),
    StopLimit("water-soil-report", _EXPERTS, 30),
    StopLimit("fire-design-review", _EXPERTS, 20),
    StopLimit("construction-planning-permit", frozenset({StopKind.CONSULTATION}), 10),
    StopLimit("", frozenset({StopKind.HEARING}), HELD_WORKDAYS),
)
"""The stops that are limited. Days the consultation's text calls 日 count as working days.

Source: CL-3 (核准备案条例 arts. 9, 10; 水利部令53号; 消防暂行规定 art. 22); CL-4 (民用建筑节能条例 art. 12);
    AC-12 (S02 art. 47, a hearing is held within 20 days).
"""


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
    attempt: int = 1
    opened_by: int = 0
    closed_by: int | None = None
    id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the clock still stands for it."""
        return self.last_on is None

    def covers(self, day: date) -> bool:
        """Whether the clock stood still for it on a day."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)

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


def planned_end(act: Act, calendar: WorkCalendar) -> date:
    """The last day a stop is planned to have: the one written, or the last of so many working days.

    Units: a civil day; the first day of the stop is one of its working days.
    Raises: PlannedEndTooEarly, PlannedEndTooFar.
    """
    if act.planned_last_on is None and act.workdays > LONGEST_STOP_DAYS:
        raise PlannedEndTooFar(most=LONGEST_STOP_DAYS, field="workdays")
    last = act.planned_last_on or calendar.add_workdays(act.on - _ONE_DAY, act.workdays)
    if (last - act.on).days >= LONGEST_STOP_DAYS:
        raise PlannedEndTooFar(most=LONGEST_STOP_DAYS, field="planned_last_on")
    if last < act.on:
        raise PlannedEndTooEarly(day=last.isoformat(), first=act.on.isoformat(), field="planned_last_on")
    return last


def stopped(
    stops: Sequence[ClockStop],
    act: Act,
    matter: Matter,
    calendar: WorkCalendar,
    *,
    attempt: int,
    number: int,
) -> ClockStop:
    """The stop an act begins, beside those there are.

    Raises: PlannedEndTooEarly, PlannedEndTooFar, NotAStopHere, StopTooLong, StopRunsAlready.
    Source: CL-1 to CL-6.
    """
    kind = StopKind.CORRECTION if act.move is Move.CORRECT or act.stop is None else act.stop
    running = next((stop for stop in stops if stop.is_open and stop.kind is kind), None)
    if running is not None:
        raise StopRunsAlready(day=running.first_on.isoformat())
    begun = ClockStop(
        kind=kind,
        first_on=act.on,
        planned_last_on=planned_end(act, calendar),
        basis=act.basis or (CORRECTION_BASIS if kind is StopKind.CORRECTION else ""),
        reason=act.reason,
        notice_number=act.number,
        decided_by=act.decided_by,
        attempt=attempt,
        opened_by=number,
    )
    _check_length((*stops, begun), begun, matter, calendar)
    return begun


def closed(
    stops: Sequence[ClockStop],
    kind: StopKind | None,
    last_on: date,
    matter: Matter,
    calendar: WorkCalendar,
    *,
    number: int,
) -> ClockStop:
    """The running stop of that kind, or the only one, ended on its last day.

    Shape: where the law limits such stops, what went on longer counts: the stop ends with the limit.
    Raises: NoSuchStop, WhichStop.
    Source: CL-3, CL-5, CL-7.
    """
    running = [stop for stop in stops if stop.is_open and kind in (None, stop.kind)]
    if not running:
        raise NoSuchStop(field="stop")
    if len(running) > 1:
        raise WhichStop(field="stop")
    stop = running[0]
    limit = stop_limit(matter, stop.kind)
    if limit is not None:
        others = (one for one in stops if one.kind in limit.kinds and one is not stop)
        left = limit.workdays - _workdays(others, calendar)
        last_on = min(last_on, calendar.add_workdays(stop.first_on - _ONE_DAY, max(left, 1)))
    return replace(stop, last_on=max(last_on, stop.first_on), closed_by=number)


def stop_limit(matter: Matter, kind: StopKind) -> StopLimit | None:
    """What limits the stops of a kind on a matter; None where nothing does."""
    for limit in STOP_LIMITS:
        if kind in limit.kinds and limit.matter in ("", matter.code):
            return limit
    return None


def _check_length(
    stops: Sequence[ClockStop], begun: ClockStop, matter: Matter, calendar: WorkCalendar
) -> None:
    limit = stop_limit(matter, begun.kind)
    if limit is None:
        if begun.kind is StopKind.CONSULTATION:
            raise NotAStopHere(field="stop")
        return
    asked = _workdays((stop for stop in stops if stop.kind in limit.kinds), calendar)
    if asked > limit.workdays:
        raise StopTooLong(most=limit.workdays, asked=asked, field="planned_last_on")


def _workdays(stops: Iterable[ClockStop], calendar: WorkCalendar) -> int:
    """The working days some stops take together, an open one up to its planned end."""
    return sum(calendar.workdays_between(first - _ONE_DAY, last) for first, last in pauses(stops, date.min))
