"""Forms that came back: which wait for a decision, and what one of them says."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from documents.models.document import DocumentRow
from documents.models.returned import ReturnedFormRow
from documents.rules.returned import ReturnedBy, ReturnState
from projects.models.project import Project

MOST = 200


def returned_forms(
    session: Session, actor: Actor, *, is_open: bool = True
) -> Sequence[tuple[ReturnedFormRow, str, str, str]]:
    """The returned forms in sight, the newest first.

    Shape: each with its project's name, its document's title and number; one query, ``MOST`` at the most.
    """
    state = ReturnedFormRow.state
    asked = (
        select(ReturnedFormRow, Project.name, DocumentRow.title, DocumentRow.number)
        .join(Project, Project.id == ReturnedFormRow.project_id)
        .join(DocumentRow, DocumentRow.id == ReturnedFormRow.document_id)
        .where(
            within(actor, ReturnedFormRow.project_id),
            state == ReturnState.OPEN if is_open else state != ReturnState.OPEN,
        )
        .order_by(ReturnedFormRow.id.desc())
        .limit(MOST)
    )
    return [tuple(row) for row in session.execute(asked)]


def open_count(session: Session, actor: Actor) -> int:
    """How many returned forms in sight wait for a decision, for the menu."""
    asked: Select[tuple[int]] = select(func.count()).select_from(ReturnedFormRow)
    found = session.scalar(
        asked.where(within(actor, ReturnedFormRow.project_id), ReturnedFormRow.state == ReturnState.OPEN)
    )
    return found or 0


def returned_form(session: Session, returned_id: int, actor: Actor) -> ReturnedFormRow:
    """One returned form with its fields. Raises: Missing, also for one out of sight."""
    row = session.scalars(
        select(ReturnedFormRow)
        .where(ReturnedFormRow.id == returned_id, within(actor, ReturnedFormRow.project_id))
        .options(selectinload(ReturnedFormRow.fields))
    ).first()
    if row is None:
        raise Missing
    return row


def returned_of_document(session: Session, document_id: int) -> Sequence[ReturnedFormRow]:
    """The copies of one document that came back, the newest first. The caller has looked at the scope."""
    asked = select(ReturnedFormRow).where(ReturnedFormRow.document_id == document_id)
    return session.scalars(asked.order_by(ReturnedFormRow.id.desc())).all()


def returned_by_link(session: Session, returned_id: int, document_id: int) -> dict[str, str]:
    """What a copy of one document said that came by link, by the names of its fields.

    Raises: Missing, for a copy of another document or one staff sent in.
    """
    row = session.scalars(
        select(ReturnedFormRow)
        .where(
            ReturnedFormRow.id == returned_id,
            ReturnedFormRow.document_id == document_id,
            ReturnedFormRow.way == ReturnedBy.LINK,
        )
        .options(selectinload(ReturnedFormRow.fields))
    ).first()
    if row is None:
        raise Missing
    return {field.name: field.said for field in row.fields}
