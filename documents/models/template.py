"""An office's own templates of documents, what their trial found, and how their pages look.

Nothing is overwritten: each file sent in is a version of its own, and gains only what happened to it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.lint import Severity
from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY
from documents.rules.template_state import TemplateState


class DocumentTemplateRow(Versioned, Base):
    """One version of an office's template for one kind of document.

    Units: civil days; documents are made from it from ``effective_on`` until the day before ``ended_on``.
    Shape: ``number`` counts the versions of one kind from 1; ``sha256`` is that of the normalised file under
        ``file_key``; ``fault`` says why a trial could not be held.
    """

    __tablename__ = "documents_template"
    __table_args__ = (
        Index("ux_documents_template_number", "kind", "number", unique=True),
        CheckConstraint(
            "published_by_id IS NULL OR published_by_id <> made_by_id",
            name="ck_documents_template_two_people",
        ),
        CheckConstraint(
            "(published_at IS NULL) = (effective_on IS NULL)", name="ck_documents_template_published"
        ),
        CheckConstraint("ended_on IS NULL OR ended_on >= effective_on", name="ck_documents_template_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    number: Mapped[int]
    state: Mapped[TemplateState]
    remark: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str]
    file_key: Mapped[str] = mapped_column(info=STORAGE_KEY)
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by: Mapped[str]
    tried_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(Text, default="")
    effective_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None]
    published_by: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    retired_at: Mapped[datetime | None]
    retired_by: Mapped[str] = mapped_column(default="")
    retired_why: Mapped[str] = mapped_column(Text, default="")


class TemplateFindingRow(Base):
    """One thing the trial of a template found.

    Shape: ``code`` names the finding, ``place`` where in the file it is, in the words of the document;
        ``facts`` are the values of its sentence as JSON.
    """

    __tablename__ = "documents_template_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(
        ForeignKey("documents_template.id", name="fk_documents_template_finding"), index=True
    )
    severity: Mapped[Severity]
    code: Mapped[str]
    place: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[str] = mapped_column(Text, default="{}")


class TemplatePageRow(Base):
    """How one page of a template looks, filled with one of its samples.

    Shape: ``sha256`` is the template's, the shipped one's too; pages count from 1.
    """

    __tablename__ = "documents_template_page"
    __table_args__ = (Index("ux_documents_template_page", "sha256", "sample", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    sample: Mapped[str]
    number: Mapped[int]
    of_pages: Mapped[int]
    picture_key: Mapped[str] = mapped_column(info=STORAGE_KEY)
    size_bytes: Mapped[int]
