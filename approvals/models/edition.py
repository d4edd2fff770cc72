"""Published editions of the catalogue, and the state of the draft between them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned


class EditionRow(Base):
    """The whole catalogue as published. Append-only: a project keeps the edition it was opened with.

    Two editions may be equal (an office may go back), but never two in a row.
    """

    __tablename__ = "approvals_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(index=True)
    body: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    publisher_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_approvals_edition_publisher")
    )
    note: Mapped[str] = mapped_column(Text, default="")


class DraftState(Versioned, Base):
    """What is known of the draft as a whole: one row, which also puts publishing and importing in a queue.

    Shape: ``shipped_digest`` is the digest of the product's own files when they were last taken over or
    declined, so that a newer release offers its files once and never applies them by itself.
    """

    __tablename__ = "approvals_draft"
    __table_args__ = (CheckConstraint("id = 1", name="ck_approvals_draft_only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_note: Mapped[str] = mapped_column(Text, default="")
    shipped_digest: Mapped[str] = mapped_column(default="")
