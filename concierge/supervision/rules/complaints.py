"""Until when a complaint about an approval is to be answered."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler import WorkCalendar

DECIDE_WORKDAYS = 5
COMPLEX_WORKDAYS = 5
RETURN_HOURS = 24


class ComplaintWay(enum.Enum):
    """How a complaint came in."""

    APPROVAL = "approval"
    HOTLINE = "hotline"


class ComplaintStanding(enum.Enum):
    """Where a complaint stands; the last three end it."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SENT_BACK = "sent_back"
    ANSWERED = "answered"


class ComplaintFinding(enum.Enum):
    """What looking into a complaint found."""

    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"


@dataclass(frozen=True)
class ComplaintDue:
    """The last day to answer, and the moment until which a wrongly addressed one may be sent back.

    Shape: ``return_by`` is None where only the office itself decides on acceptance.
    """

    answer_on: date
    return_by: datetime | None


def complaint_due(
    way: ComplaintWay, came_at: datetime, came_on: date, calendar: WorkCalendar, *, is_complex: bool = False
) -> ComplaintDue:
    """By when a complaint is decided or a hotline order answered.

    Units: working days after the day it came; hours of the clock for the way back.
    Source: SV-8: 5 working days to decide on acceptance; hotline orders 5, plus 5 when complex; a wrong
        address is returned within 24 hours.
    """
    if way is ComplaintWay.APPROVAL:
        return ComplaintDue(calendar.add_workdays(came_on, DECIDE_WORKDAYS), None)
    workdays = DECIDE_WORKDAYS + (COMPLEX_WORKDAYS if is_complex else 0)
    return ComplaintDue(calendar.add_workdays(came_on, workdays), came_at + timedelta(hours=RETURN_HOURS))
