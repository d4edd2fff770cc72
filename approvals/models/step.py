"""One matter for one project, and where it stands."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.lifecycle import StepState
from concierge.kernel.db import Base, Versioned


class Step(Versioned, Base):
    """One matter for one project; its periods and materials are those of the project's edition.

    Units: civil days.
    Shape: ``finished_on`` is the day of a result that opens the way (states 11 and 12); ``ended_on`` that of
        a case that ended without one, which may be begun anew as the next ``attempt``. The two ends are kept
        for questions across projects; only a start, an extension, a stop or a correction moves them, and the
        calendar.
    Source: S12 (the fifteen states), WD-5.
    """

    __tablename__ = "approvals_step"
    __table_args__ = (
        Index("ux_approvals_step_code", "project_id", "code", unique=True),
        CheckConstraint(
            "finished_on IS NULL OR accepted_on IS NULL OR finished_on >= accepted_on",
            name="ck_approvals_step_order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_approvals_step_project")
    )
    code: Mapped[str]
    number: Mapped[str]
    department: Mapped[str] = mapped_column(index=True)
    state: Mapped[StepState] = mapped_column(default=StepState.NOT_STARTED)
    attempt: Mapped[int] = mapped_column(default=1, server_default="1")
    preparing_since: Mapped[date | None]
    received_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    promised_end_on: Mapped[date | None] = mapped_column(index=True)
    statutory_end_on: Mapped[date | None]
    result_number: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)
