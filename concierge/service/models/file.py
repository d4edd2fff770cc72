"""What lies in a case's file: the one form, the one set, the slips, and results on their way."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.service.rules.case import DeliveryState, DeliveryWay, PaperState, Slip


class FormField(Base):
    """One field of the one form, once however many services ask for it.

    Shape: a sensitive answer is in ``sealed`` and never in ``answer``; ``asked_by`` are the codes of the
        services that need it, one space apart.
    Source: SF-6, the form is the union of fields by field code; SF-10, least fields.
    """

    __tablename__ = "service_field"
    __table_args__ = (
        Index("ux_service_field_once", "case_id", "code", unique=True),
        Index("ix_service_field_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_field_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_field_case"))
    place: Mapped[int]
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    is_required: Mapped[bool]
    is_sensitive: Mapped[bool]
    asked_by: Mapped[str]
    answer: Mapped[str] = mapped_column(Text, default="")
    sealed: Mapped[bytes | None]
    answered_at: Mapped[datetime | None]


class SetPaper(Base):
    """One paper of the one set, once however many services ask for it.

    Source: SF-6, the set is the union of materials by material code.
    """

    __tablename__ = "service_paper"
    __table_args__ = (
        Index("ux_service_paper_once", "case_id", "code", unique=True),
        Index("ix_service_paper_project", "project_id"),
        CheckConstraint("state <> 'later' OR due_on IS NOT NULL", name="ck_service_paper_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_paper_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_paper_case"))
    place: Mapped[int]
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    copies: Mapped[str] = mapped_column(default="")
    may_come_later: Mapped[bool]
    asked_by: Mapped[str]
    state: Mapped[PaperState] = mapped_column(default=PaperState.MISSING)
    due_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date | None]
    received_by: Mapped[str] = mapped_column(default="")


class CaseSlip(Base):
    """One of the five papers, issued once with its number; what it said then is kept as it was.

    Shape: ``facts`` is canonical JSON, printed and never searched; ``signed_on`` is the day the customer
        signed, for papers that want it.
    Source: SF-4.
    """

    __tablename__ = "service_slip"
    __table_args__ = (
        Index("ux_service_slip_number", "case_id", "kind", "serial", unique=True),
        Index("ix_service_slip_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_slip_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_slip_case"))
    kind: Mapped[Slip]
    serial: Mapped[int]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str]
    facts: Mapped[str] = mapped_column(Text)
    signed_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(default="")


class Delivery(Versioned, Base):
    """One result, or several together, on the way to the customer, until somebody signs.

    Source: SF-14.
    """

    __tablename__ = "service_delivery"
    __table_args__ = (
        Index("ix_service_delivery_case", "case_id"),
        Index("ix_service_delivery_project", "project_id"),
        Index("ix_service_delivery_state", "state", "sent_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_delivery_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_delivery_case"))
    what: Mapped[str]
    way: Mapped[DeliveryWay]
    carrier: Mapped[str] = mapped_column(default="")
    tracking: Mapped[str] = mapped_column(default="")
    to_whom: Mapped[str]
    to_where: Mapped[str] = mapped_column(default="")
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.SENT)
    sent_on: Mapped[date]
    sent_by: Mapped[str]
    ended_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(default="")


class DeliveryMove(Base):
    """One place a result was at on its way."""

    __tablename__ = "service_delivery_move"
    __table_args__ = (
        Index("ix_service_delivery_move", "delivery_id"),
        Index("ix_service_delivery_move_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_delivery_move_project")
    )
    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("service_delivery.id", name="fk_service_delivery_move_delivery")
    )
    at: Mapped[datetime]
    state: Mapped[DeliveryState]
    words: Mapped[str]
    by: Mapped[str]
