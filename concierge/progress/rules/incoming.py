"""A thing that came in by a link: what it must say, by when it is answered, and who may do what with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.progress.rules.acts import ActKind, IncomingState

ANSWER_WORKDAYS = 1
"""Working days until the enterprise hears something; a default of this office."""
LEAST_WORDS = 2
LONGEST_WORDS = 1000
LONGEST_NAME = 60
LONGEST_PLACE = 120
LONGEST_ANSWER = 1000
LONGEST_AHEAD_DAYS = 90

WINDOW = "ASB"
"""The department whose window hears what cannot be done (办不成事). Source: ES-1."""
OWN_SIDE = frozenset({"ENT", "INT"})

FOLLOWING: Mapping[ActKind, frozenset[IncomingState]] = {
    ActKind.UPLOAD: frozenset({IncomingState.TAKEN, IncomingState.DECLINED}),
    ActKind.PICK_UP: frozenset({IncomingState.TAKEN, IncomingState.ANSWERED, IncomingState.DECLINED}),
    ActKind.COMMITMENT: frozenset({IncomingState.TAKEN}),
    ActKind.PROBLEM: frozenset({IncomingState.TAKEN}),
    ActKind.MESSAGE: frozenset({IncomingState.ANSWERED}),
    ActKind.VISIT: frozenset({IncomingState.TAKEN, IncomingState.ANSWERED, IncomingState.DECLINED}),
    ActKind.SCENARIO: frozenset({IncomingState.ANSWERED}),
}
"""What may become of each kind. A signed commitment and a report are taken as they come."""


class WordsNeeded(Invalid):
    """A message without words."""

    message = N_("Write what it is about, in a few words. Nothing was sent yet.")


class WordsTooLong(Invalid):
    """More than the form takes."""

    message = N_(
        "Write at most %(most)s characters; these are %(count)s. Nothing is lost: shorten it and send again."
    )


class DayWrong(Invalid):
    """A day in the past, or further ahead than anybody plans."""

    message = N_("Choose a day from today on, within %(days)s days.")


class PlaceNeeded(Invalid):
    """Nobody knows where to go."""

    message = N_("Say where: address, building, room or gate.")


class CallerNameNeeded(Invalid):
    """Nobody to ask for."""

    message = N_("Write whom to ask for, so that we do not stand before a closed door.")


class ReplyNeeded(Invalid):
    """An answer without words."""

    message = N_("Write the answer: the enterprise reads exactly this.")


class HandledBefore(Refusal):
    """Somebody of the office was faster."""

    message = N_("%(who)s dealt with this already. Reload the page to see what was answered.")


class NotWhatFollows(Refusal):
    """Not what becomes of this kind of thing."""

    message = N_("This cannot be done with what came in. Reload the page and use one of its buttons.")


class LinkMayNotSend(Refusal):
    """The link was given for looking only."""

    message = N_(
        "This link is for reading only. The concierge office can give you one that takes materials: its"
        " telephone number stands at the foot of the page."
    )


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A visit or a pick-up as the enterprise asks for it.

    Units: ``begins`` is a time of day in Asia/Shanghai, None for any time.
    """

    wanted_on: date
    begins: time | None
    place: str
    name: str
    words: str


def checked_words(raw: str, field: str = "words", *, least: int = LEAST_WORDS) -> str:
    """What somebody wrote, as it is kept.

    Raises: WordsNeeded, WordsTooLong.
    """
    words = raw.strip()
    if len(words) < least:
        raise WordsNeeded(field=field)
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(most=LONGEST_WORDS, count=len(words), field=field)
    return words


def checked_wish(asked: Wish, *, today: date) -> Wish:
    """The wish, if somebody can plan by it.

    Raises: DayWrong, PlaceNeeded, CallerNameNeeded, WordsNeeded, WordsTooLong.
    """
    if not 0 <= (asked.wanted_on - today).days <= LONGEST_AHEAD_DAYS:
        raise DayWrong(days=LONGEST_AHEAD_DAYS, field="wanted_on")
    if not asked.place.strip():
        raise PlaceNeeded(field="place")
    if not asked.name.strip():
        raise CallerNameNeeded(field="name")
    return Wish(
        wanted_on=asked.wanted_on,
        begins=asked.begins,
        place=asked.place.strip()[:LONGEST_PLACE],
        name=asked.name.strip()[:LONGEST_NAME],
        words=checked_words(asked.words),
    )


def check_handling(kind: ActKind, state: IncomingState, to: IncomingState, *, who: str) -> None:
    """Whether a thing that came in may be dealt with so.

    Shape: ``who`` dealt with it before, if anybody did.
    Raises: HandledBefore, NotWhatFollows.
    """
    if state.is_over:
        raise HandledBefore(who=who)
    if to not in FOLLOWING[kind]:
        raise NotWhatFollows


def checked_reply(raw: str) -> str:
    """The office's answer, as the enterprise reads it. Raises: ReplyNeeded."""
    words = raw.strip()[:LONGEST_ANSWER]
    if not words:
        raise ReplyNeeded(field="answer")
    return words


def called_department(department: str) -> str:
    """Whose chief representative a report calls: the step's department, else the window's own.

    Shape: nobody is called at the enterprise itself or at a firm it hires.
    Source: ES-1, ES-3.
    """
    return WINDOW if not department or department in OWN_SIDE else department
