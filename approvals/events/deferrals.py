"""What happens to papers that come later and to decisions on a promise, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DeferralMoved:
    """Something happened to a paper that comes later: promised, granted, supplied, overdue, made good, ….

    Shape: ``move`` is the word of ``DeferralMove``, ``state`` that of ``DeferralState`` after it;
        ``producer`` the step whose result the paper is, empty where the enterprise brings it.
    """

    deferral_id: int
    project_id: int
    step_id: int
    number: str
    material: str
    producer: str
    move: str
    state: str
    due_on: date | None
    reason: str = ""


@dataclass(frozen=True)
class DeferralDue:
    """The enterprise and both officers are to be told of a due day. Shape: ``reminder`` of ``Reminder``."""

    deferral_id: int
    project_id: int
    step_id: int
    number: str
    material: str
    reminder: str
    due_on: date
    workdays_left: int


@dataclass(frozen=True)
class CreditRecorded:
    """A promise that was not kept is on record. Shape: the bare fact."""

    credit_id: int
    project_id: int
    uscc: str
    number: str
    due_on: date
    was_supplied: bool


@dataclass(frozen=True)
class CreditChanged:
    """A record of a broken promise was objected to, answered, or taken out of sight."""

    credit_id: int
    project_id: int
    uscc: str
    number: str
    what: str
    reason: str


@dataclass(frozen=True)
class AssuranceMoved:
    """A matter was decided on a promise, the promise was checked, or the decision revoked."""

    assurance_id: int
    project_id: int
    step_id: int
    number: str
    state: str
    reason: str
