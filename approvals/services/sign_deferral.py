"""Record that the enterprise signed the commitment letter."""

from __future__ import annotations

from datetime import date

from approvals.models.deferral import DeferralRow
from approvals.rules.agents import check_owner_signs
from approvals.rules.commitment import check_signature
from approvals.rules.deferral_course import DeferralMove
from approvals.rules.progress import NotYet
from approvals.services.move_deferral import move_deferral
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def sign_deferral(
    deferral_id: int, signed_by: str, *, on: date, agent: str = "", version: int | None = None, by: Actor
) -> None:
    """Record who signed, and when; ``agent`` acts for the applicant, if anybody does.

    Raises: Missing, Stale, NoSuchDeferralMove, SignatureMissing, OwnerMustSign, NotYet.
    Source: DF-2, DF-3, AC-16.
    """
    with work(by) as w:
        sign(w, w.get(DeferralRow, deferral_id, version=version), signed_by, on=on, agent=agent)


def sign(w: Work, row: DeferralRow, signed_by: str, *, on: date, agent: str = "") -> None:
    """The same in the caller's work, on a deferral it holds."""
    check_signature(signed_by)
    check_owner_signs(signed_by, (w.by.label,))
    if on > clock.today():
        raise NotYet(day=on.isoformat(), field="signed_on")
    row.signed_by, row.signed_on, row.agent = signed_by.strip(), on, agent.strip()
    move_deferral(w, row, DeferralMove.SIGN, on=on)
