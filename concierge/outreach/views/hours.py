"""延时预约服务: bookings outside office hours, and the duty roster."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.queries import hours
from concierge.outreach.rules.off_hours import MOST_ON_DUTY, Turn
from concierge.outreach.rules.standing import BookingState, Road
from concierge.outreach.services.book_service import (
    NewBooking,
    book_service,
    end_booking,
    opened_booking,
    opening_hours,
)
from concierge.outreach.services.plan_duty import drop_duty, plan_duty, plan_rota
from concierge.outreach.views.batches import road_options
from concierge.outreach.views.visits import NotATime, typed_time
from concierge.outreach.views.words import BOOKING_STATES, HOURS, ROADS
from concierge.staff.queries import officers, spoken_name

ON = "ServiceBooking"
MOST = 2**31
BEFORE, AFTER = timedelta(days=7), timedelta(days=35)
SHOWN_DAYS = 14
ENDS = {one.value: one for one in (BookingState.SERVED, BookingState.MISSED, BookingState.CALLED_OFF)}


class BookingView(Page):
    """Times of service that are booked, and who is on duty."""

    route_base = "/outreach/bookings"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The bookings around today, and two weeks of duty."""
        return self._page()

    @expose("/", methods=["POST"])
    @allowed("book")
    def book(self) -> Any:
        """Book a time."""
        return self._do(lambda: _booked(book_service(_asked(), by=actor())), "what")

    @expose("/<int:booking_id>/end", methods=["POST"])
    @allowed("book")
    def end(self, booking_id: int) -> Any:
        """Say what became of it."""
        state = ENDS.get(request.form.get("state", ""))
        if state is None:
            raise Missing

        def end() -> str:
            end_booking(booking_id, state, by=actor())
            return gettext("It is on record.")

        return self._do(end, "what")

    @expose("/<int:booking_id>/open", methods=["POST"])
    @allowed("book")
    def open(self, booking_id: int) -> Any:
        """Who comes, with the telephone number; the log names who looked."""
        opened = opened_booking(booking_id, by=actor())
        return self._page(opened={"id": booking_id, "name": opened.name, "phone": opened.phone})

    @expose("/duty", methods=["POST"])
    @allowed("roster")
    def duty(self) -> Any:
        """Give somebody a duty."""

        def give() -> str:
            form = request.form
            turn = Turn(
                typed_day(form.get("duty_on"), "duty_on"),
                _time("duty_begins"),
                _time("duty_ends"),
                _number("duty_place"),
                _number("person"),
            )
            plan_duty(turn, by=actor())
            return gettext("The duty is planned.")

        return self._do(give, "duty_on")

    @expose("/rota", methods=["POST"])
    @allowed("roster")
    def rota(self) -> Any:
        """Give the rest days to come to the agents in turn."""

        def rota() -> str:
            first_on = typed_day(request.form.get("first_on"), "first_on")
            last_on = typed_day(request.form.get("last_on"), "last_on")
            begins, ends = _time("rota_begins"), _time("rota_ends")
            count = plan_rota(first_on, last_on, begins, ends, by=actor(), place=_number("rota_place"))
            return ngettext("%(num)s rest day is given out.", "%(num)s rest days are given out.", count)

        return self._do(rota, "first_on")

    @expose("/duty/<int:duty_id>/drop", methods=["POST"])
    @allowed("roster")
    def drop(self, duty_id: int) -> Any:
        """Take a duty back."""

        def drop() -> str:
            left = drop_duty(duty_id, by=actor())
            return ngettext(
                "The duty is taken back; %(num)s booking has nobody now.",
                "The duty is taken back; %(num)s bookings have nobody now.",
                left,
            )

        return self._do(drop, "duty_on")

    def _do(self, deed: Any, field: str) -> Any:
        try:
            flash(deed(), "success")
        except Missing:
            raise
        except ConciergeError as error:
            wrong = {"field": str(error.facts.get("field", field)), "message": say(error)}
            return self._page([wrong]), error.status
        return redirect(url_for("BookingView.list"), code=303)

    def _page(self, problems: Any = (), *, opened: dict[str, Any] | None = None) -> str:
        db.session.expire_all()
        today = clock.today()
        places = {row.id: row.name for row in db.session.query(TownshipRow).order_by(TownshipRow.code)}
        hall = gettext("county hall")
        return self.show(
            "outreach/bookings.html",
            rows=hours.bookings(db.session, actor(), today - BEFORE, today + AFTER),
            days=_days(today),
            places=[{"value": 0, "text": hall}, *({"value": n, "text": name} for n, name in places.items())],
            hall=hall,
            officers=[{"value": one.id, "text": spoken_name(one)} for one in officers(db.session)],
            most=MOST_ON_DUTY,
            closes=opening_hours().closes,
            hour_words=HOURS,
            road_words=ROADS,
            words=BOOKING_STATES,
            ends=[{"value": value, "text": gettext(BOOKING_STATES[state])} for value, state in ENDS.items()],
            roads=road_options(),
            opened=opened,
            problems=problems,
            typed=request.form,
            today=today,
            month_on=today + timedelta(days=30),
            own=actor().id,
            may_book=may("book", ON),
            may_roster=may("roster", ON),
        )


def _days(today: date) -> list[dict[str, Any]]:
    """Two weeks: each day with whether offices work and who is on duty."""
    calendar = catalogue_queries.work_calendar(db.session)
    there = defaultdict(list)
    for row in hours.duties(db.session, today, today + timedelta(days=SHOWN_DAYS)):
        there[row.on].append(row)
    days = (today + timedelta(days=n) for n in range(SHOWN_DAYS + 1))
    shown = [{"on": day, "is_workday": calendar.is_workday(day), "duties": there[day]} for day in days]
    return [one for one in shown if one["duties"] or not one["is_workday"]]


def _asked() -> NewBooking:
    form = request.form
    roads = {road.value: road for road in Road}
    return NewBooking(
        on=typed_day(form.get("on"), "on"),
        begins=_time("begins"),
        minutes=typed_number(form.get("minutes"), "minutes"),
        what=form.get("what", ""),
        name=form.get("name", ""),
        phone=form.get("phone", ""),
        road=roads.get(form.get("road", ""), Road.PHONE),
        township_id=_number("place") or None,
    )


def _booked(booking_id: int) -> str:
    return gettext("Booked under number %(number)s. No statutory clock moves by it.", number=booking_id)


def _number(name: str) -> int:
    return whole_number(request.form.get(name), default=0, most=MOST)


def _time(name: str) -> time:
    """A time of day that must be there. Raises: NotATime."""
    found = typed_time(request.form.get(name), name)
    if found is None:
        raise NotATime(field=name)
    return found
