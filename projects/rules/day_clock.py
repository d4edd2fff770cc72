"""The day clock of an accepted step: one box per working day since acceptance, counted or standing still."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import scheduler
from approvals.rules.deadlines import Deadlines, deadlines
from approvals.rules.lifecycle import StopKind
from approvals.rules.periods import Periods
from approvals.rules.stops import ClockStop, pauses
from scheduler import Pause, Period, WorkCalendar


class DayState(enum.StrEnum):
    """What a working day is to the clock."""

    USED = "used"
    STOPPED = "stopped"
    TODAY = "today"
    LEFT = "left"
    LATE = "late"


@dataclass(frozen=True)
class ClockDay:
    """One working day after acceptance.

    Shape: ``number`` is its count, None on a day that does not count; ``stop`` is why it does not, None where
        the procedure is only planned; ``is_extra`` marks a day of an extension, ``is_overrun`` a paused one
        after the end the pause was announced for.
    """

    on: date
    state: DayState
    number: int | None
    stop: StopKind | None = None
    is_today: bool = False
    is_extra: bool = False
    is_overrun: bool = False


@dataclass(frozen=True, kw_only=True)
class ClockRun:
    """What has happened to the clock of one case.

    Units: civil days; ``accepted_on`` is day 0, the first box is the working day after it.
    Shape: ``ended_on`` is the day of its result, or of its end without one; ``held_until`` the day of another
        step's result that the decision had to wait for, review done: days between the promised end and that
        day are nobody's lateness and have no box.
    """

    accepted_on: date
    ended_on: date | None = None
    held_until: date | None = None
    stops: Sequence[ClockStop] = ()
    extended_workdays: int = 0


@dataclass(frozen=True, kw_only=True)
class DayClock:
    """The clock of one step.

    Units: counts in working days; ``rests`` are the named rest days between acceptance and the last box.
    Shape: ``days`` run from the first working day after acceptance to the promised end, on where it is late;
        ``limit`` is the promise with its extensions; ``overdue_stop`` is the pause that still runs after the
        end it was announced for.
    """

    accepted_on: date
    due_on: date
    statutory_on: date | None
    ended_on: date | None
    days: tuple[ClockDay, ...]
    promised: int
    limit: int
    rests: Sequence[scheduler.Rest]
    is_provisional: bool
    is_only_planned: bool
    overdue_stop: ClockStop | None

    @property
    def counted(self) -> int:
        """The days of the limit used so far, and those past it."""
        used = (DayState.USED, DayState.TODAY, DayState.LATE)
        return sum(day.number is not None and day.state in used for day in self.days)

    @property
    def stopped(self) -> int:
        """The days the limit does not count."""
        return sum(day.number is None for day in self.days)

    @property
    def late(self) -> int:
        """The days past the limit."""
        return sum(day.state is DayState.LATE for day in self.days)

    @property
    def left(self) -> int:
        """The days of the limit that remain."""
        return sum(day.state is DayState.LEFT for day in self.days)

    @property
    def reasons(self) -> tuple[StopKind, ...]:
        """Why the clock stood still, each reason once, in the order of the days."""
        return tuple(dict.fromkeys(day.stop for day in self.days if day.stop is not None))


def day_clock(of: Periods, run: ClockRun, calendar: WorkCalendar, *, today: date) -> DayClock:
    """The clock of an accepted step as of ``today``, or of the day its case ended.

    A special procedure the catalogue plans for stands outside the limit from the first day on, until a real
    one is recorded: then that one counts and the planned one is forgotten.

    Raises: scheduler.OutsideCalendar.
    Source: S02 (行政许可法) arts. 42, 45, 82; WD-2, CL-1, CL-5, CL-6, CL-7, AC-7; DF-15.
    """
    span = _Span(of, run, calendar, today)
    days = tuple(_days(span))
    last = days[-1].on if days else span.due_on
    return DayClock(
        accepted_on=run.accepted_on,
        due_on=span.due_on,
        statutory_on=span.statutory_on,
        ended_on=run.ended_on,
        days=days,
        promised=of.promised.days,
        limit=span.limit,
        rests=calendar.rests_between(run.accepted_on, last),
        is_provisional=calendar.touches_provisional(run.accepted_on, max(last, span.statutory_on or last)),
        is_only_planned=bool(span.planned),
        overdue_stop=_overdue(run, today),
    )


def _overdue(run: ClockRun, today: date) -> ClockStop | None:
    if run.ended_on is not None:
        return None
    running = (stop for stop in run.stops if stop.is_overdue(today))
    return min(running, key=lambda stop: stop.planned_last_on, default=None)


@dataclass(frozen=True)
class _Span:
    """Where the stretches of a clock lie."""

    of: Periods
    run: ClockRun
    calendar: WorkCalendar
    today: date

    @property
    def as_of(self) -> date:
        return self.run.ended_on or self.today

    @property
    def limit(self) -> int:
        return self.of.promised.days + self.run.extended_workdays

    @cached_property
    def reached(self) -> int:
        """The working days since acceptance that have come."""
        accepted_on = self.run.accepted_on
        return self.calendar.workdays_between(accepted_on, self.as_of) if self.as_of > accepted_on else 0

    @cached_property
    def planned(self) -> tuple[Pause, ...]:
        """The special procedure the catalogue plans for, while no real one is recorded."""
        is_real = any(stop.kind is not StopKind.CORRECTION for stop in self.run.stops)
        if is_real or not self.of.special.days:
            return ()
        special = Period(self.of.special.days, self.of.special.basis)
        first = self.run.accepted_on + timedelta(days=1)
        return ((first, self.calendar.due_on(self.run.accepted_on, special)),)

    @cached_property
    def paused(self) -> list[Pause]:
        return [*self.planned, *pauses(self.run.stops, self.as_of)]

    @cached_property
    def ends(self) -> Deadlines:
        extension = self.run.extended_workdays
        return deadlines(
            self.of, self.run.accepted_on, self.calendar, self.paused, extension_workdays=extension
        )

    @cached_property
    def due_on(self) -> date:
        """The last day of the limit; what is decided on the spot is decided when its procedure is over."""
        if self.limit:
            return self.ends.promised_on
        return max((last for _, last in self.planned), default=self.run.accepted_on)

    @property
    def statutory_on(self) -> date | None:
        """The last day by law, which is never before the promised one."""
        by_law = self.ends.statutory_on
        return None if by_law is None else max(by_law, self.due_on)

    def pausing(self, on: date) -> ClockStop | None:
        """The recorded stop a day falls into, the one that began first."""
        found = (stop for stop in self.run.stops if stop.first_on <= on <= stop.ends_on(self.as_of))
        return min(found, key=lambda stop: (stop.first_on, stop.planned_last_on), default=None)

    def is_paused(self, on: date) -> bool:
        return any(first <= on <= last for first, last in self.paused)

    def is_excused(self, on: date) -> bool:
        """Whether the decision, its review done, waited for another's result on this day."""
        return self.run.held_until is not None and on <= self.run.held_until


