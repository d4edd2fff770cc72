"""Complaints about an approval, and orders of the hotline: who said what, until when, what came of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.supervision.rules.complaints import ComplaintFinding, ComplaintStanding, ComplaintWay


class ComplaintRow(Versioned, Base):
    """One complaint about an approval, from the day it came to the answer.

    Units: ``due_on`` is the last civil day of what is owed next: the decision on acceptance, or the answer.
    Shape: numbered by year from one on; ``outside_number`` is the hotline's own. ``return_by`` is None where
        it cannot be sent back. ``project_id`` and ``step_id`` are None where the person named none.
    Source: SV-8.
    """

    __tablename__ = "supervision_complaint"
    __table_args__ = (
        Index("ux_supervision_complaint_number", "year", "serial", unique=True),
        Index("ix_supervision_complaint_standing", "standing", "due_on"),
        Index("ix_supervision_complaint_department", "department", "came_on"),
        CheckConstraint("due_on >= came_on", name="ck_supervision_complaint_due"),
        CheckConstraint("(answered_on IS NULL) = (finding IS NULL)", name="ck_supervision_complaint_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    way: Mapped[ComplaintWay]
    outside_number: Mapped[str] = mapped_column(default="")
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_supervision_complaint_project"), index=True
    )
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_supervision_complaint_step"), index=True
    )
    department: Mapped[str]
    complainant: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    came_at: Mapped[datetime]
    came_on: Mapped[date]
    taken_in_by_id: Mapped[int | None]
    taken_in_by: Mapped[str]
    standing: Mapped[ComplaintStanding]
    due_on: Mapped[date]
    return_by: Mapped[datetime | None]
    is_complex: Mapped[bool] = mapped_column(default=False)
    complex_reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    finding: Mapped[ComplaintFinding | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(Text, default="")
