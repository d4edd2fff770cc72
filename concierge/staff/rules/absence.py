"""Who is away, from which minute to which, and whose day it is meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.staff.rules.minutes import (
    DAY,
    WORKDAY_BEGINS,
    WORKDAY_ENDS,
    day_of,
    minute_of,
    time_of,
)

LONGEST = timedelta(days=366)


class AbsenceOutOfOrder(Invalid):
    """The last day lies before the first, or more than a year after it."""

    message = N_("An absence ends after it begins, and at most a year later. Look at its days and hours.")


class AwayAlready(Refusal):
    """The person is away on some of these days already."""

    message = N_(
        "%(person)s is away from %(first)s to %(last)s already. Withdraw that absence first, or give other "
        "days."
    )


@dataclass(frozen=True, kw_only=True)
class Away:
    """One stretch of days on which a person is away, both ends included.

    ``is_planned`` is False for illness and the like, which nobody can refuse.
    Units: ``from_time`` on the first day and ``until_time`` on the last, in Asia/Shanghai, None for the whole
        day; ``until_time`` is the first minute back.
    """

    person_id: int
    first_on: date
    last_on: date
    is_planned: bool = True
    from_time: time | None = None
    until_time: time | None = None

    @property
    def begin(self) -> int:
        """The first minute away."""
        return minute_of(self.first_on, self.from_time)

    @property
    def end(self) -> int:
        """The first minute back."""
        return minute_of(self.last_on, self.until_time) if self.until_time else minute_of(self.last_on) + DAY

    def meets(self, other: Away) -> bool:
        """Whether the two have a minute in common."""
        return self.begin < other.end and other.begin < self.end

    def fills(self, on: date) -> bool:
        """Whether the person is away all of a working day."""
        return self.begin <= minute_of(on, WORKDAY_BEGINS) and minute_of(on, WORKDAY_ENDS) <= self.end

    @property
    def whole_days(self) -> tuple[date, date] | None:
        """The first and the last day that are filled; None where the person is there for a part of each."""
        first = self.first_on if self.fills(self.first_on) else self.first_on + timedelta(days=1)
        last = self.last_on if self.fills(self.last_on) else self.last_on - timedelta(days=1)
        return (first, last) if first <= last else None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """The two people of one project: A acts, B acts when A is away."""

    project_id: int
    a_id: int
    b_id: int


def checked_days(asked: Away) -> Away:
    """The stretch, if it is one.

    Raises: AbsenceOutOfOrder.
    """
    if not asked.first_on <= asked.last_on <= asked.first_on + LONGEST or asked.begin >= asked.end:
        raise AbsenceOutOfOrder(field="last_on")
    return asked


def cut_short(asked: Away, minute: int) -> Away | None:
    """The absence that ended in this minute; None if it had not begun."""
    if minute <= asked.begin:
        return None
    if minute >= asked.end:
        return asked
    ends = minute if minute % DAY else minute - 1  # a day ends with its last minute, not with the next day
    return replace(asked, last_on=day_of(ends), until_time=time_of(ends) if minute % DAY else None)


def first_overlap(asked: Away, others: Collection[Away]) -> Away | None:
    """The earliest absence of the same person on one of these days, if there is one."""
    same = [away for away in others if away.person_id == asked.person_id and away.meets(asked)]
    return min(same, key=lambda away: away.first_on, default=None)


def acting(duty: Duty, on: date, absences: Collection[Away]) -> int | None:
    """Whose day it is: A's, B's while A is away all the working day, or nobody's.

    Shape: ``presence.acting_at`` answers to the minute and knows C.
    Source: AB-1, AB-2, AB-3.
    """
    gone = {away.person_id for away in absences if away.fills(on)}
    return next((person for person in (duty.a_id, duty.b_id) if person not in gone), None)
