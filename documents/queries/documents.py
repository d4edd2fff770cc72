"""The documents that were made: the list, one with its versions, and those of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from documents.models.document import DocumentRow
from documents.press.kind import DocumentKind
from documents.queries.kinds import installed_kinds
from documents.rules.document_state import DocumentState
from projects.models.project import Project

COUNTY_WIDE = 0  # no project has this number: only who may see every project may see what is about none
PAGE_ROWS = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a reader looks for among the documents. Shape: an empty value asks nothing."""

    text: str = ""
    kind: str = ""
    state: DocumentState | None = None
    project_id: int | None = None
    is_with_replaced: bool = False


@dataclass(frozen=True)
class Found:
    """One page of documents, with the name of each one's project, and how many there are in all."""

    rows: Sequence[tuple[DocumentRow, str]]
    total: int


def find_documents(session: Session, wanted: Wanted, reader: Actor, *, page: int = 1) -> Found:
    """The documents a reader may see, newest first; of those about no project the ones he made himself.

    Shape: two queries.
    """
    asked = _within(_matching(wanted), reader)
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    rows = session.execute(
        asked.order_by(DocumentRow.id.desc()).limit(PAGE_ROWS).offset((max(page, 1) - 1) * PAGE_ROWS)
    )
    return Found(rows=[(row, name or "") for row, name in rows], total=total)


def documents_to_take(
    session: Session, wanted: Wanted, reader: Actor, *, ids: Sequence[int] | None = None, most: int
) -> list[DocumentRow]:
    """The documents a reader may see and asks for, oldest first: those of some numbers, or all that fit.

    Shape: one query; at most one more than ``most``, so that the caller sees that there are more.
    """
    asked = _within(_matching(wanted), reader)
    if ids is not None:
        asked = asked.where(DocumentRow.id.in_(ids[: most + 1]))
    return [row for row, _name in session.execute(asked.order_by(DocumentRow.id).limit(most + 1))]


def documents_of_project(session: Session, project_id: int, *, limit: int = PAGE_ROWS) -> list[DocumentRow]:
    """The documents of one project that hold, newest first. The caller has looked at the scope."""
    asked = (
        select(DocumentRow)
        .where(DocumentRow.project_id == project_id, DocumentRow.replaced_at.is_(None))
        .order_by(DocumentRow.id.desc())
        .limit(limit)
    )
    return list(session.scalars(asked))


def documents_about(session: Session, about: str, about_ids: Sequence[int]) -> list[DocumentRow]:
    """The documents about some things of one sort that hold, oldest first. One query."""
    if not about_ids:
        return []
    asked = (
        select(DocumentRow)
        .where(
            DocumentRow.about == about,
            DocumentRow.about_id.in_(about_ids),
            DocumentRow.replaced_at.is_(None),
        )
        .order_by(DocumentRow.id)
    )
    return list(session.scalars(asked))


def document(session: Session, document_id: int, reader: Actor) -> DocumentRow:
    """One document. Raises: Missing, also for one out of scope."""
    row: DocumentRow | None = session.get(DocumentRow, document_id)
    if row is None:
        raise Missing
    kind = next((one for one in installed_kinds() if one.code == row.kind), None)
    require_sight(session, kind, row.about_id, row.project_id, reader)
    return row


def require_sight(
    session: Session, kind: DocumentKind | None, about_id: int, project_id: int | None, reader: Actor
) -> None:
    """Refuse a document as if it did not exist, to whoever may not see what it is about.

    Shape: a project's document lies in the scope of its project; of the others their kind knows who may see
        them, and where it does not, only those who see every project.
    Raises: Missing.
    """
    if project_id is None and kind is not None and kind.sight is not None:
        kind.sight(session, about_id, reader)
    else:
        scope.require(session, reader, project_id if project_id is not None else COUNTY_WIDE)


def versions_of(session: Session, row: DocumentRow) -> list[DocumentRow]:
    """Every version of a document, the newest first."""
    asked = select(DocumentRow).where(DocumentRow.kind == row.kind, DocumentRow.about_id == row.about_id)
    return list(session.scalars(asked.order_by(DocumentRow.version.desc())))


def latest_version(session: Session, kind: str, about_id: int) -> DocumentRow | None:
    """The newest version of one kind about one thing, None before the first."""
    asked = select(DocumentRow).where(DocumentRow.kind == kind, DocumentRow.about_id == about_id)
    row: DocumentRow | None = session.scalars(asked.order_by(DocumentRow.version.desc()).limit(1)).first()
    return row


def _matching(wanted: Wanted) -> Select[tuple[DocumentRow, str]]:
    asked = select(DocumentRow, Project.name).outerjoin(Project, Project.id == DocumentRow.project_id)
    if wanted.text:
        like = f"%{wanted.text}%"
        asked = asked.where(
            or_(
                DocumentRow.number.like(like),
                DocumentRow.title.like(like),
                DocumentRow.addressee.like(like),
                Project.name.like(like),
            )
        )
    if wanted.kind:
        asked = asked.where(DocumentRow.kind == wanted.kind)
    if wanted.state is not None:
        asked = asked.where(DocumentRow.state == wanted.state)
    if wanted.project_id is not None:
        asked = asked.where(DocumentRow.project_id == wanted.project_id)
    return asked if wanted.is_with_replaced else asked.where(DocumentRow.replaced_at.is_(None))


def _within(asked: Select[tuple[DocumentRow, str]], reader: Actor) -> Select[tuple[DocumentRow, str]]:
    own = and_(DocumentRow.project_id.is_(None), DocumentRow.made_by_id == reader.id)
    return asked.where(or_(scope.within(reader, DocumentRow.project_id), own))


def has_written(session: Session, code: str, about_id: int) -> bool:
    """Whether there is a document of a kind about something whose Word file is there. One query."""
    row = latest_version(session, code, about_id)
    return row is not None and bool(row.docx_key)
