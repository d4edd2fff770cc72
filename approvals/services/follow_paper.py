"""What becomes of a paper says what becomes of the deferrals that wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select

from approvals.models.deferral import DeferralRow
from approvals.models.paper import PaperVersionRow
from approvals.rules.deferral_course import DeferralState
from approvals.services.supply_deferral import supply
from approvals.services.verify_deferral import reject, verify
from concierge.kernel.work import Work

_WAITING = (DeferralState.GRANTED, DeferralState.OVERDUE)


def paper_came(w: Work, project_id: int, material: str, on: date) -> None:
    """A paper was taken in: what waits for it has it; may be run twice.

    Shape: a paper that came before the grant is not what was promised.
    """
    for row in _rows(w, project_id, material, _WAITING):
        if row.granted_on is not None and on >= row.granted_on:
            supply(w, row, on)


def paper_was_fit(w: Work, project_id: int, material: str) -> None:
    """A paper was found fit: what it was promised for is closed; may be run twice."""
    for row in _rows(w, project_id, material, (DeferralState.SUPPLIED,)):
        verify(w, row, w.by.label)


def paper_was_unfit(w: Work, project_id: int, material: str, number: int, reason: str) -> None:
    """A paper was found unfit, or its handing-in taken back: it is owed again; may be run twice.

    Shape: ``number`` is that of the version; where a newer one has come, the news is old.
    Source: DF-10.
    """
    newer = exists().where(
        PaperVersionRow.project_id == project_id,
        PaperVersionRow.material == material,
        PaperVersionRow.number > number,
        PaperVersionRow.withdrawn_at.is_(None),
    )
    if w.session.scalar(select(newer)):
        return
    for row in _rows(w, project_id, material, (DeferralState.SUPPLIED,)):
        reject(w, row, reason)


def _rows(w: Work, project_id: int, material: str, states: Sequence[DeferralState]) -> Sequence[DeferralRow]:
    asked = select(DeferralRow).where(
        DeferralRow.project_id == project_id,
        DeferralRow.material == material,
        DeferralRow.producer == "",
        DeferralRow.state.in_(states),
    )
    return w.session.scalars(asked.order_by(DeferralRow.id).with_for_update()).all()
