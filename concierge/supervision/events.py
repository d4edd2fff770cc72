"""What supervision does, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CardShown:
    """A department was shown a card for a step; ``colour`` and ``cause`` are the words of the rules."""

    card_id: int
    project_id: int
    step_id: int
    code: str
    department: str
    colour: str
    cause: str
    limit_on: date
    shown_on: date


@dataclass(frozen=True)
class CardEnded:
    """A card is live no more; it stays on record. Shape: ``how`` is the word of the rules."""

    card_id: int
    project_id: int
    step_id: int
    code: str
    department: str
    colour: str
    how: str
    on: date


@dataclass(frozen=True)
class CardEscalated:
    """A red card reached one more level. Shape: ``level`` is the word of the rules."""

    card_id: int
    project_id: int
    step_id: int
    code: str
    department: str
    level: str
    on: date


@dataclass(frozen=True)
class AppealMade:
    """A department spoke against a card; it keeps its colour until somebody decides."""

    appeal_id: int
    card_id: int
    project_id: int
    department: str
    on: date


@dataclass(frozen=True)
class AppealDecided:
    """An appeal was upheld, and the card taken down, or it was rejected."""

    appeal_id: int
    card_id: int
    project_id: int
    department: str
    ruling: str
    reason: str
    on: date


@dataclass(frozen=True)
class OrderIssued:
    """A department was ordered to act on a red card and to answer by a day."""

    order_id: int
    card_id: int
    project_id: int
    department: str
    year: int
    serial: int
    answer_due_on: date


@dataclass(frozen=True)
class OrderAnswered:
    """A department answered a supervision order."""

    order_id: int
    card_id: int
    project_id: int
    department: str
    on: date


@dataclass(frozen=True)
class DepartmentChased:
    """Somebody urged a department about a step."""

    chase_id: int
    project_id: int
    step_id: int
    department: str
    way: str
    on: date


@dataclass(frozen=True)
class ComplaintTaken:
    """Somebody complained of an approval, or the hotline sent an order."""

    complaint_id: int
    project_id: int | None
    department: str
    way: str
    year: int
    serial: int
    due_on: date


@dataclass(frozen=True)
class ComplaintMoved:
    """A complaint was accepted, declined, sent back, or given its longer days."""

    complaint_id: int
    project_id: int | None
    department: str
    what: str
    due_on: date
    on: date


@dataclass(frozen=True)
class ComplaintAnswered:
    """A complaint was looked into and answered."""

    complaint_id: int
    project_id: int | None
    department: str
    finding: str
    is_in_time: bool
    on: date
