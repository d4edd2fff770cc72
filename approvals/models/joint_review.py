"""Joint reviews: what was sent to whom in which round, and the one answer that came of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from approvals.models.draft_text import codes
from approvals.models.opinion import OpinionRow
from approvals.rules.joint_reviews import (
    Answered,
    AnswerKind,
    JointReview,
    Member,
    ReviewKind,
    ReviewState,
)
from approvals.rules.opinions import OpinionWay
from concierge.kernel import clock
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

    def facts(self) -> JointReview:
        """The review as the rules see it. Shape: members, opinions, lines and answers are loaded along."""
        return JointReview(
            id=self.id,
            version=self.version,
            project_id=self.project_id,
            review_group=self.review_group,
            lead=self.lead,
            kind=self.kind,
            steps=codes(self.steps),
            subject=self.subject,
            silence=self.silence,
            sent_on=self.sent_on,
            sent_at=self.sent_at,
            due_on=self.opinions_due_on,
            state=self.state,
            round=self.round,
            sitting_id=self.sitting_id,
            session_on=self.session_on,
            members=tuple(member.facts() for member in self.members),
            answers=tuple(answer.facts() for answer in self.answers),
            extended_workdays=self.extended_workdays,
            extension_approved_by=self.extension_approved_by,
            extension_reason=self.extension_reason,
            cancelled_on=self.cancelled_on,
            cancelled_reason=self.cancelled_reason,
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
    received_way: Mapped[OpinionWay | None]
    handed_to: Mapped[str] = mapped_column(default="")
    handed_note: Mapped[str] = mapped_column(Text, default="")
    opinions: Mapped[list[OpinionRow]] = relationship(
        lambda: OpinionRow, lazy="raise", order_by=lambda: OpinionRow.id
    )

    def facts(self) -> Member:
        """The member as the rules see it, with its latest opinion. Shape: opinions and lines loaded along."""
        return Member(
            id=self.id,
            department=self.department,
            round=self.round,
            is_lead=self.is_lead,
            sent_on=clock.local(self.sent_at).date(),
            sent_at=self.sent_at,
            due_on=self.due_on,
            asked_for=self.asked_for,
            received_at=self.received_at,
            received_by=self.received_by,
            received_way=self.received_way,
            handed_to=self.handed_to,
            handed_note=self.handed_note,
            given=self.opinions[-1].facts(self.department) if self.opinions else None,
        )


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

    def facts(self) -> Answered:
        """The answer as the rules see it."""
        return Answered(self.round, self.kind, self.text, self.on, self.given_by)
