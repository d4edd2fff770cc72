"""Certificates by link: a code proves whose hand asks, and every file that went out is written down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned


class CertificateProofRow(Versioned, Base):
    """One code that went out so that certificates can be fetched by a link.

    Shape: of the code only a keyed hash is kept, and only while it is good; ``proved_at`` is when it was
        typed.
    Source: PL-8.
    """

    __tablename__ = "progress_certificate_proof"
    __table_args__ = (Index("ix_progress_certificate_proof_link", "link_id", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_certificate_proof_project")
    )
    link_id: Mapped[int] = mapped_column(
        ForeignKey("progress_link.id", name="fk_progress_certificate_proof_link")
    )
    hint: Mapped[str]
    code_hash: Mapped[str] = mapped_column(default="")
    code_until: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]


class CertificateTakenRow(Base):
    """One certificate that was fetched by a link: which file, and with what kind of program. Append-only.

    Source: PL-8.
    """

    __tablename__ = "progress_certificate_taken"
    __table_args__ = (
        Index("ix_progress_certificate_taken_project", "project_id", "id"),
        Index("ix_progress_certificate_taken_link", "link_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_progress_certificate_taken_project")
    )
    link_id: Mapped[int] = mapped_column(
        ForeignKey("progress_link.id", name="fk_progress_certificate_taken_link")
    )
    material: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    client: Mapped[str]
    taken_at: Mapped[datetime]
