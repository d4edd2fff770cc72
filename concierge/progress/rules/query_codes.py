"""Query codes: ten signs that are easily read and typed, and how patient the page is with wrong ones."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from concierge.kernel.errors import N_, ConciergeError, Refusal

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: what is read from paper is typed as it was meant."""
LENGTH = 10
SEED_BYTES = 16
MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=15)


class CodeUnknown(Refusal):
    """No project has this code, or no longer."""

    message = N_("There is no project with this code. Look at it again, sign by sign.")
    status = 404


class TooManyWrongCodes(ConciergeError):
    """Five wrong codes within a quarter of an hour from one place."""

    message = N_("That were too many wrong codes. Wait %(minutes)s minutes, or call the concierge office.")
    status = 429


@dataclass(frozen=True)
class WrongTries:
    """How often one place was wrong of late."""

    tries: int
    since_at: datetime
    locked_until: datetime | None


def new_seed() -> str:
    """What a new code is made from; kept, and worth nothing without the system's secret key.

    Units: 128 random bits.
    """
    return secrets.token_hex(SEED_BYTES)


def code_of_seed(seed: str, signing_key: str) -> str:
    """The code of a seed: the same whenever a paper or a message has to carry it, so it need not be kept.

    Units: 49 bits, of which five in a quarter of an hour may be tried.
    """
    own = hmac.new(signing_key.encode(), b"concierge query codes are made", hashlib.sha256).digest()
    left = int.from_bytes(hmac.new(own, seed.encode(), hashlib.sha256).digest())
    code = ""
    for _ in range(LENGTH):
        left, place = divmod(left, len(SIGNS))
        code += SIGNS[place]
    return code


def written(code: str) -> str:
    """A code as it stands on paper: in two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def read(typed: str) -> str:
    """A code from what somebody typed: capitals, without spaces and hyphens; empty for what can be none."""
    kept = "".join(sign for sign in typed.upper() if sign.isalnum())
    return kept if len(kept) == LENGTH and set(kept) <= set(SIGNS) else ""


def code_hash(code: str, signing_key: str) -> str:
    """What is kept of a code: HMAC-SHA-256 with a key that serves nothing else.

    Shape: 64 hexadecimal digits.
    """
    own = hmac.new(signing_key.encode(), b"concierge query codes", hashlib.sha256).digest()
    return hmac.new(own, code.encode(), hashlib.sha256).hexdigest()


def check_patience(known: WrongTries | None, now: datetime) -> None:
    """Refuse a place that was wrong too often.

    Raises: TooManyWrongCodes.
    Source: PL-9.
    """
    if known is not None and known.locked_until is not None and known.locked_until > now:
        left = -int((now - known.locked_until).total_seconds() // 60)
        raise TooManyWrongCodes(minutes=max(1, left))


def one_more(known: WrongTries | None, now: datetime) -> WrongTries:
    """What is known of a place after one more wrong code: the fifth within a quarter of an hour locks it."""
    is_new = known is None or known.locked_until is not None or now - known.since_at > LOCKED_FOR
    tries = 1 if known is None or is_new else known.tries + 1
    since = now if known is None or is_new else known.since_at
    return WrongTries(tries, since, now + LOCKED_FOR if tries >= MOST_WRONG else None)
