"""The days of a hearing: until when it may be asked for, held, and announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler import Basis, Period, WorkCalendar

REQUEST_WORKDAYS = 5
"""How long the applicant may ask for a hearing after being told of that right.

Units: working days.
Source: AC-12 (S02 art. 47).
"""
HELD_WORKDAYS = 20
"""How long after the request the hearing is held.

Units: working days.
Source: AC-12 (S02 art. 47).
"""
ANNOUNCED_WORKDAYS = 7
"""How long before the hearing its time and place are told.

Units: working days.
Source: AC-12 (S02 art. 48).
"""


@dataclass(frozen=True, kw_only=True)
class HearingDays:
    """The days a hearing keeps.

    Units: civil days.
    """

    hold_by_on: date
    announce_by_on: date | None


def latest_request(told_on: date, calendar: WorkCalendar) -> date:
    """The last day to ask for a hearing, by one told of the right to it on a day.

    Source: AC-12 (S02 art. 47).
    """
    return calendar.due_on(told_on, Period(REQUEST_WORKDAYS, Basis.WORKING))


def hearing_days(requested_on: date, calendar: WorkCalendar, *, held_on: date | None = None) -> HearingDays:
    """Until when a hearing must be held, and announced once its day is set.

    Source: AC-12 (S02 arts. 47, 48).
    """
    return HearingDays(
        hold_by_on=calendar.due_on(requested_on, Period(HELD_WORKDAYS, Basis.WORKING)),
        announce_by_on=calendar.add_workdays(held_on, -ANNOUNCED_WORKDAYS) if held_on else None,
    )
