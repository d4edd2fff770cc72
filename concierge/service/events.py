"""What happens to service cases, told to whoever listens; no event carries a person's name or number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ServiceCaseOpened:
    """A case was opened. Shape: ``customer`` is a word of the rules, ``project_id`` only for a project's."""

    case_id: int
    project_id: int | None
    number: str
    customer: str
    office: str
    origin: str | None


@dataclass(frozen=True)
class ServiceStepDone:
    """A step of a case is over. Shape: ``skipped`` is True where it was left out, the reason on record."""

    case_id: int
    project_id: int | None
    number: str
    place: int
    step: str
    skipped: bool


@dataclass(frozen=True)
class ServiceCaseClosed:
    """A case is closed. Shape: ``outcome`` is the word of the rules; ``holder_id`` had it in hand."""

    case_id: int
    project_id: int | None
    number: str
    outcome: str
    customer: str
    office: str
    holder_id: int | None
    closed_on: date


@dataclass(frozen=True)
class ServiceCaseSuspended:
    """A case stands still until a day."""

    case_id: int
    project_id: int | None
    until_on: date


@dataclass(frozen=True)
class ServiceCaseResumed:
    """A case goes on."""

    case_id: int
    project_id: int | None
    due_on: date | None


@dataclass(frozen=True)
class ServiceCaseTransferred:
    """A case was sent from one office to another."""

    case_id: int
    project_id: int | None
    from_office: str
    to_office: str


@dataclass(frozen=True)
class ServiceCaseTaken:
    """Somebody took a case in hand."""

    case_id: int
    project_id: int | None
    office: str
    holder_id: int | None


@dataclass(frozen=True)
class ServiceItemSettled:
    """One service of a case is done, or refused with a reason."""

    case_id: int
    project_id: int | None
    code: str
    state: str


@dataclass(frozen=True)
class ServiceSlipIssued:
    """One of the five papers was issued."""

    case_id: int
    project_id: int | None
    slip_id: int
    kind: str


@dataclass(frozen=True)
class EntrustmentSigned:
    """The customer signed the entrustment letter."""

    case_id: int
    project_id: int | None
    signed_on: date


@dataclass(frozen=True)
class ServiceFormFilled:
    """Fields of the one form were filled in. Shape: the codes, never the answers."""

    case_id: int
    project_id: int | None
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ServiceFormRead:
    """Somebody looked at the sensitive answers of a form, and why."""

    case_id: int
    project_id: int | None
    purpose: str


@dataclass(frozen=True)
class ServicePaperNoted:
    """A paper of the set came, was drawn from shared data, or is to come later."""

    case_id: int
    project_id: int | None
    code: str
    state: str


@dataclass(frozen=True)
class ServiceRecordMade:
    """Something was done with people for a case."""

    case_id: int
    project_id: int | None
    kind: str
    satisfaction: int | None


@dataclass(frozen=True)
class ServiceSetMoved:
    """Across regions, the set was sent on, or received electronically by the place in charge."""

    case_id: int
    project_id: int | None
    sent_on: date | None
    received_on: date | None


@dataclass(frozen=True)
class ServiceResultSent:
    """A result left the counter."""

    case_id: int
    project_id: int | None
    delivery_id: int
    way: str


@dataclass(frozen=True)
class ServiceResultMoved:
    """A result is somewhere on its way, was signed for, or came back."""

    case_id: int
    project_id: int | None
    delivery_id: int
    state: str


@dataclass(frozen=True)
class OfficeSetUp:
    """An office of a tier was set up or changed."""

    office_id: int
    code: str


@dataclass(frozen=True)
class ClerkSeated:
    """A person sits in an office from a day on, or no more."""

    office: str
    person_id: int
    is_seated: bool


@dataclass(frozen=True)
class ListingChanged:
    """An office's published list gained or lost a service."""

    office: str
    listing_id: int
    is_listed: bool
