"""Service outside office hours: bookings, and who is on duty for them."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.outreach.rules.standing import BookingState, Hours, Road


class ServiceBookingRow(Versioned, Base):
    """Somebody is to be served at a time: in the county hall, or at a township's window.

    Shape: ``counts_on`` is the working day on which what is handed in then counts as received.
    Source: SF-13; WD-3.
    """

    __tablename__ = "outreach_booking"
    __table_args__ = (
        Index("ix_outreach_booking_day", "on", "township_id"),
        CheckConstraint('counts_on >= "on"', name="ck_outreach_booking_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    begins: Mapped[time]
    minutes: Mapped[int]
    hours: Mapped[Hours]
    counts_on: Mapped[date]
    what: Mapped[str]
    township_id: Mapped[int | None] = mapped_column(
        ForeignKey("outreach_township.id", name="fk_outreach_booking_township")
    )
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("projects_project.id", name="fk_outreach_booking_project"), index=True
    )
    called: Mapped[str]
    sealed: Mapped[bytes]
    road: Mapped[Road]
    officer_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id", name="fk_outreach_booking_officer"), index=True
    )
    officer: Mapped[str] = mapped_column(default="")
    state: Mapped[BookingState]
    by_id: Mapped[int | None]
    by: Mapped[str]
    made_at: Mapped[datetime]


class DutyRow(Versioned, Base):
    """One officer is on duty on a day for some hours, in the county hall or at a township's window.

    Shape: ``place_key`` is the township's number, 0 for the county hall.
    Source: SF-13, one or two agents in turn.
    """

    __tablename__ = "outreach_duty"
    __table_args__ = (
        Index("ux_outreach_duty_once", "on", "person_id", unique=True),
        Index("ix_outreach_duty_place", "on", "place_key"),
        CheckConstraint("begins < ends", name="ck_outreach_duty_hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    begins: Mapped[time]
    ends: Mapped[time]
    place_key: Mapped[int]
    township_id: Mapped[int | None] = mapped_column(
        ForeignKey("outreach_township.id", name="fk_outreach_duty_township")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_outreach_duty_person"))
    person: Mapped[str]
    made_at: Mapped[datetime]
