"""A code by SMS proves that a number is in somebody's hand: how long it is good, how often it is typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from concierge.kernel.errors import N_, Invalid, Refusal

CODE_SIGNS = 6
GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
PAUSE = timedelta(seconds=60)
MOST_A_DAY = 5


class CodeWrong(Invalid):
    """Not the code that was sent."""

    message = N_("That is not the code. Look at the message again; you may try %(left)s more times.")


class CodeEnded(Refusal):
    """The code was not used in time, or was typed wrongly too often."""

    message = N_("This code is not good any more. Have another one sent.")


class CodeTooSoon(Refusal):
    """Another code within the minute."""

    message = N_("A code is on its way. Wait a minute before asking for another one.")


class TooManyCodes(Refusal):
    """More codes in a day than anybody needs."""

    message = N_(
        "%(most)s codes were sent today already. Call the concierge office: it can help at once, or try again"
        " tomorrow."
    )


class NoMobileKnown(Refusal):
    """The link has no mobile number of its recipient, so no code can go anywhere."""

    message = N_(
        "The office has no mobile number for this link, so no code can be sent. Call the concierge office: it"
        " enters the number, or takes your signature on paper."
    )


class NoSmsHere(Refusal):
    """This county has no SMS service set up."""

    message = N_(
        "No SMS can be sent from here at the moment. Call the concierge office: it takes your signature on"
        " paper, and nothing is lost."
    )


def check_another(asked_at: datetime | None, sent_today: int, now: datetime) -> None:
    """Whether another code may be sent now.

    Raises: CodeTooSoon, TooManyCodes.
    """
    if asked_at is not None and now - asked_at < PAUSE:
        raise CodeTooSoon
    if sent_today >= MOST_A_DAY:
        raise TooManyCodes(most=MOST_A_DAY)


def check_typing(until: datetime | None, tries: int, now: datetime) -> None:
    """Whether a code can still be typed. Raises: CodeEnded."""
    if until is None or now > until or tries >= MOST_TRIES:
        raise CodeEnded(field="code")
