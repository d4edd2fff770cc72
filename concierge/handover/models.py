"""Handovers: one sheet from one person to another, a line for each project, and the times that count."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.handover.rules.handover import HandoverKind, TellingWay
from concierge.kernel.db import Base, Versioned


class HandoverRow(Versioned, Base):
    """What one person hands to another, and when both said so; nothing of it is overwritten once accepted.

    Shape: ``event_id`` is the event that asked for it; ``first_on`` the first day on which the other acts,
        ``last_on`` the last, None for good. ``due_on`` is the last day to give it. ``report`` is what the
        other writes on handing back.
    Source: AB-4, AB-5, AB-6, AB-8.
    """

    __tablename__ = "handover_sheet"
    __table_args__ = (
        Index("ux_handover_sheet_once", "event_id", "from_id", "to_id", unique=True),
        Index("ix_handover_sheet_from", "from_id", "accepted_at"),
        Index("ix_handover_sheet_to", "to_id", "accepted_at"),
        CheckConstraint("from_id <> to_id", name="ck_handover_sheet_two_people"),
        CheckConstraint("last_on IS NULL OR first_on <= last_on", name="ck_handover_sheet_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int]
    kind: Mapped[HandoverKind]
    from_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_handover_sheet_from"))
    to_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_handover_sheet_to"))
    absence_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_absence.id", name="fk_handover_sheet_absence"), index=True
    )
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime | None]
    given_by_id: Mapped[int | None]
    given_by: Mapped[str] = mapped_column(default="")
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None]
    accepted_by: Mapped[str] = mapped_column(default="")
    report: Mapped[str] = mapped_column(Text, default="")
    reported_at: Mapped[datetime | None]
    reported_by_id: Mapped[int | None]
    reported_by: Mapped[str] = mapped_column(default="")
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None]
    taken_back_by: Mapped[str] = mapped_column(default="")
    dropped_at: Mapped[datetime | None]
    giver: Mapped[User] = relationship(User, foreign_keys=[from_id], lazy="raise")
    taker: Mapped[User] = relationship(User, foreign_keys=[to_id], lazy="raise")


class HandoverItemRow(Versioned, Base):
    """One project of a handover: the post handed over, what was noted, and the sheet as it was given.

    Shape: ``post`` is the one the project is handed from: A, B, C, or the stage's single post; ``body`` is
        the sheet as it was given, empty until then; ``told_at`` is when the enterprise was told.
    Source: AB-4, AB-8.
    """

    __tablename__ = "handover_item"
    __table_args__ = (
        Index("ux_handover_item_project", "handover_id", "project_id", unique=True),
        CheckConstraint("(told_at IS NULL) = (told_way IS NULL)", name="ck_handover_item_told"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover_sheet.id", name="fk_handover_item_sheet"))
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_handover_item_project"), index=True
    )
    post: Mapped[str]
    promises: Mapped[str] = mapped_column(Text, default="")
    papers: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    told_at: Mapped[datetime | None]
    told_way: Mapped[TellingWay | None]
    told_by_id: Mapped[int | None]
    told_by: Mapped[str] = mapped_column(default="")
    told_whom: Mapped[str] = mapped_column(default="")
