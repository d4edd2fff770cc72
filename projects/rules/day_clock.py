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
    of: Periods, accepted_on: date, calendar: WorkCalendar, *, today: date, finished_on: date | None = None
) -> DayClock:
    """The clock of a step accepted on a day, as of ``today`` or the day of its result.

    Units: civil days; ``accepted_on`` is day 0, the first box is the working day after it.
    Raises: scheduler.OutsideCalendar.
    Source: S02 (行政许可法) arts. 45, 82; rules.md WD-2, CL-1: a special procedure stands outside the limit.
    """
    axis = calendar.axis(accepted_on)
    special = axis.forward(0, of.special) if of.special.days else 0
    due = axis.forward(special, of.promised)
    as_of = finished_on or today
    reached = calendar.workdays_between(accepted_on, as_of) if as_of > accepted_on else 0
    statutory_on = None if of.statutory is None else _end(axis, segments(of, DaysMode.STATUTORY))
    last = axis.date_of(max(due, reached))
    return DayClock(
        accepted_on=accepted_on,
        due_on=axis.date_of(due),
        statutory_on=statutory_on,
        finished_on=finished_on,
        days=tuple(_days(axis, special=special, due=due, reached=reached, as_of=as_of, until=finished_on)),
        promised=of.promised.days,
        rests=calendar.rests_between(accepted_on, last),
        is_provisional=calendar.touches_provisional(accepted_on, max(last, statutory_on or last)),
    )


def _end(axis: scheduler.WorkdayAxis, stretches: Sequence[Segment]) -> date:
    point = 0
    for stretch in stretches:
        point = axis.forward(point, stretch)
    return axis.date_of(point)


def _days(
    axis: scheduler.WorkdayAxis, *, special: int, due: int, reached: int, as_of: date, until: date | None
) -> Iterator[ClockDay]:
    for point in range(1, max(due, reached) + 1):
        on = axis.date_of(point)
        number = point - special if point > special else None
        if number is None:
            state = DayState.STOPPED
        elif point > due:
            state = DayState.LATE
        elif on == as_of and until is None:
            state = DayState.TODAY
        else:
            state = DayState.USED if point <= reached else DayState.LEFT
        yield ClockDay(on, state, number)
