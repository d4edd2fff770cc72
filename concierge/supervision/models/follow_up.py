"""What people did about a card: appeals and their decisions, supervision orders, urging a department."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.supervision.rules.card import ChaseWay, Ruling


class AppealRow(Versioned, Base):
    """One appeal against one card, and what became of it; a card is appealed once.

    Shape: ``by`` wrote it down, ``speaker`` is who spoke for the department.
    Source: SV-5.
    """

    __tablename__ = "supervision_appeal"
    __table_args__ = (
        Index("ux_supervision_appeal_card", "card_id", unique=True),
        CheckConstraint("decided_on IS NULL OR decided_on >= made_on", name="ck_supervision_appeal_order"),
        CheckConstraint("(decided_on IS NULL) = (ruling IS NULL)", name="ck_supervision_appeal_ruling"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_supervision_appeal_project"), index=True
    )
    card_id: Mapped[int] = mapped_column(ForeignKey("supervision_card.id", name="fk_supervision_appeal_card"))
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
    decision_reason: Mapped[str] = mapped_column(Text, default="")


class OrderRow(Versioned, Base):
    """A supervision order: what a department is to do, and by when it answers.

    Shape: numbered by year from one on; ``by`` issued it.
    """

    __tablename__ = "supervision_order"
    __table_args__ = (
        Index("ux_supervision_order_number", "year", "serial", unique=True),
        Index("ix_supervision_order_card", "card_id"),
        CheckConstraint("answer_due_on >= issued_on", name="ck_supervision_order_due"),
        CheckConstraint("answered_on IS NULL OR answered_on >= issued_on", name="ck_supervision_order_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_supervision_order_project"), index=True
    )
    card_id: Mapped[int] = mapped_column(ForeignKey("supervision_card.id", name="fk_supervision_order_card"))
    year: Mapped[int]
    serial: Mapped[int]
    department: Mapped[str]
    by_id: Mapped[int | None]
    by: Mapped[str]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    demand: Mapped[str] = mapped_column(Text)
    answer_due_on: Mapped[date]
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(Text, default="")


class ChaseRow(Base):
    """One time a department was urged about a step: by whom, how, to whom, with which words. Append-only."""

    __tablename__ = "supervision_chase"
    __table_args__ = (Index("ix_supervision_chase_step", "step_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_supervision_chase_project"), index=True
    )
    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id", name="fk_supervision_chase_step"))
    attempt: Mapped[int]
    department: Mapped[str]
    by_id: Mapped[int | None]
    by: Mapped[str]
    on: Mapped[date]
    at: Mapped[datetime]
    way: Mapped[ChaseWay]
    to_whom: Mapped[str]
    text: Mapped[str] = mapped_column(Text, default="")
