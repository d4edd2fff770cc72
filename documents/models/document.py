"""Documents as they were made, version by version.

A document's number, facts and files are never changed: what changes is a new version under the same number.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base
from concierge.kernel.storage import STORAGE_KEY
from documents.rules.document_state import DocumentState


class DocumentRow(Base):
    """One version of one document.

    Units: bytes; ``data_on`` is the civil day its facts were true, ``made_on`` the day it bears.
    Shape: ``kind`` is the code of a kind, ``about_id`` what the document is about, as that kind counts it;
        ``number`` is the text printed, made of ``series``, ``year`` and ``serial``. ``facts`` is canonical
        JSON: all the template was given, so that the same bytes can be made again. ``changes`` says in the
        document's words what this version changes, empty for the first.
    Source: rules.md section 10; R-LAW-1.
    """

    __tablename__ = "documents_document"
    __table_args__ = (
        Index("ux_documents_document_version", "kind", "about_id", "version", unique=True),
        Index("ux_documents_document_number", "series", "year", "serial", "version", unique=True),
        Index("ix_documents_document_project", "project_id", "id"),
        Index("ix_documents_document_state", "state", "id"),
        Index("ix_documents_document_docx", "docx_sha256"),
        CheckConstraint("version >= 1 AND serial >= 1", name="ck_documents_document_counted"),
        CheckConstraint(
            "state NOT IN ('rendered', 'printed') OR docx_key <> ''", name="ck_documents_document_rendered"
        ),
        CheckConstraint("state <> 'printed' OR pdf_key <> ''", name="ck_documents_document_printed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_documents_document_project")
    )
    kind: Mapped[str]
    about: Mapped[str]
    about_id: Mapped[int]
    department: Mapped[str] = mapped_column(default="")
    series: Mapped[str]
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str]
    version: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    addressee: Mapped[str] = mapped_column(Text, default="")
    data_on: Mapped[date]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    state: Mapped[DocumentState]
    facts: Mapped[str] = mapped_column(Text)
    facts_sha256: Mapped[str]
    changes: Mapped[str] = mapped_column(Text, default="")
    template_sha256: Mapped[str] = mapped_column(default="")
    docx_key: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    docx_sha256: Mapped[str] = mapped_column(default="")
    docx_size_bytes: Mapped[int] = mapped_column(default=0)
    pdf_key: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    pdf_sha256: Mapped[str] = mapped_column(default="")
    pdf_size_bytes: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int | None]
    sealed_key: Mapped[str] = mapped_column(default="", info=STORAGE_KEY)
    sealed_sha256: Mapped[str] = mapped_column(default="")
    sealed_size_bytes: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(Text, default="")
    replaced_at: Mapped[datetime | None]
