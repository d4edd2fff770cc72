"""What an applicant wrote into a merged form, kept so that no later form asks for it again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base


class FormAnswerRow(Base):
    """One answer to one field of one project. Append-only: of several, the latest counts.

    Units: ``on`` is the civil day it was given.
    Shape: ``field`` is a code of ``documents/data/form_fields.csv``; ``source`` says where it came from.
    Source: AC-6, the same item is not asked for twice.
    """

    __tablename__ = "documents_form_answer"
    __table_args__ = (Index("ix_documents_form_answer_project", "project_id", "field", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_documents_form_answer_project")
    )
    field: Mapped[str]
    value: Mapped[str] = mapped_column(Text)
    source: Mapped[str]
    on: Mapped[date]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None]
    given_by: Mapped[str]
