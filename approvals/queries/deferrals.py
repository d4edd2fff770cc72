"""Questions asked of the papers that come later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Subquery, bindparam, select, union
from sqlalchemy.orm import Session

from approvals.models.deferral import AssuranceRow, CreditRow, DeferralMoveRow, DeferralRow
from approvals.models.step import Step
from approvals.rules.deferral_course import BRIDGING, OPEN, PENDING, DeferralState, Owed

_BRIDGED = (
    select(DeferralRow.project_id, DeferralRow.producer, Step.code)
    .join(Step, Step.id == DeferralRow.step_id)
    .where(DeferralRow.producer != "", DeferralRow.state.in_(BRIDGING))
    .where(DeferralRow.attempt == Step.attempt)
)
_BRIDGED_OF = _BRIDGED.where(DeferralRow.project_id.in_(bindparam("ids", expanding=True)))
"""Asked at every event: composed once."""


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
    if project_ids is None:
        rows = session.connection().execute(_BRIDGED)
    else:
        rows = session.connection().execute(_BRIDGED_OF, {"ids": list(project_ids)})
    found: dict[int, set[tuple[str, str]]] = {}
    for project_id, producer, code in rows.all():
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


def unrepaired(session: Session, uscc: str, today: date) -> tuple[str, ...]:
    """The numbers of an enterprise's broken promises that bar the next one.

    Shape: the records that show today, and defaults that are not on record yet.
    Source: DF-11, DF-12.
    """
    barred = broken_promises(today)
    return tuple(sorted(session.scalars(select(barred.c.number).where(barred.c.uscc == uscc))))


def broken_promises(today: date) -> Subquery:
    """The same of every enterprise, to be asked within another question: ``uscc`` and ``number``."""
    on_record = select(CreditRow.uscc, CreditRow.number).where(
        CreditRow.removed_on.is_(None), CreditRow.published_until >= today
    )
    defaulted = select(DeferralRow.uscc, DeferralRow.number).where(
        DeferralRow.state == DeferralState.DEFAULTED
    )
    return union(on_record, defaulted).subquery()


def open_counts(session: Session, step: Step, *, but: int | None = None) -> tuple[int, int]:
    """How many deferrals a case and its project have at once, asked for or granted; one may be left out.

    Source: DF-6.
    """
    asked = select(DeferralRow.step_id, DeferralRow.id).where(
        DeferralRow.project_id == step.project_id, DeferralRow.state.in_(OPEN | PENDING)
    )
    rows = [(step_id, id_) for step_id, id_ in session.execute(asked) if id_ != but]
    return sum(step_id == step.id for step_id, _ in rows), len(rows)


def deferrals_of_step(session: Session, step_id: int) -> Sequence[DeferralRow]:
    """Every deferral of a step, the newest first."""
    asked = select(DeferralRow).where(DeferralRow.step_id == step_id).order_by(DeferralRow.id.desc())
    return session.scalars(asked).all()


def journal_of(session: Session, deferral_id: int) -> Sequence[DeferralMoveRow]:
    """Everything that happened to a deferral, the oldest first."""
    asked = select(DeferralMoveRow).where(DeferralMoveRow.deferral_id == deferral_id)
    return session.scalars(asked.order_by(DeferralMoveRow.id)).all()


def assurances_of_step(session: Session, step_id: int) -> Sequence[AssuranceRow]:
    """Every decision on a promise of a step, the newest first."""
    asked = select(AssuranceRow).where(AssuranceRow.step_id == step_id).order_by(AssuranceRow.id.desc())
    return session.scalars(asked).all()
