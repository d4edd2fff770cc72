"""What people say about a finished service: five levels, the reasons beside them, and what a rating needs."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.kernel.errors import N_, ConciergeError, Invalid, Refusal

PREFIX = "qyg_r_"
INVITE_DAYS = 3
INVITE_UNTIL_DAYS = 30
LINK_DAYS = 90
LONGEST_WORDS = 200
LONGEST_NAME = 60
LONGEST_PHONE = 30


class Level(enum.Enum):
    """The five levels, the best first.

    Source: RT-1.
    """

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    FAIRLY_SATISFIED = "fairly_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"

    @property
    def grade(self) -> int:
        """The level as a number, 5 for the best. Source: RT-1."""
        return GRADE_OF[self]

    @property
    def is_negative(self) -> bool:
        """Whether somebody has to act on it: the last two. Source: RT-1."""
        return self in NEGATIVE


GRADE_OF = dict(zip(Level, (5, 4, 3, 2, 1), strict=True))
NEGATIVE = frozenset({Level.DISSATISFIED, Level.VERY_DISSATISFIED})


class Rated(enum.Enum):
    """What is rated: the decision on one step, one service case, or a whole project.

    Source: RT-1.
    """

    STEP = "step"
    SERVICE = "service"
    PROJECT = "project"


class Reason(enum.Enum):
    """What was good, and what was not."""

    TOLD_AT_ONCE = "told_at_once"
    FEW_TRIPS = "few_trips"
    KEPT_PROMISE = "kept_promise"
    CAME_TO_US = "came_to_us"
    FRIENDLY = "friendly"
    PROGRESS_SEEN = "progress_seen"
    NOT_TOLD_AT_ONCE = "not_told_at_once"
    EXTRA_PAPERS = "extra_papers"
    LATE = "late"
    SENT_AROUND = "sent_around"
    NOBODY_REACHED = "nobody_reached"
    UNFRIENDLY = "unfriendly"
    CHARGED = "charged"

    @property
    def is_fault(self) -> bool:
        """Whether it names what went wrong."""
        return self in FAULTS


FAULTS = frozenset(list(Reason)[6:])


class Channel(enum.Enum):
    """How a rating came in."""

    LINK = "link"
    PAPER = "paper"
    PHONE = "phone"


class LevelNeeded(Invalid):
    """No level was chosen."""

    message = N_("Choose one of the five levels.")


class FaultNeeded(Invalid):
    """A negative rating says what went wrong, or nobody can put it right."""

    message = N_("Choose at least one thing that went wrong, so that it can be put right.")


class TooManyWords(Invalid):
    """More than the form takes."""

    message = N_(
        "Write at most %(most)s characters; these are %(count)s. Nothing was lost: shorten and send."
    )


class RaterNeeded(Invalid):
    """A rating with a name needs the name and a way to reach its giver."""

    message = N_("Give your name and a telephone number, or tick “anonymous”.")


class RatedBefore(Refusal):
    """One service, one rating."""

    message = N_(
        "This was rated on %(day)s. One service has one rating; after the answer there is one more word."
    )


class NoMoreWord(Refusal):
    """A follow-up rating comes once, after the answer to a negative one."""

    message = N_("A follow-up rating is given once, after the answer to a negative rating is there.")


class RatingTaken(Refusal):
    """The service is not finished any more: its result was taken back."""

    message = N_(
        "This service is open again, so there is nothing to rate yet. You may rate it when it is done."
    )


class RatingLinkExpired(ConciergeError):
    """The link was one of ours, and its time is over."""

    message = N_("This link to a rating ended on %(last)s. The concierge office can send another.")
    status = 410


@dataclass(frozen=True, kw_only=True)
class Given:
    """A rating as somebody gives it.

    Shape: ``name`` and ``phone`` are empty for an anonymous one.
    """

    level: Level
    reasons: frozenset[Reason] = frozenset()
    words: str = ""
    is_anonymous: bool = True
    name: str = ""
    phone: str = ""


def checked_rating(given: Given) -> Given:
    """The rating, if it may be kept; an anonymous one keeps neither name nor number.

    Raises: FaultNeeded, TooManyWords, RaterNeeded.
    Source: RT-1, RT-3, RT-7.
    """
    if given.level.is_negative and not FAULTS & given.reasons:
        raise FaultNeeded(field="faults")
    words = checked_length(given.words)
    if given.is_anonymous:
        return Given(level=given.level, reasons=given.reasons, words=words)
    name, phone = given.name.strip()[:LONGEST_NAME], given.phone.strip()[:LONGEST_PHONE]
    if not name or not phone:
        raise RaterNeeded(field="name" if not name else "phone")
    return Given(
        level=given.level, reasons=given.reasons, words=words, is_anonymous=False, name=name, phone=phone
    )


def checked_length(words: str) -> str:
    """What somebody wrote, if it is not too long. Raises: TooManyWords."""
    kept = words.strip()
    if len(kept) > LONGEST_WORDS:
        raise TooManyWords(most=LONGEST_WORDS, count=len(kept), field="words")
    return kept


def is_invited(
    closed_on: date, *, is_rated: bool, is_invited: bool, today: date, days: int = INVITE_DAYS
) -> bool:
    """Whether the one invitation is due: some days after closing, without a rating and without one before.

    What was closed more than a month ago is not asked about any more: nobody remembers it well.

    Units: calendar days after the day of closing.
    Source: RT-2; its last day is a default of this office.
    """
    first, last = closed_on + timedelta(days=days), closed_on + timedelta(days=INVITE_UNTIL_DAYS)
    return not is_rated and not is_invited and first <= today <= last
