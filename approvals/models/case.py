"""What happened to a step, move by move: the journal, the stops of its clock, the extensions of its limit.

Nothing here is overwritten. A record that was wrong is taken back by another one; a stop or an extension that
was taken back stays, and counts no more.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.extensions import Extension
from approvals.rules.journal import Line
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Move
from approvals.rules.stops import ClockStop
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
    decided_by: Mapped[str] = mapped_column(default="", server_default="")
    promised_end_on: Mapped[date | None]
    statutory_end_on: Mapped[date | None]
    undoes: Mapped[int | None]

    def facts(self, number: int, undoes: int | None = None) -> Line:
        """The line as the rules see it. Shape: both are places in the step's own journal."""
        return Line(
            number=number,
            move=Move(self.move),
            before=self.before,
            state=self.state,
            on=self.on,
            attempt=self.attempt,
            undoes=undoes,
            step_id=self.step_id,
            at=self.at,
            actor_id=self.actor_id,
            actor=self.actor,
            basis=self.basis,
            reason=self.reason,
            paper=self.number,
            decided_by=self.decided_by,
            id=self.id,
            promised_end_on=self.promised_end_on,
            statutory_end_on=self.statutory_end_on,
        )


class StopRow(Versioned, Base):
    """One lawful pause of a step's clock; ``last_on`` is empty while it lasts. Both ends are paused days.

    Shape: ``opened_by`` and ``closed_by`` are the lines of the step's journal, counted from 1.
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
    opened_by: Mapped[int] = mapped_column(default=0, server_default="0")
    closed_by: Mapped[int | None]
    is_void: Mapped[bool] = mapped_column(default=False)

    def facts(self) -> ClockStop:
        """The stop as the rules see it."""
        return ClockStop(
            kind=self.kind,
            first_on=self.first_on,
            planned_last_on=self.planned_last_on,
            last_on=self.last_on,
            basis=self.basis,
            reason=self.reason,
            notice_number=self.notice_number,
            decided_by=self.decided_by,
            attempt=self.attempt,
            opened_by=self.opened_by,
            closed_by=self.closed_by,
            id=self.id,
        )


class ExtensionRow(Base):
    """One extension of a step's limit, with who approved it and why.

    Units: working days.
    Shape: ``granted_by`` is the line of the step's journal, counted from 1.
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
    granted_by: Mapped[int] = mapped_column(default=0, server_default="0")
    is_void: Mapped[bool] = mapped_column(default=False)

    def facts(self) -> Extension:
        """The extension as the rules see it."""
        return Extension(
            workdays=self.workdays,
            on=self.on,
            approved_by=self.approved_by,
            basis=self.basis,
            reason=self.reason,
            attempt=self.attempt,
            granted_by=self.granted_by,
        )
