"""Joint reviews: what was sent to whom, what each department said, what came of it.

Opinions, their lines and minutes are append-only: a department that thinks again gives another opinion, and
the latest one counts.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from approvals.rules.contradictions import Relation
from approvals.rules.joint_reviews import AnswerKind, ReviewKind, ReviewState
from approvals.rules.opinions import LineKind, Stance, Way
from concierge.kernel.db import Base, Versioned

_PROJECT, _REVIEW = "projects_project.id", "approvals_joint_review.id"


class JointReviewRow(Versioned, Base):
    """One submission to all members of a review group, from the minute it is sent to its one answer.

    Units: ``opinions_due_on`` is the day of the round that runs; ``extended_workdays`` working days.
    Shape: ``steps`` are codes with commas between; ``silence`` is the group's rule as it was that day.
    Source: PR-3, PR-4; AC-8 for the limit of the whole.
    """

    __tablename__ = "approvals_joint_review"
    __table_args__ = (
        CheckConstraint("round > 0", name="ck_approvals_joint_review_round"),
        CheckConstraint(
            "(state = 'answered') = (answered_on IS NOT NULL)", name="ck_approvals_joint_review_answered"
        ),
        Index("ix_approvals_joint_review_project", "project_id"),
        Index("ix_approvals_joint_review_state", "state", "opinions_due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_joint_review_project"))
    review_group: Mapped[str]
    lead: Mapped[str]
    kind: Mapped[ReviewKind]
    steps: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, default="")
    silence: Mapped[str]
    sitting_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_sitting.id", name="fk_approvals_joint_review_sitting")
    )
    session_on: Mapped[date | None]
    round: Mapped[int] = mapped_column(default=1)
    sent_on: Mapped[date]
    sent_at: Mapped[datetime]
    opinions_due_on: Mapped[date]
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.GATHERING)
    answer: Mapped[AnswerKind | None]
    answered_on: Mapped[date | None]
    extended_workdays: Mapped[int] = mapped_column(default=0)
    extension_approved_by: Mapped[str] = mapped_column(default="")
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    cancelled_on: Mapped[date | None]
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    members: Mapped[list[ReviewMemberRow]] = relationship(
        lambda: ReviewMemberRow, lazy="raise", order_by=lambda: ReviewMemberRow.id
    )
    answers: Mapped[list[ReviewAnswerRow]] = relationship(
        lambda: ReviewAnswerRow, lazy="raise", order_by=lambda: ReviewAnswerRow.id
    )


class ReviewMemberRow(Versioned, Base):
    """One department asked in one round: when it was sent, when it had it, and by when it answers.

    Shape: ``asked_for`` says why it is asked again, empty in the first round; ``handed_to`` is the department
        the lead named after “not ours”, the lead itself when it takes the matter over.
    """

    __tablename__ = "approvals_review_member"
    __table_args__ = (
        Index("ux_approvals_review_member", "review_id", "round", "department", unique=True),
        Index("ix_approvals_review_member_department", "department", "review_id"),
        Index("ix_approvals_review_member_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_review_member_project"))
    review_id: Mapped[int] = mapped_column(ForeignKey(_REVIEW, name="fk_approvals_review_member_review"))
    round: Mapped[int]
    department: Mapped[str]
    is_lead: Mapped[bool]
    asked_for: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime]
    due_on: Mapped[date]
    received_at: Mapped[datetime | None]
    received_by: Mapped[str] = mapped_column(default="")
    received_way: Mapped[Way | None]
    handed_to: Mapped[str] = mapped_column(default="")
    handed_note: Mapped[str] = mapped_column(Text, default="")
    opinions: Mapped[list[OpinionRow]] = relationship(
        lambda: OpinionRow, lazy="raise", order_by=lambda: OpinionRow.id
    )


class OpinionRow(Base):
    """What one department said in one round; of several, the latest counts. Append-only.

    Units: ``given_on`` is the day of the department's own answer, ``at`` the moment it was written down.
    """

    __tablename__ = "approvals_opinion"
    __table_args__ = (
        Index("ix_approvals_opinion_member", "member_id"),
        Index("ix_approvals_opinion_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_opinion_project"))
    member_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_review_member.id", name="fk_approvals_opinion_member")
    )
    stance: Mapped[Stance]
    text: Mapped[str] = mapped_column(Text, default="")
    way: Mapped[Way]
    given_on: Mapped[date]
    given_by: Mapped[str]
    at: Mapped[datetime]
    recorded_by: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    file_key: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    lines: Mapped[list[OpinionLineRow]] = relationship(
        lambda: OpinionLineRow, lazy="raise", order_by=lambda: OpinionLineRow.id
    )


class OpinionLineRow(Base):
    """One condition, or one missing paper, of one opinion. Append-only.

    Shape: ``subject``, ``relation``, ``value`` and ``unit`` stand where the line names a figure;
        ``material`` is a code of the catalogue where the paper is known there.
    """

    __tablename__ = "approvals_opinion_line"
    __table_args__ = (Index("ix_approvals_opinion_line_opinion", "opinion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opinion_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_opinion.id", name="fk_approvals_opinion_line_opinion")
    )
    kind: Mapped[LineKind]
    text: Mapped[str] = mapped_column(Text)
    material: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    relation: Mapped[Relation | None]
    value: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")


class ContradictionRow(Versioned, Base):
    """Two lines that cannot both hold: marked by a person, or found by rule and settled by the lead.

    Shape: ``first_line_id`` < ``second_line_id``; ``resolution`` is empty until the lead has settled it.
    """

    __tablename__ = "approvals_contradiction"
    __table_args__ = (
        Index("ux_approvals_contradiction", "first_line_id", "second_line_id", unique=True),
        Index("ix_approvals_contradiction_review", "review_id"),
        CheckConstraint("first_line_id < second_line_id", name="ck_approvals_contradiction_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_contradiction_project"))
    review_id: Mapped[int] = mapped_column(ForeignKey(_REVIEW, name="fk_approvals_contradiction_review"))
    first_line_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_opinion_line.id", name="fk_approvals_contradiction_first")
    )
    second_line_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_opinion_line.id", name="fk_approvals_contradiction_second")
    )
    is_marked: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    marked_by: Mapped[str] = mapped_column(default="")
    resolution: Mapped[str] = mapped_column(Text, default="")
    resolved_by: Mapped[str] = mapped_column(default="")
    resolved_on: Mapped[date | None]


class ReviewAnswerRow(Base):
    """The one answer given after a round, as the enterprise was told it. Append-only.

    Source: PR-3.
    """

    __tablename__ = "approvals_review_answer"
    __table_args__ = (
        Index("ux_approvals_review_answer", "review_id", "round", unique=True),
        Index("ix_approvals_review_answer_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(_PROJECT, name="fk_approvals_review_answer_project"))
    review_id: Mapped[int] = mapped_column(ForeignKey(_REVIEW, name="fk_approvals_review_answer_review"))
    round: Mapped[int]
    kind: Mapped[AnswerKind]
    text: Mapped[str] = mapped_column(Text)
    on: Mapped[date]
    at: Mapped[datetime]
    given_by: Mapped[str]


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
