"""What the moves of a case do to the papers that were to come later: made good, void, or owed again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.deferral_course import OPEN, PENDING, DeferralMove, DeferralState
from approvals.services.move_deferral import move_deferral
from approvals.services.supply_deferral import supply
from approvals.services.verify_deferral import verify
from approvals.services.void_deferral import void
from concierge.kernel.work import Work

MADE_GOOD = "made good by the result of the step that makes it"
CASE_ENDED = "the case ended"
RESULT_GONE = "the result it was made good with was taken back"


def follow_case(w: Work, step: Step) -> None:
    """Bring the deferrals that hang on a step in line with where it stands; may be run twice.

    Effects: its result makes good what was bridged to it; a result taken back opens that again; a case that
        ended voids its own deferrals.
    Source: DF-15, PR-6; the lifecycle of deferrals, void when the case is withdrawn.
    """
    if step.ended_on is not None:
        for row in _rows(w, DeferralRow.step_id == step.id, OPEN | PENDING):
            void(w, row, CASE_ENDED)
    bridged = DeferralRow.producer == step.code
    if step.finished_on is not None:
        for row in _rows(w, bridged, OPEN, step.project_id):
            _make_good(w, row, step)
    else:
        for row in _rows(w, bridged, frozenset({DeferralState.CLOSED}), step.project_id):
            _open_again(w, row)


def _make_good(w: Work, row: DeferralRow, step: Step) -> None:
    on = max(step.finished_on, row.granted_on) if step.finished_on and row.granted_on else step.finished_on
    if row.state is not DeferralState.SUPPLIED and on is not None:
        supply(w, row, on, reason=MADE_GOOD)
    verify(w, row, w.by.label, on=on, reason=MADE_GOOD)


def _open_again(w: Work, row: DeferralRow) -> None:
    own = w.session.get(Step, row.step_id)
    if own is None or own.finished_on is not None or own.ended_on is not None or own.attempt != row.attempt:
        return
    row.supplied_on = row.verified_on = None
    row.verified_by = ""
    move_deferral(w, row, DeferralMove.REOPEN, reason=RESULT_GONE)


def _rows(
    w: Work, where: ColumnElement[bool], states: frozenset[DeferralState], project_id: int | None = None
) -> Sequence[DeferralRow]:
    asked = select(DeferralRow).where(where, DeferralRow.state.in_(states)).order_by(DeferralRow.id)
    if project_id is not None:
        asked = asked.where(DeferralRow.project_id == project_id)
    return w.session.scalars(asked.with_for_update()).all()
