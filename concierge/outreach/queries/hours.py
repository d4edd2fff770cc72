"""Questions asked of bookings and of the duty roster."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.outreach.models.booking import DutyRow, ServiceBookingRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.off_hours import Taken, Turn
from concierge.outreach.rules.standing import BookingState

SHOWN_DAYS = 35
FREE_SHOWN = 4


def duties(session: Session, first_on: date, last_on: date) -> list[DutyRow]:
    """Who is on duty on these days, by day, place and hour."""
    asked = select(DutyRow).where(DutyRow.on >= first_on, DutyRow.on <= last_on)
    return list(session.scalars(asked.order_by(DutyRow.on, DutyRow.place_key, DutyRow.begins, DutyRow.id)))


def turns(session: Session, first_on: date, last_on: date, place: int | None = None) -> list[Turn]:
    """The same as the rules see it, of one place or of all."""
    return [
        Turn(row.on, row.begins, row.ends, row.place_key, row.person_id)
        for row in duties(session, first_on, last_on)
        if place is None or row.place_key == place
    ]


def taken(session: Session, on: date, place: int) -> list[Taken]:
    """What is booked at one place on one day."""
    asked = select(ServiceBookingRow).where(
        ServiceBookingRow.on == on,
        ServiceBookingRow.state == BookingState.BOOKED,
        ServiceBookingRow.township_id == place if place else ServiceBookingRow.township_id.is_(None),
    )
    return [Taken(row.begins, row.minutes, row.officer_id) for row in session.scalars(asked)]


def free_times(session: Session, on: date, place: int) -> str:
    """The next times of duty at a place, for whoever finds none on a day."""
    coming = turns(session, on, on + timedelta(days=SHOWN_DAYS), place)[:FREE_SHOWN]
    return "、".join(f"{turn.on:%m-%d} {turn.begins:%H:%M}–{turn.ends:%H:%M}" for turn in coming) or "—"


def bookings(
    session: Session, reader: Actor, first_on: date, last_on: date
) -> list[Row[tuple[ServiceBookingRow, str | None]]]:
    """The bookings a reader sees, with the township: own ones, the hall's, those of places in charge."""
    asked = (
        select(ServiceBookingRow, TownshipRow.name)
        .outerjoin(TownshipRow, TownshipRow.id == ServiceBookingRow.township_id)
        .where(ServiceBookingRow.on >= first_on, ServiceBookingRow.on <= last_on)
        .where(
            or_(
                ServiceBookingRow.officer_id == reader.id,
                ServiceBookingRow.township_id.is_(None),
                in_charge(reader, ServiceBookingRow.township_id),
            )
        )
        .order_by(ServiceBookingRow.on, ServiceBookingRow.begins, ServiceBookingRow.id)
    )
    return list(session.execute(asked))


def my_bookings(session: Session, person_id: int, until: date) -> list[ServiceBookingRow]:
    """What is booked with one officer until a day."""
    asked = select(ServiceBookingRow).where(
        ServiceBookingRow.officer_id == person_id,
        ServiceBookingRow.state == BookingState.BOOKED,
        ServiceBookingRow.on <= until,
    )
    return list(session.scalars(asked.order_by(ServiceBookingRow.on, ServiceBookingRow.begins)))


def my_duties(session: Session, person_id: int, first_on: date, last_on: date) -> list[DutyRow]:
    """One officer's days of duty."""
    asked = select(DutyRow).where(
        DutyRow.person_id == person_id, DutyRow.on >= first_on, DutyRow.on <= last_on
    )
    return list(session.scalars(asked.order_by(DutyRow.on)))
