"""Service cases: one number for life, its services, and the steps of its workflow."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.service.rules.case import CaseState, Customer, ItemState, Mode, Outcome, Record, StepState


class ServiceCase(Versioned, Base):
    """One customer's one case, whatever is ticked in it and wherever it travels.

    Units: civil days; ``period_workdays`` in working days; ``*_at`` moments.
    Shape: ``project_id`` only for a project's case. ``office`` is the code of the office that has it now;
        ``holder_id`` the person in it who looks after it. ``day_zero_on`` is the day from which its period is
        counted, ``set_received_on`` the day the place in charge received the electronic set. ``origin`` is
        whoever started it by itself, and its key there: the same origin never opens two.
    Source: SF-4, SF-5, SF-12.
    """

    __tablename__ = "service_case"
    __table_args__ = (
        Index("ux_service_case_number", "year", "serial", unique=True),
        Index("ux_service_case_origin", "origin", unique=True),
        Index("ix_service_case_project", "project_id"),
        Index("ix_service_case_office", "office", "state"),
        Index("ix_service_case_holder", "holder_id", "state"),
        CheckConstraint("(customer = 'project') = (project_id IS NOT NULL)", name="ck_service_case_project"),
        CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="ck_service_case_ending"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_case_project")
    )
    customer: Mapped[Customer]
    customer_name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    workflow: Mapped[str]
    mode: Mapped[Mode]
    place_in_charge: Mapped[str] = mapped_column(default="")
    office: Mapped[str] = mapped_column(default="")
    holder_id: Mapped[int | None]
    holder: Mapped[str] = mapped_column(default="")
    state: Mapped[CaseState] = mapped_column(default=CaseState.OPEN)
    period_workdays: Mapped[int]
    opened_by_id: Mapped[int | None]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    opened_on: Mapped[date] = mapped_column(index=True)
    taken_in_on: Mapped[date | None]
    sent_on_on: Mapped[date | None]
    set_received_on: Mapped[date | None]
    day_zero_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    closed_on: Mapped[date | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    ending: Mapped[str] = mapped_column(Text, default="")
    origin: Mapped[str | None]


class CaseItem(Base):
    """One service of a case, as it was called on the day of opening, and what became of it.

    Source: SF-5, SF-6.
    """

    __tablename__ = "service_item"
    __table_args__ = (
        Index("ux_service_item_once", "case_id", "code", unique=True),
        Index("ix_service_item_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_item_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_item_case"))
    place: Mapped[int]
    code: Mapped[str]
    bundle: Mapped[str] = mapped_column(default="")
    department: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    result_zh: Mapped[str] = mapped_column(default="")
    result_en: Mapped[str] = mapped_column(default="")
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    settled_on: Mapped[date | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")


class CaseStep(Base):
    """One step of a case's workflow: who holds it, when it began and ended, and why it was left out.

    Shape: ``exits`` are the codes of its exit tests, one space apart, as they stood when the case was opened.
    Source: SF-4, none can be skipped silently.
    """

    __tablename__ = "service_step"
    __table_args__ = (
        Index("ux_service_step_place", "case_id", "place", unique=True),
        Index("ix_service_step_project", "project_id"),
        CheckConstraint("state <> 'skipped' OR reason <> ''", name="ck_service_step_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_step_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_step_case"))
    place: Mapped[int]
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    post: Mapped[str]
    document: Mapped[str] = mapped_column(default="")
    exits: Mapped[str] = mapped_column(default="")
    state: Mapped[StepState]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    by_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(Text, default="")


class CaseRecord(Base):
    """One thing done with people for a case: a visit, an answer, a call back; nothing is overwritten.

    Shape: ``satisfaction`` is 1 (very satisfied) to 5, only for a call back where it was said.
    """

    __tablename__ = "service_record"
    __table_args__ = (
        Index("ix_service_record_case", "case_id", "kind"),
        Index("ix_service_record_project", "project_id"),
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="ck_service_record_satisfaction"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_record_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_record_case"))
    step_place: Mapped[int]
    kind: Mapped[Record]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str]
    whom: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(Text)
    satisfaction: Mapped[int | None]


class CaseStop(Base):
    """A stretch of days on which a case is suspended: why, on what basis, and when it went on.

    Shape: the first day is the day of the slip; the day of resuming counts again.
    """

    __tablename__ = "service_stop"
    __table_args__ = (
        Index("ix_service_stop_case", "case_id"),
        Index("ix_service_stop_project", "project_id"),
        CheckConstraint("resumed_on IS NULL OR resumed_on >= first_on", name="ck_service_stop_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_stop_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_stop_case"))
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str]
    first_on: Mapped[date]
    planned_last_on: Mapped[date]
    resumed_on: Mapped[date | None]
    by: Mapped[str]
    resumed_by: Mapped[str] = mapped_column(default="")
    resumed_why: Mapped[str] = mapped_column(Text, default="")
