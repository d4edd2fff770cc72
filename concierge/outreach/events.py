"""What happened in outreach: numbers and days only, never whose data it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DueFound:
    """A look at the ledger found people newly due for one service."""

    code: str
    count: int
    on: date


@dataclass(frozen=True)
class DueMoved:
    """So many entitlements of one service went on to one state, by one deed."""

    code: str
    state: str
    count: int
    township_id: int | None


@dataclass(frozen=True)
class EligibilityChanged:
    """A rule of entitlement was changed: what it said, what it says, and why."""

    code: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class LedgerTold:
    """Lines of the ledger of people were taken in."""

    new: int
    changed: int
    faulty: int


@dataclass(frozen=True)
class WishTold:
    """A person consented to a service, said no, or took either back."""

    person_id: int
    service: str
    wish: str


@dataclass(frozen=True)
class SealedOpened:
    """Somebody opened sealed data for a stated purpose."""

    person_id: int | None
    people: int
    purpose: str


@dataclass(frozen=True)
class BatchMoved:
    """A grid's batch was opened, sent, returned or closed."""

    batch_id: int
    state: str
    ready: int
    faulty: int


@dataclass(frozen=True)
class VisitPlanned:
    """Somebody is to visit an enterprise or a household."""

    visit_id: int
    project_id: int | None
    visitor_id: int
    planned_on: date


@dataclass(frozen=True)
class VisitDone:
    """A visit was made, or called off."""

    visit_id: int
    project_id: int | None
    was_made: bool
    problems: int


@dataclass(frozen=True)
class ProblemFound:
    """A problem heard on a visit has a holder and a day."""

    problem_id: int
    project_id: int | None
    holder_id: int
    due_on: date


@dataclass(frozen=True)
class ProblemSettled:
    """A problem heard on a visit is answered."""

    problem_id: int
    project_id: int | None


@dataclass(frozen=True)
class ServiceBooked:
    """A time of service was booked."""

    booking_id: int
    project_id: int | None
    on: date
    counts_on: date
    officer_id: int | None


@dataclass(frozen=True)
class BookingEnded:
    """A booking was served, missed or called off."""

    booking_id: int
    project_id: int | None
    state: str


@dataclass(frozen=True)
class DutyPlanned:
    """Somebody has the duty on a day, or has it no more."""

    on: date
    person_id: int
    township_id: int | None
    is_on: bool
