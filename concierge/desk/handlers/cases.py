"""What the desk tells of plans and cases. Every handler may be run twice."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.case import StepMoved
from approvals.models.case import CaseMoveRow
from concierge.desk.services.tell import tell_project
from concierge.kernel.work import Work
from projects.events import PlanChanged
from projects.models.project import Plan

QUIET_MOVES = frozenset({"prepare", "receive", "work", "start_over"})
"""What everybody in charge does all day and need not hear of."""


def tell_of_plan(w: Work, event: PlanChanged) -> None:
    """Dates moved: those in charge hear how many steps, and whether the permit moved with them."""
    before = w.session.scalar(
        select(Plan.permit_on)
        .where(Plan.project_id == event.project_id, Plan.number < event.number)
        .order_by(Plan.number.desc())
        .limit(1)
    )
    has_moved = before != event.permit_on
    facts = {"permit_on": event.permit_on, "before": before, "steps": len(event.moved)}
    tell_project(w, event.project_id, "permit_moved" if has_moved else "dates_moved", facts)


def tell_of_move(w: Work, event: StepMoved) -> None:
    """A case went on or stands still: everybody in charge hears of it but who recorded it."""
    if event.move in QUIET_MOVES:
        return
    by = w.session.execute(
        select(CaseMoveRow.actor_id, CaseMoveRow.actor, CaseMoveRow.id)
        .where(CaseMoveRow.step_id == event.step_id, CaseMoveRow.move == event.move)
        .order_by(CaseMoveRow.id.desc())
        .limit(1)
    ).first()
    facts = {"on": event.on, "by": by.actor if by else ""}
    text = f"step_{event.move}"
    tell_project(w, event.project_id, text, facts, code=event.code, but=by.actor_id if by else None)
