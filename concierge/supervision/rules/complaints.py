"""Complaints about an approval: until when they are decided and answered, and who may do what next."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.supervision.rules.answering import checked_words
from concierge.supervision.rules.thresholds import OWNERS
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


class ComplaintOver(Refusal):
    """The complaint has ended."""

    message = N_("%(number)s is settled since %(day)s. What comes after it is taken in as a new one.")


class ComplaintNotAccepted(Refusal):
    """Nobody has decided yet whether it is taken up."""

    message = N_("Decide first whether %(number)s is accepted.")


class ComplaintAcceptedAlready(Refusal):
    """The decision on acceptance is made."""

    message = N_("%(number)s is accepted already. Record what was found.")


class TooLateToSendBack(Refusal):
    """A wrongly addressed order goes back within a day."""

    message = N_("%(number)s could be sent back until %(moment)s. It is to be answered here.")


class NeverSentBack(Refusal):
    """Only the hotline's orders have a sender to go back to."""

    message = N_("Only orders of the hotline are sent back. Decide whether the complaint is accepted.")


class ComplexAlready(Refusal):
    """The days were lengthened once."""

    message = N_("%(number)s was given its longer days before: it is answered by %(day)s.")


class ComplaintInTheFuture(Invalid):
    """A complaint cannot have come after this moment."""

    message = N_("The complaint cannot have come in after this moment. Check day and time.")


class ComplainedDepartmentNeeded(Invalid):
    """Nobody can be asked."""

    message = N_("Choose the department that is complained about.")


class ComplainantNeeded(Invalid):
    """Nobody can be answered."""

    message = N_("Write the name of the person who complains, or “anonymous”.")


class OrderNumberNeeded(Invalid):
    """The hotline cannot find an order without its number."""

    message = N_("Write the hotline's number of the order, so that the answer goes back under it.")


ENDED = frozenset({ComplaintStanding.DECLINED, ComplaintStanding.SENT_BACK, ComplaintStanding.ANSWERED})


@dataclass(frozen=True, kw_only=True)
class NewComplaint:
    """A complaint as somebody takes it in.

    Units: ``came_at`` an aware moment.
    Shape: ``outside_number`` is the hotline's own number, empty where it came to us.
    Raises: ComplainedDepartmentNeeded, ComplainantNeeded, OrderNumberNeeded, SupervisionWordsNeeded.
    Source: SV-8.
    """

    way: ComplaintWay
    department: str
    complainant: str
    text: str
    came_at: datetime
    phone: str = ""
    outside_number: str = ""
    project_id: int | None = None
    step_id: int | None = None

    def __post_init__(self) -> None:
        if not self.department or self.department in OWNERS:
            raise ComplainedDepartmentNeeded(field="department")
        if not self.complainant.strip():
            raise ComplainantNeeded(field="complainant")
        if self.way is ComplaintWay.HOTLINE and not self.outside_number.strip():
            raise OrderNumberNeeded(field="outside_number")
        checked_words(self.text, "text")


@dataclass(frozen=True)
class ComplaintDue:
    """The last day to answer, and the moment until which a wrongly addressed one may be sent back.

    Shape: ``return_by`` is None where only the office itself decides on acceptance.
    """

    answer_on: date
    return_by: datetime | None


def complaint_due(
    way: ComplaintWay, came_at: datetime, came_on: date, calendar: WorkCalendar
) -> ComplaintDue:
    """By when a complaint is decided or a hotline order answered.

    Units: working days after the day it came; hours of the clock for the way back.
    Source: SV-8: 5 working days to decide on acceptance; hotline orders 5; a wrong address is returned
        within 24 hours.
    """
    return_by = came_at + timedelta(hours=RETURN_HOURS) if way is ComplaintWay.HOTLINE else None
    return ComplaintDue(calendar.add_workdays(came_on, DECIDE_WORKDAYS), return_by)


def answer_due(accepted_on: date, calendar: WorkCalendar) -> date:
    """By when a complaint that was accepted is answered.

    Source: SV-8 has days for the hotline's orders only; that a complaint of our own has the same is a default
        of this office.
    """
    return calendar.add_workdays(accepted_on, DECIDE_WORKDAYS)


def longer_due(due_on: date, calendar: WorkCalendar) -> date:
    """By when a complex one is answered. Source: SV-8: plus 5 working days."""
    return calendar.add_workdays(due_on, COMPLEX_WORKDAYS)


def complaint_number(year: int, serial: int) -> str:
    """The number of a complaint in the office's own series, such as 投诉〔2026〕3号."""
    return f"投诉〔{year}〕{serial}号"
