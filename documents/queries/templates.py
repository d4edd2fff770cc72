"""Which template a document is made from on a day, and the versions an office has sent in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from documents.models.template import DocumentTemplateRow, TemplateFindingRow, TemplatePageRow
from documents.rules.template_state import TemplateState

_IN_FORCE = (TemplateState.PUBLISHED, TemplateState.RETIRED)


def published_template(session: Session, kind: str, on: date) -> DocumentTemplateRow | None:
    """The office's own template of a kind in force on a day; None where the shipped one is used.

    Shape: the file lies in storage under ``file_key``, normalised, with ``sha256`` as its digest.
    """
    row: DocumentTemplateRow | None = session.scalars(
        select(DocumentTemplateRow)
        .where(
            DocumentTemplateRow.kind == kind,
            DocumentTemplateRow.state.in_(_IN_FORCE),
            DocumentTemplateRow.effective_on <= on,
            or_(DocumentTemplateRow.ended_on.is_(None), DocumentTemplateRow.ended_on > on),
        )
        .order_by(DocumentTemplateRow.effective_on.desc(), DocumentTemplateRow.number.desc())
        .limit(1)
    ).first()
    return row


def templates_in_force(session: Session, on: date) -> dict[str, DocumentTemplateRow]:
    """The office's own templates in force on a day, by kind."""
    rows = session.scalars(
        select(DocumentTemplateRow)
        .where(
            DocumentTemplateRow.state.in_(_IN_FORCE),
            DocumentTemplateRow.effective_on <= on,
            or_(DocumentTemplateRow.ended_on.is_(None), DocumentTemplateRow.ended_on > on),
        )
        .order_by(DocumentTemplateRow.effective_on, DocumentTemplateRow.number)
    )
    return {row.kind: row for row in rows}


def open_versions(session: Session) -> dict[str, list[DocumentTemplateRow]]:
    """The versions somebody still has to deal with, by kind, newest first."""
    waiting = (TemplateState.WAITING, TemplateState.FAULTY, TemplateState.READY)
    rows = session.scalars(
        select(DocumentTemplateRow)
        .where(DocumentTemplateRow.state.in_(waiting))
        .order_by(DocumentTemplateRow.number.desc())
    )
    found: dict[str, list[DocumentTemplateRow]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found


def versions_of(session: Session, kind: str) -> Sequence[DocumentTemplateRow]:
    """Every version of one kind, newest first."""
    asked = select(DocumentTemplateRow).where(DocumentTemplateRow.kind == kind)
    return session.scalars(asked.order_by(DocumentTemplateRow.number.desc())).all()


def findings_of(session: Session, template_id: int) -> Sequence[TemplateFindingRow]:
    """What the trial of one version found, in the order of the file."""
    asked = select(TemplateFindingRow).where(TemplateFindingRow.template_id == template_id)
    return session.scalars(asked.order_by(TemplateFindingRow.id)).all()


def pages_of(session: Session, sha256: str) -> Sequence[TemplatePageRow]:
    """The pictures of a template's pages, by sample and page."""
    asked = select(TemplatePageRow).where(TemplatePageRow.sha256 == sha256)
    return session.scalars(asked.order_by(TemplatePageRow.sample.desc(), TemplatePageRow.number)).all()
