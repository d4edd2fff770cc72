"""今日工作: what to take over, to do, to wait for today; ticks, putting off, and the sheet to take along."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, say
from concierge.today.queries import deeds
from concierge.today.queries.handovers import handed
from concierge.today.queries.load import month_of, person_load
from concierge.today.rules.day import LONGEST_PUT_OFF_DAYS, By
from concierge.today.rules.step_lines import AHEAD_WORKDAYS
from concierge.today.services.put_off_line import bring_back, put_off_line
from concierge.today.services.tick_line import tick_line, undo_tick
from concierge.today.views.day_sheet import DaySheet
from concierge.today.views.gathered import Gathered, LineGone, my_day
from concierge.today.views.handed_sheet import handover_of
from concierge.today.views.words import PERMISSION, title
from scheduler import WorkCalendar

LONGEST_NOTE = 200


class TodayView(Page):
    """One person's day."""

    route_base = "/today"
    class_permission_name = PERMISSION

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The page of the day."""
        return self.show("today/today.html", page=_sheet())

    @expose("/sheet")
    @allowed("list")
    def sheet(self) -> str:
        """The same on A5, with boxes to tick and numbers to call (外出单)."""
        return self.show("today/print_sheet.html", page=_sheet())

    @expose("/tick", methods=["POST"])
    @allowed("tick")
    def tick(self) -> Any:
        """Tick a line: one press."""
        try:
            line = my_day(actor()).line(request.form.get("key", ""))
        except LineGone as gone:
            flash(say(gone), "info")
            return _back()
        return _back(ticked=tick_line(line, by=actor()))

    @expose("/ticks/<int:tick_id>/undo", methods=["POST"])
    @allowed("tick")
    def undo(self, tick_id: int) -> Any:
        """Take a tick back."""
        undo_tick(tick_id, by=actor())
        flash(gettext("The line stands on your list again."), "success")
        return _back()

    @expose("/later")
    @allowed("tick")
    def later(self) -> Any:
        """Ask when a line is to come back."""
        return self._later(request.args.get("key", ""))

    @expose("/later", methods=["POST"])
    @allowed("tick")
    def put_off(self) -> Any:
        """Put a line off."""
        key = request.form.get("key", "")
        try:
            line = my_day(actor()).line(key)
            until_on = _asked_day()
            put_off_line(line, until_on, request.form.get("note", "")[:LONGEST_NOTE], by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._later(key, said=say(error), status=error.status)
        flash(gettext("Put off. You find it at the end of the page until then."), "success")
        return _back()

    @expose("/put-off/<int:put_off_id>/back", methods=["POST"])
    @allowed("tick")
    def bring(self, put_off_id: int) -> Any:
        """Bring a line back that was put off."""
        bring_back(put_off_id, by=actor())
        flash(gettext("The line stands on your list again."), "success")
        return _back()

    def _later(self, key: str, *, said: str = "", status: int = 200) -> Any:
        found = my_day(actor())
        todo = found.todos.get(key)
        if todo is None:
            flash(say(LineGone()), "info")
            return _back()
        page = self.show(
            "today/later.html",
            key=key,
            title=title(todo),
            project=todo.project,
            said=said,
            days=_days(found.calendar),
            typed=request.form,
            most=LONGEST_PUT_OFF_DAYS,
        )
        return page, status


def _sheet() -> DaySheet:
    found: Gathered = my_day(actor())
    calendar, today = found.calendar, found.today
    first = calendar.on_or_after(today)
    days = [calendar.add_workdays(first, place) for place in range(AHEAD_WORKDAYS)]
    return DaySheet(
        gathered=found,
        load=person_load(db.session, actor(), days, {one.person_id or 0 for one in found.acting.values()}),
        month=month_of(db.session, actor(), today.replace(day=1), today),
        order=deeds.place_order(db.session),
        by=_by(),
        name=actor().label,
        handed=handed(db.session, {handover_of(todo) or 0 for todo in found.day.accept}, calendar),
    )


def _by() -> By:
    try:
        return By(request.args.get("by", ""))
    except ValueError:
        return By.URGENCY


def _days(calendar: WorkCalendar) -> list[dict[str, Any]]:
    """The days offered: the next working day, and those three and five working days away."""
    return [{"on": calendar.add_workdays(clock.today(), count), "count": count} for count in (1, 3, 5)]


def _asked_day() -> date:
    """The day that was chosen, or typed where another one was."""
    chosen = request.form.get("until", "other")
    return typed_day(request.form.get("until_on") if chosen == "other" else chosen, "until_on")


def _back(**args: Any) -> Any:
    by = request.form.get("by", "")
    return redirect(url_for("TodayView.list", by=by or None, **args), code=303)
