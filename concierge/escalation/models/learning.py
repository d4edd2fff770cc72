"""What the county learns: every no, processes to be mended, bottlenecks, and what people say."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.escalation.rules.report import BottleneckState, NegativeRuling, VoiceState, VoiceTopic
from concierge.kernel.db import Base, Versioned


class NegativeRow(Versioned, Base):
    """A no somebody gave or wants to give, and what a second person said of it (否定答复报告).

    Shape: ``occasion`` is the record it comes from, empty where an officer wrote it down.
    Source: ES-8.
    """

    __tablename__ = "escalation_negative"
    __table_args__ = (
        Index("ux_escalation_negative_number", "number", unique=True),
        Index("ux_escalation_negative_occasion", "occasion", unique=True),
        Index("ix_escalation_negative_open", "ruled_on", "due_on"),
        CheckConstraint("(ruled_on IS NULL) = (ruling IS NULL)", name="ck_escalation_negative_ruling"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    occasion: Mapped[str | None]
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_escalation_negative_project"), index=True
    )
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_escalation_negative_step")
    )
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("escalation_report.id", name="fk_escalation_negative_report"), index=True
    )
    department: Mapped[str]
    matter: Mapped[str]
    applicant: Mapped[str]
    phone: Mapped[str]
    said_by: Mapped[str]
    said_by_id: Mapped[int | None]
    said_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    ruling: Mapped[NegativeRuling | None]
    ruled_on: Mapped[date | None]
    ruled_by: Mapped[str] = mapped_column(default="")
    ruled_by_id: Mapped[int | None]
    ruling_note: Mapped[str] = mapped_column(Text, default="")


class ProcessFixRow(Versioned, Base):
    """A process to be mended, because a cause came back too often in a quarter, or for a bottleneck.

    Source: ES-7, SF-19.
    """

    __tablename__ = "escalation_fix"
    __table_args__ = (
        Index("ux_escalation_fix_occasion", "occasion", unique=True),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="ck_escalation_fix_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occasion: Mapped[str]
    cause_code: Mapped[str]
    quarter: Mapped[str]
    times: Mapped[int]
    departments: Mapped[str]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    in_force_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(default="")


class VoiceRow(Versioned, Base):
    """Something people said, who is to answer it, and what was answered (意见收集).

    Source: SF-18.
    """

    __tablename__ = "escalation_voice"
    __table_args__ = (Index("ix_escalation_voice_state", "state", "heard_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_escalation_voice_project"), index=True
    )
    topic: Mapped[VoiceTopic]
    text: Mapped[str] = mapped_column(Text)
    speaker: Mapped[str]
    phone: Mapped[str]
    place: Mapped[str]
    heard_on: Mapped[date]
    heard_at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str]
    state: Mapped[VoiceState]
    department: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(default="")
    told_on: Mapped[date | None]


class BottleneckRow(Versioned, Base):
    """A place where things stand still (梗阻): which step and department, how long, why, what would help.

    Units: ``waited_workdays`` working days.
    Source: SF-19.
    """

    __tablename__ = "escalation_bottleneck"
    __table_args__ = (Index("ix_escalation_bottleneck_state", "state", "department"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_escalation_bottleneck_project"), index=True
    )
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("approvals_step.id", name="fk_escalation_bottleneck_step")
    )
    matter: Mapped[str]
    department: Mapped[str]
    waited_workdays: Mapped[int]
    cause_code: Mapped[str]
    what: Mapped[str] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[BottleneckState]
    outcome: Mapped[str] = mapped_column(Text, default="")
    recorded_on: Mapped[date]
    recorded_at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str]
    settled_on: Mapped[date | None]
    settled_by: Mapped[str] = mapped_column(default="")
