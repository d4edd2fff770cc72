"""What the platform looks for: supervision orders whose answer is overdue."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow
from concierge.escalation.models.report import ReportRow
from concierge.supervision.models.follow_up import OrderRow


def unanswered_orders(session: Session, today: date) -> list[int]:
    """The supervision orders past their day without an answer, that no report was made of. Source: ES-1."""
    known = {
        occasion.removeprefix("order:")
        for occasion in session.scalars(select(ReportRow.occasion).where(ReportRow.occasion.like("order:%")))
        if occasion
    }
    asked = select(OrderRow.id).where(OrderRow.answered_on.is_(None), OrderRow.answer_due_on < today)
    return [number for number in session.scalars(asked.order_by(OrderRow.id)) if str(number) not in known]


def last_move(session: Session, step_id: int, attempt: int, move: str) -> CaseMoveRow | None:
    """The last time a move was recorded of an attempt at a step."""
    asked = select(CaseMoveRow).where(
        CaseMoveRow.step_id == step_id, CaseMoveRow.attempt == attempt, CaseMoveRow.move == move
    )
    return session.scalar(asked.order_by(CaseMoveRow.id.desc()).limit(1))
