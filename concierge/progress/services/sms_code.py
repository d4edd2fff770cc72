"""A code by SMS to a number on file: sent, compared, and good for one thing only."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Protocol

from flask import current_app

from concierge.kernel import clock, letters
from concierge.kernel.addresses import is_mobile
from concierge.kernel.tokens import hashed
from concierge.kernel.work import Work
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.rules.codes import (
    CODE_SIGNS,
    GOOD_FOR,
    MOST_TRIES,
    CodeEnded,
    CodeWrong,
    NoMobileKnown,
    check_typing,
)
from concierge.progress.services.make_link import address_of

SMS = "sms"
SIGNING = "signing"
A_DAY = timedelta(hours=24)


class Coded(Protocol):
    """A row that waits for its code. Shape: of the code only a keyed hash is kept, while it is good."""

    project_id: int
    code_hash: str
    code_until: datetime | None
    code_tries: int


def number_on_file(w: Work, link_id: int) -> str:
    """The mobile number of whoever holds a link. Raises: Missing; NoMobileKnown."""
    number = address_of(w.get(ProgressLinkRow, link_id))
    if not is_mobile(number):
        raise NoMobileKnown
    return number


def send_code(w: Work, row: Coded, about: str, number: str) -> None:
    """Send a new code to a number. Shape: ``about`` names the one thing it is good for, ``signing:7``.

    Effects: leaves a letter for whoever carries SMS.
    """
    code = f"{secrets.randbelow(10**CODE_SIGNS):0{CODE_SIGNS}d}"
    row.code_hash, row.code_until = code_hash(about, code), clock.now() + GOOD_FOR
    letters.leave_sms(w, number, {"code": code}, kind=SIGNING, occasion=about, project_id=row.project_id)


def is_code(row: Coded, about: str, typed: str) -> bool:
    """Whether this is the code; a wrong one is counted, the right one is used up.

    Raises: CodeEnded.
    """
    check_typing(row.code_until, row.code_tries, clock.now())
    is_right = hmac.compare_digest(row.code_hash, code_hash(about, typed.strip()))
    if is_right:
        row.code_hash, row.code_until = "", None
    else:
        row.code_tries += 1
    return is_right


def refusal_of(tries: int) -> CodeWrong | CodeEnded:
    """What is told after a wrong code: raised when the count of it is kept, so after the work ended."""
    left = MOST_TRIES - tries
    return CodeWrong(left=left, field="code") if left > 0 else CodeEnded(field="code")


def code_hash(about: str, code: str) -> str:
    """What is kept of a code: good for this one thing only."""
    return hashed(f"{about}:{code}", current_app.config["SECRET_KEY"])
