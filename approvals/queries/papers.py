"""Questions asked of the papers that were handed in, and of the one-time notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from approvals.models.paper import OneTimeNoticeRow, PaperVersionRow, SecondListRow
from approvals.models.step import Step
from approvals.rules.papers import HeldVersion, PaperHere, by_material


def papers_here(session: Session, project_id: int) -> Mapping[str, PaperHere]:
    """What people handed in for a project, by material code.

    Shape: two queries. Papers that the project's own steps make are not among them: those follow from the
        steps' results, and ``projects.queries.papers`` puts both together.
    """
    return by_material(versions_of(session, project_id))


def versions_of(session: Session, project_id: int) -> tuple[HeldVersion, ...]:
    """Everything that was ever handed in for a project, what was withdrawn too."""
    rows = session.scalars(
        select(PaperVersionRow)
        .where(PaperVersionRow.project_id == project_id)
        .order_by(PaperVersionRow.material, PaperVersionRow.number)
        .options(selectinload(PaperVersionRow.files))
    )
    return tuple(row.facts() for row in rows)


def notice_of(session: Session, step: Step) -> OneTimeNoticeRow | None:
    """The one-time notice of a step's present attempt, with its items, if one was told."""
    return session.scalar(
        select(OneTimeNoticeRow)
        .where(OneTimeNoticeRow.step_id == step.id, OneTimeNoticeRow.attempt == step.attempt)
        .options(selectinload(OneTimeNoticeRow.items))
    )


def second_lists(session: Session, step: Step) -> Sequence[SecondListRow]:
    """Every second list that was tried at a step's present attempt, the oldest first."""
    asked = select(SecondListRow).where(
        SecondListRow.step_id == step.id, SecondListRow.attempt == step.attempt
    )
    return session.scalars(asked.order_by(SecondListRow.id)).all()
