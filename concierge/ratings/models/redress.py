"""What followed a negative rating: contact, rectification, call-back, appeal, and changes of process."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.ratings.rules.rating import Level, Reason
from concierge.ratings.rules.redress import Finding, RedressFacts, Ruling, Stage


class RedressRow(Versioned, Base):
    """The way of one negative rating from contact to call-back; each part is written once.

    Units: civil days and moments.
    Shape: ``answer`` is what the person is told and the public reads; ``fault`` and ``measure`` stay inside.
        ``late_told`` is the stage whose lateness was told last.
    Source: RT-3 to RT-6, RT-8.
    """

    __tablename__ = "ratings_redress"
    __table_args__ = (
        Index("ux_ratings_redress_rating", "rating_id", unique=True),
        Index("ix_ratings_redress_department", "department", "given_on"),
        CheckConstraint(
            "rectified_on IS NULL OR contacted_on IS NOT NULL", name="ck_ratings_redress_contact"
        ),
        CheckConstraint(
            "called_back_on IS NULL OR rectified_on IS NOT NULL", name="ck_ratings_redress_call_back"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings_rating.id", name="fk_ratings_redress_rating"))
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_ratings_redress_project"), index=True
    )
    department: Mapped[str]
    given_on: Mapped[date]
    is_named: Mapped[bool]
    contact_due_on: Mapped[date]
    contacted_on: Mapped[date | None]
    contacted_at: Mapped[datetime | None]
    contacted_by_id: Mapped[int | None]
    contacted_by: Mapped[str] = mapped_column(default="")
    finding: Mapped[Finding | None]
    verified: Mapped[str] = mapped_column(Text, default="")
    rectify_due_on: Mapped[date | None]
    rectified_on: Mapped[date | None]
    rectified_at: Mapped[datetime | None]
    rectified_by_id: Mapped[int | None]
    rectified_by: Mapped[str] = mapped_column(default="")
    fault: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    called_back_on: Mapped[date | None]
    called_back_at: Mapped[datetime | None]
    called_back_by_id: Mapped[int | None]
    called_back_by: Mapped[str] = mapped_column(default="")
    satisfied_after: Mapped[Level | None]
    call_back_note: Mapped[str] = mapped_column(Text, default="")
    set_aside_on: Mapped[date | None]
    late_told: Mapped[Stage | None]

    def facts(self) -> RedressFacts:
        """Where it stands, as the rules see it."""
        return RedressFacts(
            given_on=self.given_on,
            is_named=self.is_named,
            contact_due_on=self.contact_due_on,
            contacted_on=self.contacted_on,
            rectify_due_on=self.rectify_due_on,
            rectified_on=self.rectified_on,
            called_back_on=self.called_back_on,
            is_set_aside=self.set_aside_on is not None,
        )


class ContactRow(Base):
    """One try to reach whoever gave a negative rating, reached or not. Append-only.

    Source: RT-3.
    """

    __tablename__ = "ratings_contact"
    __table_args__ = (Index("ix_ratings_contact_redress", "redress_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    redress_id: Mapped[int] = mapped_column(
        ForeignKey("ratings_redress.id", name="fk_ratings_contact_redress")
    )
    by_id: Mapped[int | None]
    by: Mapped[str]
    at: Mapped[datetime]
    is_reached: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")


class RatingAppealRow(Versioned, Base):
    """One appeal against one rating, and what became of it.

    Shape: ``by`` wrote it down, ``speaker`` is who speaks for the rated side.
    Source: RT-6.
    """

    __tablename__ = "ratings_appeal"
    __table_args__ = (
        Index("ux_ratings_appeal_rating", "rating_id", unique=True),
        CheckConstraint("(decided_on IS NULL) = (ruling IS NULL)", name="ck_ratings_appeal_ruling"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings_rating.id", name="fk_ratings_appeal_rating"))
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_ratings_appeal_project"), index=True
    )
    by_id: Mapped[int | None]
    by: Mapped[str]
    speaker: Mapped[str]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    ruling: Mapped[Ruling | None]
    decided_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(Text, default="")


class ProcessChangeRow(Versioned, Base):
    """A change of the process asked of a department, because one fault came again and again in a quarter.

    Source: RT-8.
    """

    __tablename__ = "ratings_process_change"
    __table_args__ = (
        Index("ux_ratings_process_change", "department", "reason", "quarter_first_on", unique=True),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="ck_ratings_process_change_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    department: Mapped[str]
    reason: Mapped[Reason]
    quarter_first_on: Mapped[date]
    count: Mapped[int]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None]
    answered_by: Mapped[str] = mapped_column(default="")
