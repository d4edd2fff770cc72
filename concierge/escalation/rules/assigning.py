"""Opinions, meetings and assignment orders: when they can be, to whom they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar


class MeetingTooEarly(Invalid):
    """A meeting before there was anything to meet about."""

    message = N_("The meeting cannot be before the report came in. Check day and time.")


class MeetingPlaceNeeded(Invalid):
    """Nobody could come."""

    message = N_("Write where people meet.")


class AddresseeNeeded(Invalid):
    """Nobody would answer."""

    message = N_("Choose to whom the order goes.")


class AnswerDueTooEarly(Invalid):
    """An answer before the order arrives."""

    message = N_("The answer cannot be due before %(first)s, the next working day.")


class AssignmentAnsweredAlready(Refusal):
    """The answer is on record."""

    message = N_("This order was answered on %(day)s. An answer is not changed; issue a new order.")


class OutsideTheOrder(Invalid):
    """A day before the order, or in the future."""

    message = N_("The day of the answer lies between %(first)s, when the order was issued, and today.")


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What one department says, on what basis, and whether it comes to the meeting."""

    department: str
    words: str
    basis: str = ""
    is_coming: bool = False


def check_meeting(at: datetime, place: str, *, reported_at: datetime) -> str:
    """The place of a meeting that can be held then. Raises: MeetingTooEarly, MeetingPlaceNeeded."""
    if at < reported_at:
        raise MeetingTooEarly(field="meeting_on")
    if not place.strip():
        raise MeetingPlaceNeeded(field="place")
    return place.strip()


def check_assignment(addressee: str, answer_due_on: date, calendar: WorkCalendar, *, today: date) -> str:
    """To whom an order goes, if it can be answered by then. Raises: AddresseeNeeded, AnswerDueTooEarly."""
    if not addressee.strip():
        raise AddresseeNeeded(field="addressee")
    first = calendar.next_workday(today)
    if answer_due_on < first:
        raise AnswerDueTooEarly(first=first.isoformat(), field="answer_due_on")
    return addressee.strip()


def check_assignment_answer(
    issued_on: date, answered_on: date, before_on: date | None, *, today: date
) -> None:
    """Whether an order can have been answered then. Raises: AssignmentAnsweredAlready, OutsideTheOrder."""
    if before_on is not None:
        raise AssignmentAnsweredAlready(day=before_on.isoformat())
    if not issued_on <= answered_on <= today:
        raise OutsideTheOrder(first=issued_on.isoformat(), field="answered_on")