def _days(span: _Span) -> Iterator[ClockDay]:
    accepted_on, count = span.run.accepted_on, 0
    due = span.calendar.workdays_between(accepted_on, span.due_on)
    for place in range(1, max(due, span.reached) + 1):
        on = span.calendar.add_workdays(accepted_on, place)
        is_today = on == span.as_of and span.run.ended_on is None
        if span.is_paused(on):
            yield _stopped(on, span.pausing(on), is_today=is_today)
            continue
        if count >= span.limit and span.is_excused(on):
            continue
        count += 1
        yield _counted(on, count, span, is_today=is_today)


def _stopped(on: date, stop: ClockStop | None, *, is_today: bool) -> ClockDay:
    is_overrun = stop is not None and on > stop.planned_last_on
    kind = stop.kind if stop is not None else None
    return ClockDay(on, DayState.STOPPED, None, kind, is_today=is_today, is_overrun=is_overrun)


def _counted(on: date, number: int, span: _Span, *, is_today: bool) -> ClockDay:
    if number > span.limit:
        return ClockDay(on, DayState.LATE, number, is_today=is_today)
    state = DayState.USED if on <= span.as_of else DayState.LEFT
    is_extra = number > span.of.promised.days
    return ClockDay(on, DayState.TODAY if is_today else state, number, is_today=is_today, is_extra=is_extra)
