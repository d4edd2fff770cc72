"""After the construction permit: how often the beginning was put off, and when the works stood still."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from approvals.rules.works import StartExtension, WorksStop
from concierge.kernel.db import Base, Versioned


class StartExtensionRow(Base):
    """One time the authority gave longer to begin. Units: civil days; ``reference`` is its paper's number."""

    __tablename__ = "projects_start_extension"
    __table_args__ = (Index("ux_projects_start_extension", "project_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_projects_start_extension_project")
    )
    number: Mapped[int]
    until_on: Mapped[date]
    granted_on: Mapped[date]
    reference: Mapped[str] = mapped_column(default="", server_default="")

    def facts(self) -> StartExtension:
        """The row as the rules read it."""
        return StartExtension(number=self.number, until_on=self.until_on, granted_on=self.granted_on)


class WorksStopRow(Versioned, Base):
    """Works that stand, or stood, still. Units: civil days; ``reason`` as the builder gave it."""

    __tablename__ = "projects_works_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_projects_works_stop_project"), index=True
    )
    stopped_on: Mapped[date]
    reason: Mapped[str]
    reported_on: Mapped[date | None]
    rechecked_on: Mapped[date | None]
    resumed_on: Mapped[date | None]
    recheck_reference: Mapped[str] = mapped_column(default="", server_default="")

    def facts(self) -> WorksStop:
        """The row as the rules read it."""
        return WorksStop(
            stopped_on=self.stopped_on,
            reported_on=self.reported_on,
            rechecked_on=self.rechecked_on,
            resumed_on=self.resumed_on,
        )
