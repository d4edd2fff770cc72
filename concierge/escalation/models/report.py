"""Reports of what cannot be done: the report, the levels it reached, everything done about it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.escalation.rules.report import (
    Contentment,
    ReportDeed,
    ReportKind,
    ReportLevel,
    ReportOutcome,
    ReportWay,
    Rise,
)
from concierge.kernel.db import Base, Versioned


class ReportRow(Versioned, Base):
    """One report, from the moment it came in to what the person said of the answer.

    Units: ``due_on`` a civil day, the last on which it is closed and answered.
    Shape: ``project_id`` is None for a person without a project. ``kind`` is None until somebody sorted it.
        ``occasion`` is what the platform found it by, empty where a person told it. ``level`` is the highest
        one reached; ``level_due_at`` the moment at which it rises by itself, None where nobody's clock runs.
    Source: ES-1 to ES-4, ES-7.
    """

    __tablename__ = "escalation_report"
    __table_args__ = (
        Index("ux_escalation_report_number", "number", unique=True),
        Index("ux_escalation_report_occasion", "occasion", unique=True),
        Index("ix_escalation_report_open", "closed_at", "level_due_at"),
        Index("ix_escalation_report_cause", "cause_code", "closed_on"),
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="ck_escalation_report_closing"),
        CheckConstraint("(closed_at IS NULL) = (closed_on IS NULL)", name="ck_escalation_report_closed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_escalation_report_project"), index=True
    )
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_escalation_report_step"), index=True
    )
    way: Mapped[ReportWay]
    occasion: Mapped[str | None]
    reporter: Mapped[str]
    phone: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    department: Mapped[str]
    kind: Mapped[ReportKind | None]
    reported_at: Mapped[datetime]
    received_on: Mapped[date]
    registered_by_id: Mapped[int | None]
    registered_by: Mapped[str]
    level: Mapped[ReportLevel]
    level_due_at: Mapped[datetime | None]
    due_on: Mapped[date]
    owner_id: Mapped[int | None]
    owner: Mapped[str] = mapped_column(default="")
    owner_phone: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    outcome: Mapped[ReportOutcome | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
    cause_code: Mapped[str] = mapped_column(default="")
    approver: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    accountability: Mapped[str] = mapped_column(Text, default="")
    contentment: Mapped[Contentment | None]
    asked_back_on: Mapped[date | None]
    reopenings: Mapped[int] = mapped_column(default=0)


class StageRow(Base):
    """A report reached a level: when, until when somebody had to come, who came, and how it went on.

    Shape: one row for each level and round; ``rose`` says why it went further up, None where it was closed.
    Source: ES-3, ES-5.
    """

    __tablename__ = "escalation_stage"
    __table_args__ = (
        Index("ux_escalation_stage_level", "report_id", "round", "level", unique=True),
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ck_escalation_stage_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("escalation_report.id", name="fk_escalation_stage_report"), index=True
    )
    round: Mapped[int] = mapped_column(default=1)
    level: Mapped[ReportLevel]
    began_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    called: Mapped[str] = mapped_column(default="")
    called_phone: Mapped[str] = mapped_column(default="")
    arrived_at: Mapped[datetime | None]
    who_came: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
    rose: Mapped[Rise | None]


class ReportActRow(Base):
    """One thing done about a report. Append-only."""

    __tablename__ = "escalation_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("escalation_report.id", name="fk_escalation_act_report"), index=True
    )
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str]
    deed: Mapped[ReportDeed]
    text: Mapped[str] = mapped_column(Text, default="")


class ReportOpinionRow(Versioned, Base):
    """What one department says about a report, and whether it comes to the meeting; its last word counts."""

    __tablename__ = "escalation_opinion"
    __table_args__ = (Index("ux_escalation_opinion", "report_id", "department", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("escalation_report.id", name="fk_escalation_opinion_report")
    )
    department: Mapped[str]
    opinion: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    is_coming: Mapped[bool]
    given_by: Mapped[str]
    given_at: Mapped[datetime]


class ReportMeetingRow(Versioned, Base):
    """A meeting about a report, or the appointment of a special request: when, where, what is proposed."""

    __tablename__ = "escalation_meeting"
    __table_args__ = (Index("ix_escalation_meeting_report", "report_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("escalation_report.id", name="fk_escalation_meeting_report")
    )
    at: Mapped[datetime]
    place: Mapped[str]
    proposal: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text, default="")
    called_off_at: Mapped[datetime | None]


class AssignmentRow(Versioned, Base):
    """An assignment order (交办单): to whom, what is to be done, by when, and what was answered.

    Source: ES-2, ES-5.
    """

    __tablename__ = "escalation_assignment"
    __table_args__ = (
        Index("ux_escalation_assignment_number", "number", unique=True),
        Index("ix_escalation_assignment_due", "answered_on", "answer_due_on"),
        CheckConstraint("answer_due_on >= issued_on", name="ck_escalation_assignment_due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    report_id: Mapped[int] = mapped_column(
        ForeignKey("escalation_report.id", name="fk_escalation_assignment_report"), index=True
    )
    level: Mapped[ReportLevel]
    addressee: Mapped[str]
    department: Mapped[str] = mapped_column(default="")
    demand: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str]
    answer_due_on: Mapped[date]
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(Text, default="")
