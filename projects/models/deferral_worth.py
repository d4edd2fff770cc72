"""What a deferral is worth, as counted when it was granted and with every plan since."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base


class DeferralWorthRow(Base):
    """The two numbers of one deferral, and the certificate it holds back.

    Units: civil days; ``gained_workdays`` are working days of the permit (or of the step's own result, where
        the step does not lead to the permit).
    Shape: ``plan_id`` is the plan they were counted with; ``latest_on`` is None where no day moves the
        permit; ``withheld`` the step whose certificate waits, empty where no headline depends on it.
    """

    __tablename__ = "projects_deferral_worth"
    __table_args__ = (Index("ux_projects_deferral_worth", "deferral_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_projects_deferral_worth_project"), index=True
    )
    deferral_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_deferral.id", name="fk_projects_deferral_worth_deferral")
    )
    plan_id: Mapped[int | None]
    permit_on: Mapped[date | None]
    permit_without_on: Mapped[date | None]
    start_on: Mapped[date | None]
    start_without_on: Mapped[date | None]
    gained_workdays: Mapped[int]
    latest_on: Mapped[date | None]
    is_critical: Mapped[bool]
    withheld: Mapped[str] = mapped_column(default="")
