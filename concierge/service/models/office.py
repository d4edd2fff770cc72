"""The tiers: offices of villages, townships and county, who sits there, what each offers, and transfers."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concierge.kernel.db import Base, Versioned
from concierge.service.rules.case import Tier


class Office(Versioned, Base):
    """One place people come to: a village service room, a township window, the county centre.

    Shape: ``upper`` is the code of the office it hands to; empty for the topmost.
    Source: S39, three tiers of the concierge.
    """

    __tablename__ = "service_office"
    __table_args__ = (Index("ux_service_office_code", "code", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    tier: Mapped[Tier]
    upper: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")


class OfficeClerk(Base):
    """This person sits in this office, from one day until another.

    Shape: ``department`` is the department a county representative accepts for, empty elsewhere.
    """

    __tablename__ = "service_clerk"
    __table_args__ = (
        Index("ix_service_clerk_office", "office", "until_on"),
        Index("ix_service_clerk_person", "person_id", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_service_clerk_person"))
    department: Mapped[str] = mapped_column(default="")
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    person: Mapped[User] = relationship(User, lazy="raise")


class Listing(Base):
    """One service on an office's own published list, from one day until another; nothing is overwritten.

    Shape: ``code`` is a service of the catalogue; empty for one the office added, which has only a name.
    Source: S39, three tiers, each has its own list, and a village may add what it is able to do.
    """

    __tablename__ = "service_listing"
    __table_args__ = (
        Index("ix_service_listing_office", "office", "until_on"),
        CheckConstraint("code <> '' OR name <> ''", name="ck_service_listing_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    is_decided_here: Mapped[bool]
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    by: Mapped[str]
    ended_by: Mapped[str] = mapped_column(default="")


class Transfer(Base):
    """One hop of a case from an office to another: when, by whom, why, and who took it there.

    Source: S39, three tiers, each hop is a recorded transfer with time and holder.
    """

    __tablename__ = "service_transfer"
    __table_args__ = (
        Index("ux_service_transfer_place", "case_id", "place", unique=True),
        Index("ix_service_transfer_to", "to_office", "taken_at"),
        Index("ix_service_transfer_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_service_transfer_project")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id", name="fk_service_transfer_case"))
    place: Mapped[int]
    from_office: Mapped[str]
    to_office: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    sent_by: Mapped[str]
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None]
    taken_by: Mapped[str] = mapped_column(default="")
