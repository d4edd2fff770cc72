"""The course of a deferral: its states, the only moves between them, its days and its reminders."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


class DeferralState(enum.Enum):
    """Where a deferral stands."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    REFUSED = "refused"
    GRANTED = "granted"
    SUPPLIED = "supplied"
    VERIFIED = "verified"
    CLOSED = "closed"
    OVERDUE = "overdue"
    DEFAULTED = "defaulted"
    CREDIT_RECORDED = "credit_recorded"
    REPAIRED = "repaired"
    VOID = "void"


class ExtensionGround(enum.Enum):
    """Why a due day may move once.

    Source: DF-9.
    """

    FORCE_MAJEURE = "force_majeure"
    AUTHORITY_DELAY = "authority_delay"


class Reminder(enum.Enum):
    """When the enterprise and both officers are told.

    Source: DF-8.
    """

    GRANTED = "granted"
    HALF_TIME = "half_time"
    THREE_LEFT = "three_left"
    ONE_LEFT = "one_left"
    DUE = "due"
    OVERDUE = "overdue"


OPEN = frozenset(
    {DeferralState.GRANTED, DeferralState.SUPPLIED, DeferralState.VERIFIED, DeferralState.OVERDUE}
)
"""What is granted and not made good: it counts against the caps and holds the certificate back."""

BRIDGING = OPEN | {DeferralState.CLOSED}
"""Where the gate stays relaxed: a case accepted over the bridge stays accepted once the paper is there."""


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A paper the certificate of a step waits for, under a granted deferral.

    Shape: ``producer`` is the step whose result it is, empty where the enterprise brings it;
        ``may_issue_first`` that the certificate need not wait (state 12).
    Source: DF-7; S12, state 12.
    """

    deferral_id: int
    number: str
    material: str
    state: DeferralState
    due_on: date
    producer: str = ""
    may_issue_first: bool = False
