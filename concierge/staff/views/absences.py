"""请假与顶岗: who is away, who acts meanwhile, and writing down an absence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid
from concierge.kernel.typed_values import typed_day, typed_time
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.staff import queries
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence
from concierge.staff.services.withdraw_absence import withdraw_absence
from concierge.staff.views.absences_sheet import absences_sheet

ABSENCE = "Absence"


class NotYourAbsence(Invalid):
    """Somebody who may only speak for himself or herself chose another person."""

    message = N_("You may write down your own absence only; ask the chief concierge for another's.")


class AbsenceView(Page):
    """The days officers are away, and who may say so: each for himself or herself, the chief for all."""

    route_base = "/absences"
    class_permission_name = ABSENCE
    default_view = "list"
    base_permissions = ["can_list", "can_record", "can_assign"]

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """The absences that are not over."""
        return self._page()

    @expose("/", methods=["POST"])
    @allowed("record")
    def record(self) -> Answer | tuple[str, int]:
        """Write down an absence."""
        try:
            alone = record_absence(_asked(), request.form.get("reason", ""), by=actor())
        except ConciergeError as error:
            wrong = {"field": str(error.facts.get("field", "first_on")), "message": say(error)}
            return self._page([wrong]), error.status
        flash(gettext("The absence is recorded. B acts from its first minute."), "success")
        if alone:
            flash(
                ngettext(
                    "%(num)s project has nobody on these days: name somebody at once.",
                    "%(num)s projects have nobody on these days: name somebody at once.",
                    len(alone),
                ),
                "warning",
            )
        return redirect(url_for("AbsenceView.list"))

    @expose("/<int:absence_id>/withdraw", methods=["POST"])
    @allowed("record")
    def withdraw(self, absence_id: int) -> Answer | tuple[str, int]:
        """Take an absence back."""
        rows = queries.absence_rows(db.session, clock.today())
        try:
            for row in rows:
                if row.id == absence_id:
                    _may_speak_for(row.person_id)
            withdraw_absence(absence_id, by=actor())
        except ConciergeError as error:
            return self._page([{"field": "first_on", "message": say(error)}]), error.status
        flash(gettext("The absence is withdrawn."), "success")
        return redirect(url_for("AbsenceView.list"))

    def _page(self, problems: Sequence[dict[str, str]] = ()) -> str:
        people = _options(queries.officers(db.session))
        return self.show(
            "staff/absences.html",
            page=absences_sheet(db.session, clock.today(), for_all=may("assign", ABSENCE)),
            people=people,
            own=actor().id,
            typed=request.form,
            problems=problems,
            may_record=may("record", ABSENCE) and bool(people),
        )


def _options(people: Any) -> Any:
    """The people somebody may write an absence for."""
    for_all = may("assign", ABSENCE)
    return [
        {"value": person.id, "text": queries.spoken_name(person)}
        for person in people
        if for_all or person.id == actor().id
    ]


def _asked() -> Away:
    person_id = whole_number(request.form.get("person"), default=0, most=2**31)
    _may_speak_for(person_id)
    return Away(
        person_id=person_id,
        first_on=typed_day(request.form.get("first_on"), "first_on"),
        last_on=typed_day(request.form.get("last_on"), "last_on"),
        is_planned=request.form.get("kind") != "unplanned",
        from_time=typed_time(request.form.get("from_time"), "from_time"),
        until_time=typed_time(request.form.get("until_time"), "until_time"),
    )


def _may_speak_for(person_id: int) -> None:
    if person_id != actor().id and not may("assign", ABSENCE):
        raise NotYourAbsence(field="person")
