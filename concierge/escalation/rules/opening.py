"""Minutes of opening hours: how the clocks of the first two levels run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from concierge.kernel.errors import N_, Invalid
from scheduler import WorkCalendar

LONGEST_SEARCH_DAYS = 60


class HoursCrossed(Invalid):
    """Opening hours that do not follow each other."""

    message = N_("Opening hours follow each other: opens, pauses, goes on, closes. Check the four times.")


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    """When the hall is open on a working day; without a break it pauses and goes on at the same time.

    Units: times of day on the clock of the office.
    Raises: HoursCrossed.
    """

    opens: time = time(8, 30)
    pauses: time = time(12, 0)
    resumes: time = time(14, 0)
    closes: time = time(17, 30)

    def __post_init__(self) -> None:
        if not self.opens < self.pauses <= self.resumes < self.closes:
            raise HoursCrossed(field="opens")

    @property
    def shifts(self) -> tuple[tuple[time, time], ...]:
        """The parts of a day in which somebody is there."""
        return ((self.opens, self.pauses), (self.resumes, self.closes))


def open_minutes_later(at: datetime, minutes: int, hours: OpeningHours, calendar: WorkCalendar) -> datetime:
    """The moment when so many minutes of opening hours are over.

    Units: minutes; ``at`` is a moment on the clock of the office, the answer is on the same clock.
    Shape: what begins outside opening hours begins when the hall opens next; the answer lies inside them.
    Source: ES-3, WD-6.
    """
    left, day = timedelta(minutes=minutes), at.date()
    for _ in range(LONGEST_SEARCH_DAYS):
        day = calendar.on_or_after(day)
        for begins, ends in hours.shifts:
            start = max(at, datetime.combine(day, begins, at.tzinfo))
            end = datetime.combine(day, ends, at.tzinfo)
            if start >= end:
                continue
            if left <= end - start:
                return start + left
            left -= end - start
        day += timedelta(days=1)
    raise ValueError(f"{minutes} minutes do not fit into {LONGEST_SEARCH_DAYS} days of opening hours")


def closing_of(day: date, hours: OpeningHours, like: datetime) -> datetime:
    """The moment the hall closes on a day, on the clock of ``like``."""
    return datetime.combine(day, hours.closes, like.tzinfo)


def spot_is_over(at: datetime, hours: OpeningHours, calendar: WorkCalendar) -> datetime:
    """Until when something counts as done on the spot: the closing of the opening day it falls into.

    Source: ES-4 says “on the spot” without an hour; the closing of the day is a default of this office.
    """
    day = calendar.on_or_after(at.date())
    if day == at.date() and at.time() >= hours.closes:
        day = calendar.next_workday(day)
    return closing_of(day, hours, at)
