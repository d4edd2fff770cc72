"""Papers that come later, the default that follows when they do not, and what was decided on a promise."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.assurance import AssuranceState
from approvals.rules.credit import CreditRecord
from approvals.rules.deferral import GrantLevel, WhyMain
from approvals.rules.deferral_course import (
    Course,
    DeferralState,
    ExtensionGround,
    NoSuchDeferralMove,
    Owed,
    Reminder,
)
from concierge.kernel.db import Base, Versioned


class NumberSeriesRow(Base):
    """The last number given out of a series in a year.

    Shape: ``series`` is RQ for deferrals, GC for assurances; for a document the word of its number.
    """

    __tablename__ = "approvals_number_series"
    __table_args__ = (Index("ux_approvals_number_series", "series", "year", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    last: Mapped[int]


class DeferralRow(Versioned, Base):
    """One paper of one step that may come later, from the draft of the commitment to its close.

    Units: civil days; ``period_workdays`` and ``extension_workdays`` are working days.
    Shape: ``producer`` is the step whose result the paper is, empty where the enterprise brings it; ``uscc``
        the code of whoever promised, kept as it was; ``first_due_on`` the due day before the extension;
        ``before_issue`` that there is no time to spare, so the paper comes before the certificate.
    Source: DF-1 to DF-15.
    """

    __tablename__ = "approvals_deferral"
    __table_args__ = (
        Index("ux_approvals_deferral_number", "number", unique=True),
        Index("ix_approvals_deferral_step", "step_id"),
        Index("ix_approvals_deferral_project", "project_id", "state"),
        Index("ix_approvals_deferral_due", "state", "due_on"),
        CheckConstraint("due_on >= granted_on", name="ck_approvals_deferral_order"),
        CheckConstraint(
            "extension_workdays IS NULL OR extension_workdays <= period_workdays",
            name="ck_approvals_deferral_extension",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_deferral_project")
    )
    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id", name="fk_approvals_deferral_step"))
    attempt: Mapped[int]
    material: Mapped[str]
    producer: Mapped[str] = mapped_column(default="")
    why_main: Mapped[WhyMain | None]
    on_list: Mapped[bool]
    form: Mapped[str] = mapped_column(default="")
    uscc: Mapped[str] = mapped_column(index=True)
    state: Mapped[DeferralState]
    drafted_on: Mapped[date]
    asked_due_on: Mapped[date]
    signed_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(default="")
    agent: Mapped[str] = mapped_column(default="")
    granted_on: Mapped[date | None]
    granted_by: Mapped[str] = mapped_column(default="")
    department_head: Mapped[str] = mapped_column(default="")
    level: Mapped[GrantLevel | None]
    period_workdays: Mapped[int | None]
    before_issue: Mapped[bool] = mapped_column(default=False)
    may_issue_first: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    extension_workdays: Mapped[int | None]
    extension_ground: Mapped[ExtensionGround | None]
    extension_proof: Mapped[str] = mapped_column(Text, default="")
    supplied_on: Mapped[date | None]
    rejections: Mapped[int] = mapped_column(default=0)
    overdue_on: Mapped[date | None]
    defaulted_on: Mapped[date | None]
    put_right_by_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None] = mapped_column(index=True)

    def owed(self) -> Owed:
        """What the certificate waits for; of a granted deferral only, which has its due day."""
        return Owed(
            deferral_id=self.id,
            number=self.number,
            material=self.material,
            state=self.state,
            due_on=self.due_on or self.asked_due_on,
            producer=self.producer,
            may_issue_first=self.may_issue_first,
        )

    def course(self) -> Course:
        """Its days as the rules see them. Raises: NoSuchDeferralMove, before the grant."""
        if self.granted_on is None or self.due_on is None:
            raise NoSuchDeferralMove(number=self.number)
        return Course(
            number=self.number,
            state=self.state,
            granted_on=self.granted_on,
            due_on=self.due_on,
            period_workdays=self.period_workdays or 0,
            is_bridge=bool(self.producer),
            extended_on=self.extended_on,
            overdue_on=self.overdue_on,
        )


class DeferralMoveRow(Base):
    """One move of one deferral, by somebody, on a day. Append-only."""

    __tablename__ = "approvals_deferral_move"
    __table_args__ = (Index("ix_approvals_deferral_move", "deferral_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deferral_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_deferral.id", name="fk_approvals_deferral_move_deferral")
    )
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_deferral_move_project")
    )
    move: Mapped[str]
    before: Mapped[DeferralState]
    state: Mapped[DeferralState]
    on: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]


class DeferralReminderRow(Base):
    """A reminder that went out.

    Shape: one for each kind and due day, so that an extension is reminded anew.
    """

    __tablename__ = "approvals_deferral_reminder"
    __table_args__ = (
        Index("ux_approvals_deferral_reminder", "deferral_id", "reminder", "due_on", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deferral_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_deferral.id", name="fk_approvals_deferral_reminder_deferral")
    )
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_deferral_reminder_project")
    )
    reminder: Mapped[Reminder]
    due_on: Mapped[date]
    sent_on: Mapped[date]


class IssueFirstRow(Versioned, Base):
    """A paper of a matter after which the certificate need not wait: issued first, supplied later.

    Source: DF-7; S12, state 12.
    """

    __tablename__ = "approvals_issue_first"
    __table_args__ = (Index("ux_approvals_issue_first", "matter", "material", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter: Mapped[str]
    material: Mapped[str]
    basis: Mapped[str] = mapped_column(Text, default="")


class CreditRow(Versioned, Base):
    """The bare fact of a promise that was not kept: who, which, due when, supplied or not.

    Shape: ``number`` is that of the deferral or assurance; ``removed_on`` takes the record out of sight at
        once, because it was repaired, was wrong, or is too old.
    Source: DF-11, DF-12.
    """

    __tablename__ = "approvals_credit"
    __table_args__ = (Index("ux_approvals_credit_number", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_credit_project"), index=True
    )
    uscc: Mapped[str] = mapped_column(index=True)
    number: Mapped[str]
    promised: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    was_supplied: Mapped[bool]
    recorded_on: Mapped[date]
    published_until: Mapped[date]
    objected_on: Mapped[date | None]
    objection: Mapped[str] = mapped_column(Text, default="")
    answer_due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    repaired_on: Mapped[date | None]
    repair: Mapped[str] = mapped_column(Text, default="")
    removed_on: Mapped[date | None]

    def facts(self) -> CreditRecord:
        """The record as the rules see it."""
        return CreditRecord(
            number=self.number,
            uscc=self.uscc,
            due_on=self.due_on,
            was_supplied=self.was_supplied,
            recorded_on=self.recorded_on,
            published_until=self.published_until,
            objected_on=self.objected_on,
            answer_due_on=self.answer_due_on,
            answered_on=self.answered_on,
            removed_on=self.removed_on,
        )


class AssuranceRow(Versioned, Base):
    """A matter decided on the spot because the applicant declares that it meets the conditions.

    Units: civil days; ``check_due_on`` is the last day to look whether it is true.
    Source: DF-14.
    """

    __tablename__ = "approvals_assurance"
    __table_args__ = (
        Index("ux_approvals_assurance_number", "number", unique=True),
        Index("ix_approvals_assurance_step", "step_id"),
        Index("ix_approvals_assurance_due", "state", "check_due_on"),
        CheckConstraint("check_due_on >= decided_on", name="ck_approvals_assurance_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_assurance_project"), index=True
    )
    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id", name="fk_approvals_assurance_step"))
    attempt: Mapped[int]
    uscc: Mapped[str] = mapped_column(index=True)
    state: Mapped[AssuranceState]
    declares: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    signed_by: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    check_due_on: Mapped[date]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(default="")
    finding: Mapped[str] = mapped_column(Text, default="")
    put_right_by_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
