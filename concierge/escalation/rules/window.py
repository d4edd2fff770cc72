"""What the county says of its window: who can be called, who is on duty, which causes it counts by."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.escalation.rules.report import ContactPost
from concierge.escalation.rules.telling import DepartmentNeeded, ReporterNeeded, checked_phone
from concierge.kernel.errors import N_, Invalid, Refusal

LONGEST_ROSTER_DAYS = 92
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


class ContactEnded(Refusal):
    """The contact is not called any more."""

    message = N_("%(person)s is not called since %(day)s. Name somebody anew.")


class RosterTooLong(Invalid):
    """A roster nobody keeps."""

    message = N_("A roster reaches from its first day to its last, at most %(most)s days.")


class CauseCodeWrong(Invalid):
    """A code programs cannot count by."""

    message = N_("Write a code of small letters, digits and _, such as land_plan.")


class CauseTaken(Invalid):
    """Two causes of one code."""

    message = N_("The cause %(code)s is there already. Choose another code.")


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """Somebody who can be called.

    Shape: ``departments`` is one code; none or several only for a county leader.
    Raises: ReporterNeeded, PhoneNeeded, DepartmentNeeded.
    Source: ES-3, ES-5.
    """

    post: ContactPost
    departments: tuple[str, ...]
    name: str
    phone: str
    title: str = ""
    person_id: int | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ReporterNeeded(field="name")
        checked_phone(self.phone, "phone")
        if self.post is not ContactPost.COUNTY_LEADER and len(self.departments) != 1:
            raise DepartmentNeeded(field="departments")


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
