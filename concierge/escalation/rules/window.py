"""What the county says of its window: who is on duty, which causes it counts by."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from concierge.kernel.errors import N_, Invalid

LONGEST_ROSTER_DAYS = 92
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


class RosterTooLong(Invalid):
    """A roster nobody keeps."""

    message = N_("A roster reaches from its first day to its last, at most %(most)s days.")


class CauseCodeWrong(Invalid):
    """A code programs cannot count by."""

    message = N_("Write a code of small letters, digits and _, such as land_plan.")


class CauseTaken(Invalid):
    """Two causes of one code."""

    message = N_("The cause %(code)s is there already. Choose another code.")


def roster_days(first_on: date, last_on: date) -> tuple[date, ...]:
    """The days of a roster, both ends included. Raises: RosterTooLong."""
    length = (last_on - first_on).days + 1
    if not 1 <= length <= LONGEST_ROSTER_DAYS:
        raise RosterTooLong(most=LONGEST_ROSTER_DAYS, field="last_on")
    return tuple(first_on + timedelta(days=n) for n in range(length))


def checked_cause(code: str, known: Collection[str]) -> str:
    """The code of a new cause. Raises: CauseCodeWrong, CauseTaken."""
    wanted = code.strip()
    if not CODE.fullmatch(wanted):
        raise CauseCodeWrong(field="code")
    if wanted in known:
        raise CauseTaken(code=wanted, field="code")
    return wanted
