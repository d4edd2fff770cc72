"""Questions asked of the papers that come later."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.deferral_course import BRIDGING, OPEN, Owed


def bridged(session: Session, project_id: int) -> tuple[tuple[str, str], ...]:
    """The waitings a granted deferral relaxed: the later step is accepted before the earlier one's result.

    Shape: (predecessor, successor) by step code, each once, in order.
    Source: DF-15, PR-6.
    """
    return bridged_by_project(session, (project_id,)).get(project_id, ())


def bridged_by_project(
    session: Session, project_ids: tuple[int, ...] | None = None
) -> dict[int, tuple[tuple[str, str], ...]]:
    """The same for several projects in one question; for all of them without a list."""
    asked = (
        select(DeferralRow.project_id, DeferralRow.producer, Step.code)
        .join(Step, Step.id == DeferralRow.step_id)
        .where(DeferralRow.producer != "", DeferralRow.state.in_(BRIDGING))
        .where(DeferralRow.attempt == Step.attempt)
    )
    if project_ids is not None:
        asked = asked.where(DeferralRow.project_id.in_(project_ids))
    found: dict[int, set[tuple[str, str]]] = {}
    for project_id, producer, code in session.execute(asked):
        found.setdefault(project_id, set()).add((producer, code))
    return {project_id: tuple(sorted(pairs)) for project_id, pairs in found.items()}


def owed(session: Session, step_id: int) -> tuple[Owed, ...]:
    """The papers the certificate of a step waits for, the first due first.

    Source: DF-7.
    """
    rows = session.scalars(
        select(DeferralRow)
        .join(Step, Step.id == DeferralRow.step_id)
        .where(
            DeferralRow.step_id == step_id,
            DeferralRow.attempt == Step.attempt,
            DeferralRow.state.in_(OPEN),
        )
        .order_by(DeferralRow.due_on, DeferralRow.id)
    )
    return tuple(row.owed() for row in rows)
