"""Put a deferral aside: its case was withdrawn, ended, or the letter was given up before the grant."""

from __future__ import annotations

from approvals.models.deferral import DeferralRow
from approvals.rules.credit import CreditReasonMissing
from approvals.rules.deferral_course import DeferralMove
from approvals.services.move_deferral import move_deferral
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def void_deferral(deferral_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Put a deferral aside, with the reason.

    Raises: Missing, Stale, NoSuchDeferralMove, CreditReasonMissing.
    """
    with work(by) as w:
        row = w.get(DeferralRow, deferral_id, version=version)
        if not reason.strip():
            raise CreditReasonMissing(field="reason")
        void(w, row, reason.strip())


def void(w: Work, row: DeferralRow, reason: str) -> None:
    """The same in the caller's work, on a deferral it holds."""
    move_deferral(w, row, DeferralMove.VOID, reason=reason)
