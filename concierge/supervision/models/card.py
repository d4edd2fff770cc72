"""Cards as facts: which limit, when, who held the case that day, which pauses were on.

Nothing is overwritten: a card is added once and gains only its ending; the pauses of its day are rows of
their own.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.lifecycle import StopKind
from concierge.kernel.db import Base, Versioned
from concierge.supervision.rules.card import Cause, Colour, Ending, Level


class CardRow(Versioned, Base):
    """One card shown to a department for one step.

    Units: civil days; ``*_workdays`` in working days, as they stood on the day it was shown.
    Shape: ``limit_on`` is the day it is about: the promised or statutory end, the planned last day of a stop,
        the last day the step may end without moving the permit, or the day of a violation. ``occasion`` rises
        only where the clock moved away from a limit and back to it. ``held_role`` is A or B, empty where the
        project has no pair; the absence that made B act stands beside it. ``representative`` is who
        answered for the department that day, empty where it had named nobody.
    Source: SV-5.
    """

    __tablename__ = "supervision_card"
    __table_args__ = (
        Index("ux_supervision_card_once", "step_id", "attempt", "cause", "limit_on", "occasion", unique=True),
        Index("ix_supervision_card_project", "project_id"),
        Index("ix_supervision_card_department", "department", "shown_on"),
        CheckConstraint("ended_on IS NULL OR ended_on >= shown_on", name="ck_supervision_card_order"),
        CheckConstraint("(ended_on IS NULL) = (ended_how IS NULL)", name="ck_supervision_card_ending"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_supervision_card_project")
    )
    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id", name="fk_supervision_card_step"))
    code: Mapped[str]
    attempt: Mapped[int]
    department: Mapped[str]
    colour: Mapped[Colour]
    cause: Mapped[Cause]
    limit_on: Mapped[date]
    occasion: Mapped[int] = mapped_column(default=1)
    shown_on: Mapped[date] = mapped_column(index=True)
    shown_at: Mapped[datetime]
    accepted_on: Mapped[date | None]
    promised_end_on: Mapped[date | None]
    statutory_end_on: Mapped[date | None]
    limit_workdays: Mapped[int | None]
    used_workdays: Mapped[int | None]
    paused_workdays: Mapped[int | None]
    float_workdays: Mapped[int | None]
    held_by_id: Mapped[int | None]
    held_by: Mapped[str] = mapped_column(default="")
    held_role: Mapped[str] = mapped_column(default="")
    representative: Mapped[str] = mapped_column(default="", server_default="")
    away_id: Mapped[int | None]
    away_first_on: Mapped[date | None]
    away_last_on: Mapped[date | None]
    seen_by: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(Text, default="")
    ended_on: Mapped[date | None] = mapped_column(index=True)
    ended_how: Mapped[Ending | None]


class CardPauseRow(Base):
    """One stop of the clock that was on, or was over its planned end, on the day a card was shown.

    Source: SV-5.
    """

    __tablename__ = "supervision_card_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_supervision_card_pause_project"), index=True
    )
    card_id: Mapped[int] = mapped_column(
        ForeignKey("supervision_card.id", name="fk_supervision_card_pause_card"), index=True
    )
    stop_id: Mapped[int | None]
    kind: Mapped[StopKind]
    first_on: Mapped[date]
    planned_last_on: Mapped[date]


class EscalationRow(Base):
    """A red card reached one more level on a day.

    Source: SV-4.
    """

    __tablename__ = "supervision_escalation"
    __table_args__ = (Index("ux_supervision_escalation_level", "card_id", "level", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_supervision_escalation_project"), index=True
    )
    card_id: Mapped[int] = mapped_column(
        ForeignKey("supervision_card.id", name="fk_supervision_escalation_card")
    )
    level: Mapped[Level]
    reached_on: Mapped[date]
    reached_at: Mapped[datetime]
