"""One matter for one project, and where it stands."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned


class StepState(enum.Enum):
    """Where a step stands, as far as planning needs to know: the national exchange codes 3 and 11."""

    NOT_STARTED = "not_started"
    PREPARING = "preparing"
    ACCEPTED = "accepted"
    PASSED = "passed"
    NOT_REQUIRED = "not_required"


class Step(Versioned, Base):
    """One matter for one project; its periods and materials are those of the project's edition."""

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
    preparing_since: Mapped[date | None]
    accepted_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    result_number: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)
