"""Visits to people and enterprises, and the problems heard there."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.outreach.rules.standing import VisitState


class VisitRow(Versioned, Base):
    """One visit, planned or made: to an enterprise's project, or to a household of a grid."""

    __tablename__ = "outreach_visit"
    __table_args__ = (
        Index("ix_outreach_visit_visitor", "visitor_id", "state", "planned_on"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="ck_outreach_visit_done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_outreach_visit_project"), index=True
    )
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("outreach_grid.id", name="fk_outreach_visit_grid"))
    place: Mapped[str]
    to_whom: Mapped[str]
    purpose: Mapped[str] = mapped_column(Text)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_outreach_visit_visitor"))
    visitor: Mapped[str]
    planned_on: Mapped[date]
    planned_at: Mapped[time | None]
    minutes: Mapped[int]
    state: Mapped[VisitState]
    done_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]


class ProblemRow(Versioned, Base):
    """One problem heard on a visit: a task with a holder and a day, until it is answered."""

    __tablename__ = "outreach_problem"
    __table_args__ = (
        Index("ix_outreach_problem_holder", "holder_id", "settled_on"),
        CheckConstraint("settled_on IS NULL OR answer <> ''", name="ck_outreach_problem_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_visit.id", name="fk_outreach_problem_visit"), index=True
    )
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_outreach_problem_project"), index=True
    )
    what: Mapped[str] = mapped_column(Text)
    holder_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_outreach_problem_holder"))
    holder: Mapped[str]
    due_on: Mapped[date]
    found_at: Mapped[datetime]
    settled_on: Mapped[date | None]
    settled_by: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(Text, default="")
