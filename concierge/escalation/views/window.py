"""The window itself: whom to call, the roster, the figures, the causes."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from flask import request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.escalation.queries.desk import causes, duty_rows, figures_in_force, latest_figures
from concierge.escalation.rules.figures import MINUTES, PRESETS, WORKDAYS, Figures
from concierge.escalation.rules.opening import OpeningHours
from concierge.escalation.services import arrange_window
from concierge.escalation.views.doors import (
    LONGEST,
    LONGEST_NAME,
    ON,
    Problems,
    WindowPage,
    chosen,
    department_name,
    department_options,
    word_options,
)
from concierge.escalation.views.words import FIGURE_NAMES, POSTS, PRESET_NAMES
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.web import actor, allowed, may
from concierge.staff.models import ContactRow
from concierge.staff.queries import contacts
from concierge.staff.rules.contacts import ContactPost, NewContact
from concierge.staff.services.name_contact import end_contact, name_contact

ROSTER_DAYS = 13
HOURS = ("opens", "pauses", "resumes", "closes")


class OpeningHourNeeded(Invalid):
    """Something else than a time."""

    message = N_("Give a time of day, such as 08:30.")


class WindowView(WindowPage):
    """What the window works with."""

    route_base = "/escalations/window"
    class_permission_name = "Escalation"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """Whom to call, the roster, the figures and the causes."""
        return self._page()

    @expose("/contacts", methods=["POST"])
    @allowed("arrange")
    def name(self) -> Any:
        """Name somebody to be called."""

        def keep() -> None:
            typed = request.form
            new = NewContact(
                post=chosen(ContactPost, typed.get("post"), "post"),
                departments=tuple(filter(None, typed.getlist("departments"))),
                name=typed.get("name", "")[:LONGEST_NAME],
                phone=typed.get("phone", "")[:LONGEST_NAME],
                title=typed.get("title", "")[:LONGEST_NAME],
            )
            name_contact(new, by=actor())

        return self._kept(keep, gettext("From today on this person is called."), "name")

    @expose("/contacts/<int:contact_id>/end", methods=["POST"])
    @allowed("arrange")
    def end(self, contact_id: int) -> Any:
        """Somebody is not called any more."""

        def keep() -> None:
            end_contact(contact_id, by=actor())

        return self._kept(keep, gettext("This person is not called any more."), "name")

    @expose("/roster", methods=["POST"])
    @allowed("handle")
    def roster(self) -> Any:
        """Put somebody on the roster."""

        def keep() -> None:
            typed = request.form
            arrange_window.plan_duty(
                typed_day(typed.get("first_on"), "first_on"),
                typed_day(typed.get("last_on"), "last_on"),
                typed.get("duty_name", "")[:LONGEST_NAME],
                by=actor(),
            )

        return self._kept(keep, gettext("The roster is kept."), "duty_name")

    @expose("/roster/<int:duty_id>/leave", methods=["POST"])
    @allowed("handle")
    def leave(self, duty_id: int) -> Any:
        """Take somebody off the roster of a day."""

        def keep() -> None:
            arrange_window.leave_duty(duty_id, by=actor())

        return self._kept(keep, gettext("The roster is kept."), "duty_name")

    @expose("/figures", methods=["POST"])
    @allowed("arrange")
    def figures(self) -> Any:
        """Decide the figures."""

        def keep() -> None:
            preset = PRESETS.get(request.form.get("preset", ""))
            figures = preset or _figures()
            arrange_window.set_figures(figures, request.form.get("reason", "")[:LONGEST], by=actor())

        return self._kept(
            keep, gettext("The figures hold from now on; reports on record keep their days."), "reason"
        )

    @expose("/causes", methods=["POST"])
    @allowed("arrange")
    def add_cause(self) -> Any:
        """Add a cause."""

        def keep() -> None:
            typed = request.form
            arrange_window.add_cause(
                typed.get("code", ""),
                typed.get("name_zh", "")[:LONGEST_NAME],
                typed.get("name_en", "")[:LONGEST_NAME],
                by=actor(),
            )

        return self._kept(keep, gettext("The cause is on the list."), "code")

    @expose("/causes/<int:cause_id>", methods=["POST"])
    @allowed("arrange")
    def use_cause(self, cause_id: int) -> Any:
        """Take a cause out of use, or back."""

        def keep() -> None:
            arrange_window.use_cause(cause_id, is_used=request.form.get("used") == "1", by=actor())

        return self._kept(keep, gettext("The list of causes is kept."), "code")

    def _kept(self, keep: Any, said: str, field: str) -> Any:
        return self.attempt(keep, self._page, said=said, to=url_for("WindowView.list"), field=field)

    def _page(self, problems: Problems | None = None) -> str:
        catalogue, today = catalogue_queries.published_catalogue(db.session), clock.today()
        figures = figures_in_force(db.session)
        return self.show(
            "escalation/window.html",
            contacts=[_contact(row, catalogue) for row in contacts(db.session, today) if row.until is None],
            posts=word_options(POSTS),
            departments=department_options(catalogue),
            roster=duty_rows(db.session, today, today + timedelta(days=ROSTER_DAYS)),
            figures=_lines(figures),
            hours=[
                (name, gettext(FIGURE_NAMES[name]), f"{getattr(figures.hours, name):%H:%M}") for name in HOURS
            ],
            decided=latest_figures(db.session),
            presets=[{"value": "", "text": gettext("the figures below")}]
            + [{"value": name, "text": gettext(text)} for name, text in PRESET_NAMES.items()],
            causes=causes(db.session),
            typed=request.form,
            problems=problems or [],
            today=today,
            may_arrange=may("arrange", ON),
            may_handle=may("handle", ON),
        )


def _contact(row: ContactRow, catalogue: Catalogue) -> dict[str, Any]:
    codes = [code for code in row.department.split(",") if code]
    return {
        "row": row,
        "post": gettext(POSTS[row.post]),
        "departments": gettext(", ").join(department_name(catalogue, code) for code in codes)
        or gettext("every field"),
    }


def _lines(figures: Figures) -> list[tuple[str, str, int]]:
    return [
        (name, gettext(FIGURE_NAMES[name]), getattr(figures, name))
        for name in (*MINUTES, *WORKDAYS, "fix_times")
    ]


def _figures() -> Figures:
    """The figures typed. Raises: NotAWholeNumber, OpeningHourNeeded, FigureOutOfRange, HoursCrossed."""
    numbers = {
        name: typed_number(request.form.get(name), name) for name in (*MINUTES, *WORKDAYS, "fix_times")
    }
    hours = OpeningHours(**{name: _time(name) for name in HOURS})
    return Figures(**numbers, hours=hours)


def _time(name: str) -> time:
    try:
        return time.fromisoformat(request.form.get(name, "").strip()).replace(tzinfo=None)
    except ValueError:
        raise OpeningHourNeeded(field=name) from None
