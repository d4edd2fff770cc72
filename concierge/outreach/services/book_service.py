"""Book a time of service, also outside office hours; and say what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from flask import current_app
from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing, Refusal
from concierge.kernel.work import Work, work
from concierge.outreach.events import BookingEnded, ServiceBooked
from concierge.outreach.models.booking import ServiceBookingRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.queries import hours
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.off_hours import OpeningHours, check_time, counts_on, free_officer, hours_of
from concierge.outreach.rules.personal import Personal, called, checked_text, is_phone
from concierge.outreach.rules.standing import BookingState, Hours, Road
from concierge.outreach.services.open_person import log_opening
from concierge.outreach.services.sealer import sealer
from concierge.staff.queries import officers, spoken_name


class CallerNeeded(Invalid):
    """A booking for nobody, about nothing, or without a way to call back."""

    message = N_("Give who comes, a telephone number such as 13800000000, and what it is about.")


class BookingOver(Refusal):
    """A booking that ended already."""

    message = N_("This booking was served, missed or called off already.")


@dataclass(frozen=True, kw_only=True, repr=False)
class NewBooking:
    """A time as it is asked for. Shape: without a township it is the county hall."""

    on: date
    begins: time
    minutes: int
    what: str
    name: str
    phone: str
    road: Road = Road.PHONE
    township_id: int | None = None
    project_id: int | None = None


def opening_hours() -> OpeningHours:
    """The hall's hours, its closing time from the settings."""
    return OpeningHours(closes=current_app.config["CONCIERGE"].closing_time)


def book_service(new: NewBooking, *, by: Actor) -> int:
    """Book the time; outside office hours somebody on duty serves it. Answers its row.

    Raises: CallerNeeded, NumberInText, TimeNotBookable, NobodyOnDuty, TimeTaken; Missing, for a place or
        project out of charge.
    Effects: nothing of any case moves: ``counts_on`` only says when what is handed in will count.
    Source: SF-13, SF-17, WD-3.
    """
    with work(by) as w:
        return book(w, new)


def book(w: Work, new: NewBooking) -> int:
    """The same in the caller's work. Raises: as ``book_service``."""
    what = checked_text(new.what, "what")
    if not what or not new.name.strip() or not is_phone(new.phone):
        raise CallerNeeded(field="what" if not what else "name" if not new.name.strip() else "phone")
    begins_at = datetime.combine(new.on, new.begins, clock.SHANGHAI)
    check_time(begins_at, new.minutes, now=clock.local(clock.now()))
    _in_charge(w, new)
    calendar, opening = catalogue_queries.work_calendar(w.session), opening_hours()
    kind = hours_of(new.on, new.begins, calendar, opening)
    officer_id = None if kind is Hours.OPEN else _on_duty(w, new)
    names = {person.id: spoken_name(person) for person in officers(w.session)}
    row = w.add(
        ServiceBookingRow(
            on=new.on,
            begins=new.begins,
            minutes=new.minutes,
            hours=kind,
            counts_on=counts_on(new.on, new.begins, calendar, opening),
            what=what[:200],
            township_id=new.township_id,
            project_id=new.project_id,
            called=called(new.name),
            sealed=sealer().seal(Personal(name=new.name.strip(), phone=new.phone.strip())),
            road=new.road,
            officer_id=officer_id,
            officer=names.get(officer_id, "") if officer_id else "",
            state=BookingState.BOOKED,
            by_id=w.by.id,
            by=w.by.label,
            made_at=clock.now(),
        )
    )
    w.record(ServiceBooked(row.id, row.project_id, row.on, row.counts_on, officer_id))
    return row.id


def end_booking(booking_id: int, state: BookingState, *, by: Actor) -> None:
    """Say that a booking was served, missed or called off. Raises: Missing, BookingOver."""
    with work(by) as w:
        row = _seen(w, booking_id)
        if row.state is not BookingState.BOOKED or state is BookingState.BOOKED:
            raise BookingOver
        row.state = state
        w.record(BookingEnded(row.id, row.project_id, state.value))


def opened_booking(booking_id: int, *, by: Actor) -> Personal:
    """Who comes, and the telephone number. Raises: Missing. Effects: one line in the log of openings."""
    with work(by) as w:
        row = _seen(w, booking_id)
        log_opening(w, row.what)
        return sealer().open(row.sealed)


def _in_charge(w: Work, new: NewBooking) -> None:
    if new.project_id is not None:
        scope.require(w.session, w.by, new.project_id)
    if new.township_id is not None and w.session.get(TownshipRow, new.township_id) is None:
        raise Missing


def _on_duty(w: Work, new: NewBooking) -> int:
    place = new.township_id or 0
    return free_officer(
        new.begins,
        new.minutes,
        hours.turns(w.session, new.on, new.on, place),
        hours.taken(w.session, new.on, place),
        free=hours.free_times(w.session, max(new.on, clock.today()), place),
    )


def _seen(w: Work, booking_id: int) -> ServiceBookingRow:
    """The booking, locked. Raises: Missing, when it is another's and of a place out of charge."""
    asked = select(ServiceBookingRow).where(ServiceBookingRow.id == booking_id)
    mine = (ServiceBookingRow.officer_id == w.by.id) | ServiceBookingRow.township_id.is_(None)
    asked = asked.where(mine | in_charge(w.by, ServiceBookingRow.township_id))
    row = w.session.scalar(asked.with_for_update())
    if row is None:
        raise Missing
    return row
