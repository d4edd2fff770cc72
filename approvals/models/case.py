"""What happened to a step, move by move: the journal, the stops of its clock, the extensions of its limit.

Nothing here is overwritten. A record that was wrong is taken back by another one; a stop or an extension that
was taken back stays, and counts no more.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.lifecycle import StepState, StopKind
from concierge.kernel.db import Base, Versioned


class CaseMoveRow(Base):
    """One move of one step: from state to state, on a day, by somebody, on a basis. Append-only.

    Units: ``on`` is a civil day, ``at`` the moment it was recorded.
    Shape: ``move`` is the word of ``Move``; ``undoes`` is the move this one takes back; ``promised_end_on``
        and ``statutory_end_on`` are the ends as they stand after it.
    """

    __tablename__ = "approvals_case_move"
    __table_args__ = (
        Index("ix_approvals_case_move_step", "step_id", "id"),
        Index("ix_approvals_case_move_project", "project_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_case_move_project")
    )
    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id", name="fk_approvals_case_move_step"))
    attempt: Mapped[int]
    move: Mapped[str]
    before: Mapped[StepState]
    state: Mapped[StepState]
    on: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    basis: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[str] = mapped_column(default="")
    promised_end_on: Mapped[date | None]
    statutory_end_on: Mapped[date | None]
    undoes: Mapped[int | None]


class StopRow(Versioned, Base):
    """One lawful pause of a step's clock; ``last_on`` is empty while it lasts. Both ends are paused days.

    Source: CL-6, CL-7.
    """

    __tablename__ = "approvals_stop"
    __table_args__ = (
        CheckConstraint("planned_last_on >= first_on", name="ck_approvals_stop_planned"),
        CheckConstraint("last_on >= first_on", name="ck_approvals_stop_order"),
        Index("ix_approvals_stop_step", "step_id", "attempt"),
        Index("ix_approvals_stop_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_stop_project")
    )
    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id", name="fk_approvals_stop_step"))
    attempt: Mapped[int]
    kind: Mapped[StopKind]
    basis: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    notice_number: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str]
    first_on: Mapped[date]
    planned_last_on: Mapped[date]
    last_on: Mapped[date | None]
    is_void: Mapped[bool] = mapped_column(default=False)


class ExtensionRow(Base):
    """One extension of a step's limit, with who approved it and why.

    Units: working days.
    Source: AC-7 to AC-9.
    """

    __tablename__ = "approvals_extension"
    __table_args__ = (
        CheckConstraint("workdays > 0", name="ck_approvals_extension_workdays"),
        Index("ix_approvals_extension_step", "step_id", "attempt"),
        Index("ix_approvals_extension_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_extension_project")
    )
    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id", name="fk_approvals_extension_step"))
    attempt: Mapped[int]
    workdays: Mapped[int]
    on: Mapped[date]
    approved_by: Mapped[str]
    basis: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    is_void: Mapped[bool] = mapped_column(default=False)
