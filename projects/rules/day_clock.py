"""The day clock of an accepted step: one box per working day since acceptance, counted or standing still."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import scheduler
from approvals.rules.periods import DaysMode, Periods, segments
from scheduler import Segment, WorkCalendar


class DayState(enum.StrEnum):
    """What a working day is to the clock."""

    USED = "used"
    STOPPED = "stopped"
    TODAY = "today"
    LEFT = "left"
    LATE = "late"


@dataclass(frozen=True)
class ClockDay:
    """One working day after acceptance. ``number`` is its count, None on a day that does not count."""

    on: date
    state: DayState
    number: int | None


@dataclass(frozen=True, kw_only=True)
class DayClock:
    """The clock of one step.

    Units: counts in working days; ``rests`` are the named rest days between acceptance and the last box.
    Shape: ``days`` run from the first working day after acceptance to the promised end, on where it is late.
    """

    accepted_on: date
    due_on: date
    statutory_on: date | None
    finished_on: date | None
    days: tuple[ClockDay, ...]
    promised: int
    rests: Sequence[scheduler.Rest]
    is_provisional: bool

    @property
    def counted(self) -> int:
        """The days of the promise used so far."""
        used = (DayState.USED, DayState.TODAY, DayState.LATE)
        return sum(day.number is not None and day.state in used for day in self.days)

    @property
    def stopped(self) -> int:
        """The days of special procedure, which the promise does not count."""
        return sum(day.number is None for day in self.days)

    @property
    def late(self) -> int:
        """The days past the promise."""
        return sum(day.state is DayState.LATE for day in self.days)


def day_clock(
    of: Periods,
    accepted_on: date,
    calendar: WorkCalendar,
    *,
    today: date,
    finished_on: date | None = None,
    held_until: date | None = None,
) -> DayClock:
    """The clock of a step accepted on a day, as of ``today`` or the day of its result.

    Units: civil days; ``accepted_on`` is day 0, the first box is the working day after it.
    Shape: ``held_until`` is the day of another step's result that the decision had to wait for, review done:
        days between the promised end and that day are nobody's lateness and have no box.
    Raises: scheduler.OutsideCalendar.
    Source: S02 (行政许可法) arts. 45, 82; WD-2, CL-1: a special procedure stands outside the limit; DF-15.
    """
    axis = calendar.axis(accepted_on)
    special = axis.forward(0, of.special) if of.special.days else 0
    due = axis.forward(special, of.promised)
    free = max(due, axis.point_of(held_until)) if held_until is not None else due
    as_of = finished_on or today
    reached = calendar.workdays_between(accepted_on, as_of) if as_of > accepted_on else 0
    statutory_on = None if of.statutory is None else _end(axis, segments(of, DaysMode.STATUTORY))
    days = tuple(_days(axis, _Span(special, due, free, reached), as_of, is_over=finished_on is not None))
    last = days[-1].on if days else axis.date_of(due)
    return DayClock(
        accepted_on=accepted_on,
        due_on=axis.date_of(due),
        statutory_on=statutory_on,
        finished_on=finished_on,
        days=days,
        promised=of.promised.days,
        rests=calendar.rests_between(accepted_on, last),
        is_provisional=calendar.touches_provisional(accepted_on, max(last, statutory_on or last)),
    )


@dataclass(frozen=True)
class _Span:
    """Where the stretches of a clock end.

    Units: working days since acceptance.
    """

    special: int
    due: int
    free: int
    reached: int


def _end(axis: scheduler.WorkdayAxis, stretches: Sequence[Segment]) -> date:
    point = 0
    for stretch in stretches:
        point = axis.forward(point, stretch)
    return axis.date_of(point)


def _days(axis: scheduler.WorkdayAxis, span: _Span, as_of: date, *, is_over: bool) -> Iterator[ClockDay]:
    for point in range(1, max(span.due, span.reached) + 1):
        on = axis.date_of(point)
        if point <= span.special:
            yield ClockDay(on, DayState.STOPPED, None)
        elif point > span.free:
            yield ClockDay(on, DayState.LATE, point - span.special - (span.free - span.due))
        elif point <= span.due:
            is_today = on == as_of and not is_over
            used = DayState.USED if point <= span.reached else DayState.LEFT
            yield ClockDay(on, DayState.TODAY if is_today else used, point - span.special)
