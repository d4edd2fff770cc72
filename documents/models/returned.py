"""Forms that came back filled in: the file as it came, every field read from it, and what was decided.

Nothing a returned form says reaches a record before a person took the field over; the file and every reading
of it stay.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY
from documents.rules.returned import FieldDecision, FoundBy, ReturnedBy, ReturnState


class ReturnedFormRow(Versioned, Base):
    """One file that came back: a Word form with its fields, or a list.

    Units: bytes.
    Shape: ``kind`` is the code of the document it was made as; ``document_id`` the very document where it is
        known, and ``about_id`` what that kind is about (a step, an opinion asked, a project);
        ``notes`` are what the reader could not place, one a line.
    """

    __tablename__ = "documents_returned"
    __table_args__ = (
        Index("ix_documents_returned_project", "project_id", "state"),
        Index("ix_documents_returned_about", "kind", "about_id"),
        Index("ix_documents_returned_key", "key"),
        Index("ux_documents_returned_form", "form_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_documents_returned_project")
    )
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("documents_document.id", name="fk_documents_returned_document")
    )
    kind: Mapped[str]
    about_id: Mapped[int]
    department: Mapped[str] = mapped_column(default="")
    way: Mapped[ReturnedBy]
    form_key: Mapped[str | None]
    key: Mapped[str] = mapped_column(info=STORAGE_KEY)
    name: Mapped[str]
    sha256: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None]
    sent_by: Mapped[str]
    notes: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ReturnState] = mapped_column(default=ReturnState.OPEN)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None]
    settled_by: Mapped[str] = mapped_column(default="")
    fields: Mapped[list[ReturnedFieldRow]] = relationship(
        lambda: ReturnedFieldRow, lazy="raise", order_by=lambda: ReturnedFieldRow.position
    )


class ReturnedFieldRow(Base):
    """One field of a returned form: what the records said, what the form says, what was decided."""

    __tablename__ = "documents_returned_field"
    __table_args__ = (
        Index("ux_documents_returned_field", "returned_id", "position", unique=True),
        Index("ux_documents_returned_field_name", "returned_id", "name", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    returned_id: Mapped[int] = mapped_column(
        ForeignKey("documents_returned.id", name="fk_documents_returned_field_returned")
    )
    position: Mapped[int]
    name: Mapped[str]
    label: Mapped[str]
    found_by: Mapped[FoundBy]
    before: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[FieldDecision]
