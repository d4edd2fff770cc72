"""Move a deferral one lawful step on, write its journal, and tell."""

from __future__ import annotations

from datetime import date

from approvals.events.deferrals import DeferralMoved
from approvals.models.deferral import DeferralMoveRow, DeferralRow
from approvals.rules.deferral_course import DeferralMove, DeferralState, moved
from concierge.kernel import clock
from concierge.kernel.work import Work

_ENDS = frozenset(
    {DeferralState.REFUSED, DeferralState.CLOSED, DeferralState.VOID, DeferralState.CREDIT_RECORDED}
)


def move_deferral(
    w: Work, row: DeferralRow, move: DeferralMove, *, on: date | None = None, reason: str = ""
) -> None:
    """Apply one move to a deferral the caller holds and has brought up to date.

    Shape: ``on`` is the day it happened, today without one.
    Raises: NoSuchDeferralMove.
    Effects: a line in its journal, append-only; tells ``DeferralMoved``.
    """
    before, on = row.state, on or clock.today()
    row.state = moved(row.number, before, move)
    if row.state in _ENDS:
        row.ended_on = on
    elif move is DeferralMove.REOPEN:
        row.ended_on = None
    write_line(w, row, move, before, on, reason)


def write_line(
    w: Work, row: DeferralRow, move: DeferralMove, before: DeferralState, on: date, reason: str
) -> None:
    """Write one line of the journal and tell it."""
    w.add(
        DeferralMoveRow(
            deferral_id=row.id,
            project_id=row.project_id,
            move=move.value,
            before=before,
            state=row.state,
            on=on,
            at=clock.now(),
            actor_id=w.by.id,
            actor=w.by.label,
            reason=reason,
            due_on=row.due_on,
        )
    )
    w.record(
        DeferralMoved(
            deferral_id=row.id,
            project_id=row.project_id,
            step_id=row.step_id,
            number=row.number,
            material=row.material,
            producer=row.producer,
            move=move.value,
            state=row.state.value,
            due_on=row.due_on,
            reason=reason,
        )
    )
