"""Look at a paper that came later: fit closes the deferral, unfit sends it back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.models.paper import PaperVersionRow
from approvals.queries import catalogue
from approvals.rules.credit import CreditReasonMissing
from approvals.rules.deferral_course import DeferralMove, rejecting_move
from approvals.rules.papers import Finding
from approvals.services.check_paper import check
from approvals.services.move_deferral import move_deferral
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def verify_deferral(deferral_id: int, verified_by: str, *, version: int | None = None, by: Actor) -> None:
    """Find the paper fit, and close the deferral.

    Raises: Missing, Stale, NoSuchDeferralMove.
    """
    with work(by) as w:
        row = w.get(DeferralRow, deferral_id, version=version)
        verify(w, row, verified_by.strip() or by.label)
        _find(w, row, Finding.FIT)


def verify(w: Work, row: DeferralRow, verified_by: str, *, on: date | None = None, reason: str = "") -> None:
    """The same in the caller's work, on a deferral it holds."""
    move_deferral(w, row, DeferralMove.VERIFY, on=on, reason=reason)
    row.verified_on, row.verified_by = on or clock.today(), verified_by
    move_deferral(w, row, DeferralMove.CLOSE, on=on)


def reject_deferral(deferral_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Find the paper unfit, and say why: it may come again in time, or on one day of grace.

    Raises: Missing, Stale, NoSuchDeferralMove, CreditReasonMissing.
    Source: DF-10.
    """
    with work(by) as w:
        row = w.get(DeferralRow, deferral_id, version=version)
        reject(w, row, reason)
        _find(w, row, Finding.UNFIT, reason)


def reject(w: Work, row: DeferralRow, reason: str) -> None:
    """The same in the caller's work, on a deferral it holds."""
    if not reason.strip():
        raise CreditReasonMissing(field="reason")
    today = clock.today()
    move = rejecting_move(row.course(), today=today)
    row.rejections += 1
    if move is DeferralMove.REJECT_LATE:
        row.overdue_on = catalogue.work_calendar(w.session).next_workday(today)
    elif move is DeferralMove.DEFAULT:
        row.defaulted_on = today
    else:
        row.supplied_on = None
    move_deferral(w, row, move, reason=reason.strip())


def _find(w: Work, row: DeferralRow, finding: Finding, reason: str = "") -> None:
    """Say the same of the paper itself, where it was taken in."""
    newest = w.session.scalar(
        select(PaperVersionRow)
        .where(
            PaperVersionRow.project_id == row.project_id,
            PaperVersionRow.material == row.material,
            PaperVersionRow.withdrawn_at.is_(None),
        )
        .order_by(PaperVersionRow.number.desc())
        .limit(1)
        .with_for_update()
    )
    if newest is not None and newest.finding is not finding:
        check(w, newest, finding, clock.today(), reason=reason)
