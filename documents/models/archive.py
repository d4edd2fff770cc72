"""Project files laid down in the archive: each edition with its index, kept as long as its class says."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.kernel.storage import STORAGE_KEY
from documents.press.kind import Retention
from documents.rules.keeping import ArchiveState, Occasion


class ArchiveRow(Versioned, Base):
    """One edition of a project's file. A later edition stands beside it and replaces nothing.

    Units: bytes; ``keep_until_on`` is the last civil day it must be kept, None where it is kept for good.
    Shape: ``number`` is the archive's number (档号), given before it is made; ``shelf_key`` and
        ``shelf_version`` name the object in the archive, which is no part of the storage the sweep looks
        after; ``contents`` is canonical JSON: the index, line by line; ``index_key`` is the index as PDF,
        empty where it was made without a printer.
        ``event_id`` is the ending it answers, None where somebody asked.
    Source: S89 (numbers), S81 (classes).
    """

    __tablename__ = "documents_archive"
    __table_args__ = (
        Index("ux_documents_archive_edition", "project_id", "edition", unique=True),
        Index("ux_documents_archive_number", "number", unique=True),
        CheckConstraint("edition >= 1", name="ck_documents_archive_edition"),
        CheckConstraint("(state = 'made') = (shelf_key <> '')", name="ck_documents_archive_made"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_documents_archive_project")
    )
    edition: Mapped[int]
    event_id: Mapped[int | None]
    number: Mapped[str]
    occasion: Mapped[Occasion]
    state: Mapped[ArchiveState]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None]
    asked_by: Mapped[str]
    made_at: Mapped[datetime | None]
    retention: Mapped[Retention]
    keep_until_on: Mapped[date | None]
    shelf_key: Mapped[str] = mapped_column(default="")
    shelf_version: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    size_bytes: Mapped[int] = mapped_column(default=0)
    files: Mapped[int] = mapped_column(default=0)
    contents: Mapped[str] = mapped_column(Text, default="")
    index_key: Mapped[str | None] = mapped_column(info=STORAGE_KEY)
    index_size_bytes: Mapped[int] = mapped_column(default=0, server_default="0")
    fault: Mapped[str] = mapped_column(Text, default="")
