"""Refuse a deferral: the paper is handed in the ordinary way."""

from __future__ import annotations

from approvals.models.deferral import DeferralRow
from approvals.rules.credit import CreditReasonMissing
from approvals.rules.deferral_course import DeferralMove
from approvals.services.move_deferral import move_deferral
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def refuse_deferral(deferral_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Refuse a signed deferral, with the reason.

    Raises: Missing, Stale, NoSuchDeferralMove, CreditReasonMissing.
    Source: DF-2, refusal means the ordinary way.
    """
    with work(by) as w:
        row = w.get(DeferralRow, deferral_id, version=version)
        if not reason.strip():
            raise CreditReasonMissing(field="reason")
        move_deferral(w, row, DeferralMove.REFUSE, reason=reason.strip())
