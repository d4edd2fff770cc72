"""Enterprises and their projects."""

from __future__ import annotations

import enum
from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.kernel.db import Base, Versioned
from projects.rules.ending import Ending


class ProjectStatus(enum.Enum):
    """Whether a project is under way."""

    ACTIVE = "active"
    CLOSED = "closed"


class Enterprise(Versioned, Base):
    """The project owner; ``uscc`` is its unified social credit code (GB 32100), its check digit checked."""

    __tablename__ = "projects_enterprise"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    uscc: Mapped[str] = mapped_column(unique=True)
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[str | None]

    def __str__(self) -> str:
        return self.name


class Project(Versioned, Base):
    """One investment project; ``facts`` are the recorded ones, the rest come from template and catalogue.

    Units: ``investment_wan`` in 10,000 yuan, the fact of that name, kept as a column because portfolios add
    it up.
    ``revision`` rises with every change of its graph, facts or actual dates: a plan made for an older one
    is not saved. ``ended_on`` is the day it was closed, ``ending`` how, ``ending_reason`` why.
    ``green_on`` is the day it was put on the green channel, None where it is not; ``green_reason`` why.
    """

    __tablename__ = "projects_project"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("projects_enterprise.id", name="fk_projects_project_enterprise"), index=True
    )
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("approvals_edition.id", name="fk_projects_project_edition")
    )
    template: Mapped[str]
    facts: Mapped[str] = mapped_column(Text)
    gates: Mapped[str]
    days: Mapped[str]
    investment_wan: Mapped[int]
    start_on: Mapped[date]
    target_on: Mapped[date | None] = mapped_column(index=True)
    status: Mapped[ProjectStatus] = mapped_column(default=ProjectStatus.ACTIVE)
    ended_on: Mapped[date | None]
    ending: Mapped[Ending | None]
    ending_reason: Mapped[str] = mapped_column(default="", server_default="")
    green_on: Mapped[date | None]
    green_reason: Mapped[str] = mapped_column(default="", server_default="")
    liaison_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_projects_project_liaison")
    )
    revision: Mapped[int] = mapped_column(default=1)
    plan_id: Mapped[
        int | None
    ]  # no foreign key: plans point at their project, and a circle cannot be created
    opened_at: Mapped[datetime]
    enterprise: Mapped[Enterprise] = relationship(lazy="raise")
    liaison: Mapped[User | None] = relationship(User, lazy="raise")
    plan: Mapped[Plan | None] = relationship(
        primaryjoin="foreign(Project.plan_id) == Plan.id", lazy="raise", viewonly=True
    )

    def __str__(self) -> str:
        return self.name


class Plan(Base):
    """One version of a project's plan. Versions never change.

    ``as_of`` is the day it was counted on, ``body`` the dates of every step and what they rest on,
    ``holding`` the
    first unfinished step of the critical path.
    Units: civil days; spans in working days from the project's day 0, ``serial_workdays`` with nothing side
    by side.
    """

    __tablename__ = "projects_plan"
    __table_args__ = (Index("ux_projects_plan_number", "project_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_projects_plan_project")
    )
    number: Mapped[int]
    revision: Mapped[int]
    as_of: Mapped[date]
    made_at: Mapped[datetime]
    cause: Mapped[str]
    permit_on: Mapped[date | None]
    lawful_start_on: Mapped[date | None]
    workdays_to_permit: Mapped[int | None]
    serial_workdays: Mapped[int | None]
    is_provisional: Mapped[bool]
    calendar_digest: Mapped[str]
    holding: Mapped[str | None]
    holding_finish_on: Mapped[date | None]
    body: Mapped[str] = mapped_column(Text)


class PlannedStep(Base):
    """The dates of one step in the current plan of its project, for questions across projects.

    Units: civil days; ``total_float`` in working days, how far it may slip before the permit or the lawful
        start moves.
    Shape: ``is_on_way`` says that it leads to the permit.
    """

    __tablename__ = "projects_planned_step"
    __table_args__ = (Index("ux_projects_planned_step", "project_id", "code", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("projects_project.id", name="fk_projects_planned_step_project")
    )
    code: Mapped[str]
    department: Mapped[str]
    stage: Mapped[str]
    start_on: Mapped[date]
    accept_on: Mapped[date]
    finish_on: Mapped[date] = mapped_column(index=True)
    total_float: Mapped[int]
    is_critical: Mapped[bool]
    is_on_way: Mapped[bool]
    is_done: Mapped[bool]


class Draft(Versioned, Base):
    """An unfinished new project: what the wizard has been told so far. Saved at every step forward."""

    __tablename__ = "projects_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id", name="fk_projects_draft_owner"), index=True
    )
    saved_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
