"""What the plan of all projects has agreed for one step: its acceptance, and what that day waits for."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date


class HeldBy(enum.Enum):
    """What a step waits for beyond its own predecessors."""

    __hash__ = object.__hash__  # of its own it hashes its name in Python, at every booking of an event

    NOTHING = "nothing"
    """Nothing holds it; or what held it has gone, and the day was kept because others count on it."""
    BENCH = "bench"
    """Its department has no reviewer free before."""
    OFFICER = "officer"
    """No concierge officer of its pair can hand it in before."""
    SITTING = "sitting"
    """Its joint review sits no earlier."""


@dataclass(frozen=True, kw_only=True)
class Booking:
    """The day one step is to be accepted in the plan of all projects, and what that day waits for.

    ``held_workdays`` is how many days ``held_by`` held it when it was booked, 0 where nobody counted; what it
    waits beyond them is a day kept for others' sake.
    ``decided_from`` is the first day the opinion of its sitting is there: its decision does not come before.
    ``waits_from`` to ``waits_until`` are the working days it lies prepared for what holds it, and
    ``waited_workdays`` how many they are; a project's own plan fills them from its own dates.

    Units: civil days; ``held_workdays`` and ``waited_workdays`` in working days.
    Shape: ``department`` and ``review_group`` are codes of the catalogue, ``officer`` is a person's name;
        ``sitting_half`` is 0 in the morning, 1 in the afternoon.
    """

    accept_on: date
    held_by: HeldBy = HeldBy.NOTHING
    held_workdays: int = 0
    department: str = ""
    review_group: str = ""
    officer: str = ""
    sitting_on: date | None = None
    sitting_half: int = 0
    decided_from: date | None = None
    waits_from: date | None = None
    waits_until: date | None = None
    waited_workdays: int = 0

    @property
    def key(self) -> str:
        """What holds it, for the planner to carry: bench:HCB, sitting:JR_SCHEME, officer:…"""
        match self.held_by:
            case HeldBy.BENCH:
                return f"bench:{self.department}"
            case HeldBy.SITTING:
                return f"sitting:{self.review_group}"
            case HeldBy.OFFICER:
                return f"officer:{self.officer}"
        return "nothing:"


_SAYS_NOTHING = {field.name: field.default for field in fields(Booking)}


def booking_body(booking: Booking) -> dict[str, object]:
    """A booking as plain words and numbers, ready for JSON; what says nothing is left out."""
    found: dict[str, object] = {}
    for name, default in _SAYS_NOTHING.items():
        value = getattr(booking, name)
        if value == default:
            continue
        if isinstance(value, date):
            value = value.isoformat()
        found[name] = value.value if isinstance(value, HeldBy) else value
    return found


def read_booking(body: Mapping[str, object]) -> Booking:
    """The booking ``booking_body`` wrote."""

    def day(name: str) -> date | None:
        return date.fromisoformat(str(body[name])) if name in body else None

    return Booking(
        accept_on=date.fromisoformat(str(body["accept_on"])),
        held_by=HeldBy(body.get("held_by", HeldBy.NOTHING.value)),
        held_workdays=int(str(body.get("held_workdays", 0))),
        department=str(body.get("department", "")),
        review_group=str(body.get("review_group", "")),
        officer=str(body.get("officer", "")),
        sitting_on=day("sitting_on"),
        sitting_half=int(str(body.get("sitting_half", 0))),
        decided_from=day("decided_from"),
        waits_from=day("waits_from"),
        waits_until=day("waits_until"),
        waited_workdays=int(str(body.get("waited_workdays", 0))),
    )
