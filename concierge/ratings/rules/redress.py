"""What follows a negative rating: contact, rectification, answer, call-back; who may do it, and by when."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar

CONTACT_WORKDAYS = 1
USUAL_WORKDAYS = 5
MOST_WORKDAYS = 15
APPEAL_WORKDAYS = 5
LEAST_WORDS = 5


class Finding(enum.Enum):
    """What the contact showed: clear and reasonable, complex, or without ground.

    Source: RT-4, RT-6.
    """

    CLEAR = "clear"
    COMPLEX = "complex"
    UNFOUNDED = "unfounded"


class Stage(enum.Enum):
    """Whose turn it is with a negative rating.

    Source: RT-3 to RT-6.
    """

    CONTACT = "contact"
    RECTIFY = "rectify"
    CALL_BACK = "call_back"
    CLOSED = "closed"
    SET_ASIDE = "set_aside"


class Ruling(enum.Enum):
    """How an appeal against a rating ends. Source: RT-6."""

    UPHELD = "upheld"
    REJECTED = "rejected"


class OwnCase(Refusal):
    """The rating is about the person who wants to act on it."""

    message = N_(
        "This rating is about you or about work you held, so somebody else acts on it. Those who may: "
        "%(who)s."
    )


class NotItsTurn(Refusal):
    """The step before is not on record yet, or this one is."""

    message = N_("This is not what comes next for this rating. Reload the page: it names the next step.")


class RectifyTooLate(Invalid):
    """The date lies outside what may be promised."""

    message = N_("The date lies between %(first)s and %(last)s, the last of %(most)s working days.")


class DateNeeded(Invalid):
    """A complex case needs the date by which it is put right."""

    message = N_("Give the date by which it will be put right.")


class TooFewWords(Invalid):
    """A sentence nobody could understand later."""

    message = N_("Write a sentence others can understand later: at least %(least)s characters.")


class SpeakerNeeded(Invalid):
    """Nobody to ask later."""

    message = N_("Write who speaks against the rating: a name and a post.")


class RatingAppealTooLate(Refusal):
    """The days in which a rating may be appealed are over."""

    message = N_(
        "A rating may be appealed until %(last)s. What speaks for you can be written into the answer."
    )


class RatingAppealed(Refusal):
    """There is an appeal against this rating."""

    message = N_("There is an appeal of %(day)s against this rating. Its page shows what became of it.")


class AppealSettled(Refusal):
    """The appeal against this rating was decided."""

    message = N_("This appeal was decided on %(day)s by %(person)s; a decision stays as it is.")


@dataclass(frozen=True, kw_only=True)
class RedressFacts:
    """Where a negative rating stands.

    Units: civil days. Shape: each day is None until it has come.
    """

    given_on: date
    is_named: bool
    contact_due_on: date
    contacted_on: date | None = None
    rectify_due_on: date | None = None
    rectified_on: date | None = None
    called_back_on: date | None = None
    is_set_aside: bool = False


def contact_due(given_on: date, calendar: WorkCalendar) -> date:
    """The last day to contact whoever gave a negative rating, and to verify it.

    Units: a civil day, one working day after the rating.
    Source: RT-3.
    """
    return calendar.add_workdays(given_on, CONTACT_WORKDAYS)


def usual_rectify_day(
    given_on: date, calendar: WorkCalendar, *, today: date, workdays: int = USUAL_WORKDAYS
) -> date:
    """The day proposed for a complex case: so many working days after the rating, not before today.

    Source: RT-4, default 5, at most 15.
    """
    return max(calendar.add_workdays(given_on, min(workdays, MOST_WORKDAYS)), today)


def latest_rectify_day(given_on: date, calendar: WorkCalendar) -> date:
    """The last day that may be promised. Source: RT-4, 15 working days."""
    return calendar.add_workdays(given_on, MOST_WORKDAYS)


def rectify_due(
    finding: Finding, given_on: date, asked_on: date | None, calendar: WorkCalendar, *, today: date
) -> date:
    """By when it is put right: today if it is clear, else on the day somebody sets inside the cap.

    Raises: DateNeeded, RectifyTooLate.
    Source: RT-4.
    """
    if finding is not Finding.COMPLEX:
        return today
    if asked_on is None:
        raise DateNeeded(field="rectify_due_on")
    last = max(latest_rectify_day(given_on, calendar), today)
    if not today <= asked_on <= last:
        raise RectifyTooLate(
            first=today.isoformat(), last=last.isoformat(), most=MOST_WORKDAYS, field="rectify_due_on"
        )
    return asked_on


def stage(facts: RedressFacts) -> Stage:
    """Whose turn it is. An anonymous giver cannot be called back: the published answer ends it.

    Source: RT-3, RT-5, RT-6.
    """
    if facts.is_set_aside:
        return Stage.SET_ASIDE
    if facts.contacted_on is None:
        return Stage.CONTACT
    if facts.rectified_on is None:
        return Stage.RECTIFY
    if facts.is_named and facts.called_back_on is None:
        return Stage.CALL_BACK
    return Stage.CLOSED


def due(facts: RedressFacts, calendar: WorkCalendar) -> date | None:
    """The day the present stage is due; None when nothing is.

    Units: a civil day; the call-back is due one working day after the answer, a default of this office.
    Source: RT-3, RT-4, RT-5.
    """
    now = stage(facts)
    if now is Stage.CONTACT:
        return facts.contact_due_on
    if now is Stage.RECTIFY:
        return facts.rectify_due_on
    if now is Stage.CALL_BACK and facts.rectified_on is not None:
        return calendar.add_workdays(facts.rectified_on, CONTACT_WORKDAYS)
    return None


def check_turn(facts: RedressFacts, wanted: Stage) -> None:
    """Whether this is what comes next. Raises: NotItsTurn."""
    if stage(facts) is not wanted:
        raise NotItsTurn


def check_not_own(by: int | None, rated: Collection[int], others: Collection[str]) -> None:
    """Whether this person may act on a rating: the rated person never does.

    Shape: ``others`` are the names of those who may.
    Raises: OwnCase.
    Source: RT-6.
    """
    if by is not None and by in rated:
        raise OwnCase(who="、".join(others) or "12345")


def appeal_last_day(given_on: date, calendar: WorkCalendar) -> date:
    """The last day a rating may be appealed: five working days, a default of this office. Source: RT-6."""
    return calendar.add_workdays(given_on, APPEAL_WORKDAYS)


def check_appeal(
    given_on: date, appealed_on: date | None, reason: str, calendar: WorkCalendar, *, today: date
) -> str:
    """The reason, if this rating may be appealed today.

    Raises: RatingAppealed, RatingAppealTooLate, TooFewWords.
    Source: RT-6.
    """
    if appealed_on is not None:
        raise RatingAppealed(day=appealed_on.isoformat())
    last = appeal_last_day(given_on, calendar)
    if today > last:
        raise RatingAppealTooLate(last=last.isoformat())
    return checked_sentence(reason, "reason")


def check_speaker(text: str) -> str:
    """Who speaks against a rating, if somebody is named. Raises: SpeakerNeeded."""
    name = text.strip()
    if not name:
        raise SpeakerNeeded(field="speaker")
    return name


def checked_sentence(text: str, field: str) -> str:
    """What somebody wrote, if another person can understand it later. Raises: TooFewWords."""
    words = text.strip()
    if len(words) < LEAST_WORDS:
        raise TooFewWords(least=LEAST_WORDS, field=field)
    return words
