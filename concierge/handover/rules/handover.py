"""A handover: what it is made for, by when it is given, where it stands, and who may do what with it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar

WINDOW_WORKDAYS = 5
"""How far past the absence deadlines are listed. Source: AB-4."""


TOLD_POSTS = ("A", "C", "R")
"""Posts whose change the enterprise is told of: a B in waiting acts for nobody yet. Source: AB-8."""


class HandoverKind(enum.Enum):
    """What a handover is made for. Source: AB-4, AB-8; S27, three stages."""

    LEAVE = "leave"  # planned: given a day ahead
    SUDDEN = "sudden"  # illness and the like: taken over from the records
    CHANGE = "change"  # A or B is another person from now on
    STAGE = "stage"  # the project enters its next stage
    COVER = "cover"  # both are away: C takes over


class TellingWay(enum.Enum):
    """How an enterprise was told who looks after its project now."""

    PHONE = "phone"
    MESSAGE = "message"
    MEETING = "meeting"
    LETTER = "letter"


class HandoverState(enum.Enum):
    """Where a handover stands."""

    TO_GIVE = "to_give"
    TO_ACCEPT = "to_accept"
    ACCEPTED = "accepted"
    TO_REPORT = "to_report"
    TO_TAKE_BACK = "to_take_back"
    OVER = "over"
    DROPPED = "dropped"


class GiverOnly(Refusal):
    """Somebody else than the one who hands over."""

    message = N_("Only %(name)s, or the chief in their place, hands this over.")


class TakerOnly(Refusal):
    """Somebody else than the one who takes over."""

    message = N_("Only %(name)s can accept this handover: whoever accepts it answers for the work.")


class NotGivenYet(Refusal):
    """A planned handover cannot be accepted before it was given."""

    message = N_(
        "%(name)s has not handed this over yet. Ask for it; from %(first)s on you may take it as it is."
    )


class HandedOverAlready(Refusal):
    """What is on record stays as it was."""

    message = N_("This was done before and is on record; reload the page to see by whom and when.")


class NothingReported(Invalid):
    """A return without a word of what was done."""

    message = N_("Write what was done in these days, or that nothing was due.")


@dataclass(frozen=True, kw_only=True)
class Handover:
    """The times of one handover, as the rules look at it.

    Shape: ``last_on`` is None for good; then nothing is handed back.
    """

    kind: HandoverKind
    from_id: int
    to_id: int
    first_on: date
    last_on: date | None
    due_on: date
    given_on: date | None = None
    accepted_on: date | None = None
    is_reported: bool = False
    is_taken_back: bool = False
    is_dropped: bool = False

    @property
    def needs_giving(self) -> bool:
        """Whether somebody is there to hand over; otherwise the other takes over from the records.

        Source: AB-4.
        """
        return self.kind is not HandoverKind.SUDDEN


def due_to_give(first_on: date, recorded_on: date, calendar: WorkCalendar) -> date:
    """The last day to hand over: the working day before, or the day it became known if that is later.

    Source: AB-4, at least one day ahead.
    """
    before = first_on - timedelta(days=1)
    while not calendar.is_workday(before):
        before -= timedelta(days=1)
    return max(recorded_on, before)


def due_after_change(changed_on: date, calendar: WorkCalendar) -> date:
    """The last day to hand over after a change of A or B, or of the stage: the next working day.

    Source: AB-8 for the handover; the day is ours.
    """
    return calendar.add_workdays(changed_on, 1)


def window(handover: Handover, calendar: WorkCalendar) -> tuple[date, date | None]:
    """First and last day whose deadlines belong on the sheet; without an end, all of them do.

    Source: AB-4, the absence plus 5 working days.
    """
    if handover.last_on is None:
        return handover.first_on, None
    return handover.first_on, calendar.add_workdays(handover.last_on, WINDOW_WORKDAYS)


def state_of(handover: Handover, today: date) -> HandoverState:
    """Where it stands on a day.

    Source: AB-4 to AB-6.
    """
    if handover.is_dropped:
        return HandoverState.DROPPED
    if handover.accepted_on is None:
        waits_for_giving = handover.needs_giving and handover.given_on is None
        return HandoverState.TO_GIVE if waits_for_giving else HandoverState.TO_ACCEPT
    if handover.last_on is None or handover.is_taken_back:
        return HandoverState.OVER
    if handover.is_reported:
        return HandoverState.TO_TAKE_BACK
    return HandoverState.TO_REPORT if handover.last_on < today else HandoverState.ACCEPTED


def is_late(handover: Handover, today: date) -> bool:
    """Whether it was given after its day, or was not given and the day is over.

    Source: AB-4, AB-5.
    """
    if not handover.needs_giving or handover.is_dropped:
        return False
    return (handover.given_on or today) > handover.due_on


def check_may_give(handover: Handover, person_id: int | None, name: str, *, is_chief: bool) -> None:
    """Refuse whoever is not the one to hand over.

    Raises: GiverOnly; HandedOverAlready.
    Source: AB-5.
    """
    if person_id != handover.from_id and not is_chief:
        raise GiverOnly(name=name)
    if handover.given_on or handover.accepted_on or handover.is_dropped:
        raise HandedOverAlready


def check_may_accept(handover: Handover, person_id: int | None, names: tuple[str, str], today: date) -> None:
    """Refuse whoever is not the one to take over, and a planned handover that is not given before its time.

    Shape: ``names`` are the giver's and the taker's.
    Raises: TakerOnly; NotGivenYet; HandedOverAlready.
    Source: AB-4, AB-5.
    """
    if person_id != handover.to_id:
        raise TakerOnly(name=names[1])
    if handover.accepted_on or handover.is_dropped:
        raise HandedOverAlready
    if handover.needs_giving and handover.given_on is None and today < handover.first_on:
        raise NotGivenYet(name=names[0], first=handover.first_on)


def check_may_report(handover: Handover, person_id: int | None, name: str, text: str) -> None:
    """Refuse a return by somebody else, without words, or twice.

    Raises: TakerOnly; NothingReported; HandedOverAlready.
    Source: AB-6.
    """
    if person_id != handover.to_id:
        raise TakerOnly(name=name)
    if handover.accepted_on is None or handover.last_on is None or handover.is_reported:
        raise HandedOverAlready
    if not text.strip():
        raise NothingReported(field="report")


def check_may_take_back(handover: Handover, person_id: int | None, name: str) -> None:
    """Refuse taking back by somebody else, or before the other reported.

    Raises: GiverOnly; HandedOverAlready.
    Source: AB-6.
    """
    if person_id != handover.from_id:
        raise GiverOnly(name=name)
    if not handover.is_reported or handover.is_taken_back:
        raise HandedOverAlready
