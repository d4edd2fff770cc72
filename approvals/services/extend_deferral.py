"""Extend a deferral, once, for force majeure or an authority's own delay."""

from __future__ import annotations

from approvals.models.deferral import DeferralRow
from approvals.queries import catalogue
from approvals.rules.deferral_course import DeferralMove, ExtensionGround, due_after_extension
from approvals.services.move_deferral import move_deferral
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def extend_deferral(
    deferral_id: int,
    workdays: int,
    ground: ExtensionGround,
    proof: str,
    *,
    version: int | None = None,
    by: Actor,
) -> None:
    """Move the due day once.

    Units: ``workdays`` are working days after the first due day.
    Raises: Missing, Stale, DeferralExtendedAlready, DeferralExtensionTooLate, DeferralExtensionTooLong,
        ProofMissing.
    Source: DF-9.
    """
    with work(by) as w:
        row = w.get(DeferralRow, deferral_id, version=version)
        calendar, today = catalogue.work_calendar(w.session), clock.today()
        due_on = due_after_extension(row.course(), workdays, proof, today=today, calendar=calendar)
        row.first_due_on, row.due_on = row.due_on, due_on
        row.extended_on, row.extension_workdays = today, workdays
        row.extension_ground, row.extension_proof = ground, proof.strip()
        move_deferral(w, row, DeferralMove.EXTEND, reason=proof.strip())
