"""Minutes of sessions and site visits, and the tasks that come out of a joint review."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from approvals.rules.minutes import Minutes, Present, Task
from concierge.kernel.db import Base, Versioned

_PROJECT, _REVIEW = "projects_project.id", "approvals_joint_review.id"


class MinutesRow(Base):
    """What was said and agreed in a session or on a site. Append-only; the latest of a review counts."""

    __tablename__ = "approvals_minutes"
    __table_args__ = (
        Index("ix_approvals_minutes_review", "review_id"),
        Index("ix_approvals_minutes_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_minutes_project"))
    review_id: Mapped[int] = mapped_column(ForeignKey(_REVIEW, name="fk_approvals_minutes_review"))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    kept_by: Mapped[str]
    at: Mapped[datetime]
    attendance: Mapped[list[MinutesAttendanceRow]] = relationship(
        lambda: MinutesAttendanceRow, lazy="raise", order_by=lambda: MinutesAttendanceRow.id
    )

    def facts(self) -> Minutes:
        """The minutes as the rules see them. Shape: the attendance is loaded along."""
        return Minutes(
            id=self.id,
            held_on=self.held_on,
            text=self.text,
            kept_by=self.kept_by,
            at=self.at,
            place=self.place,
            present=tuple(Present(one.department, one.officers, one.names) for one in self.attendance),
        )


class MinutesAttendanceRow(Base):
    """Who of one department was there. Append-only.

    Units: ``officers`` people.
    Source: AC-13, at least two officers where facts are checked on site.
    """

    __tablename__ = "approvals_minutes_attendance"
    __table_args__ = (
        Index("ux_approvals_minutes_attendance", "minutes_id", "department", unique=True),
        CheckConstraint("officers > 0", name="ck_approvals_minutes_attendance_officers"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_minutes.id", name="fk_approvals_minutes_attendance_minutes")
    )
    department: Mapped[str]
    officers: Mapped[int]
    names: Mapped[str] = mapped_column(Text, default="")


class ReviewTaskRow(Versioned, Base):
    """Something somebody has to do after a joint review: from its minutes, or from a condition.

    Shape: ``line_id`` is the condition it comes from, if any.
    """

    __tablename__ = "approvals_review_task"
    __table_args__ = (
        Index("ix_approvals_review_task_review", "review_id"),
        Index("ix_approvals_review_task_due", "done_on", "due_on"),
        Index("ix_approvals_review_task_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_review_task_project"))
    review_id: Mapped[int] = mapped_column(ForeignKey(_REVIEW, name="fk_approvals_review_task_review"))
    line_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_opinion_line.id", name="fk_approvals_review_task_line")
    )
    what: Mapped[str] = mapped_column(Text)
    department: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(default="")
    done_note: Mapped[str] = mapped_column(Text, default="")

    def facts(self) -> Task:
        """The task as the rules see it."""
        return Task(
            id=self.id,
            version=self.version,
            project_id=self.project_id,
            review_id=self.review_id,
            what=self.what,
            department=self.department,
            due_on=self.due_on,
            done_on=self.done_on,
            done_by=self.done_by,
            done_note=self.done_note,
            line_id=self.line_id,
        )
