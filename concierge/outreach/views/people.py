"""居民台账: one person with what is due and why, opening what is sealed, consents, the ledger and its log."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, language, may, say
from concierge.outreach.press.table_file import cells_of, table
from concierge.outreach.queries import entitlements, people
from concierge.outreach.rules.eligibility import EVER, told_apart, window
from concierge.outreach.rules.lines import HEADS, Column
from concierge.outreach.rules.personal import Personal
from concierge.outreach.rules.standing import Road
from concierge.outreach.services.open_person import open_person
from concierge.outreach.services.take_in_ledger import TakenIn, take_in_ledger
from concierge.outreach.services.tell_wish import Told, Wish, tell_wish
from concierge.outreach.views.due import ON, service_name
from concierge.outreach.views.words import DUE_STATES, GROUNDS, ROADS, condition_spoken, faults_spoken

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEDGER = (
    Column.NAME,
    Column.ID_NUMBER,
    Column.PHONE,
    Column.ADDRESS,
    Column.TOWNSHIP,
    Column.GRID,
    Column.REGISTERED,
    Column.DISABILITY,
    Column.SUPPORT,
    Column.ID_CARD_END,
    Column.HOLDS,
    Column.DIED_ON,
)


class PersonView(Page):
    """The people of the ledger."""

    route_base = "/outreach/people"
    class_permission_name = ON
    default_view = "log"

    @expose("/<int:person_id>")
    @allowed("show")
    def one(self, person_id: int) -> str:
        """One person: what is due and why, what was consented to, who looked."""
        return self._one(person_id)

    @expose("/<int:person_id>/open", methods=["POST"])
    @allowed("open")
    def open(self, person_id: int) -> str | tuple[str, int]:
        """The sealed data of one person, once, for a stated purpose."""
        try:
            opened = open_person(person_id, request.form.get("purpose", ""), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._one(person_id, problems=[_problem(error, "purpose")]), error.status
        return self._one(person_id, opened=opened)

    @expose("/<int:person_id>/wish", methods=["POST"])
    @allowed("wish")
    def wish(self, person_id: int) -> Answer | tuple[str, int]:
        """Write down a consent or a no."""
        typed = request.form
        if typed.get("wish") not in {one.value for one in Wish}:
            raise Missing
        roads = {one.value: one for one in Road}
        told = Told(
            wish=Wish(typed["wish"]),
            service=typed.get("service", ""),
            road=roads.get(typed.get("road", ""), Road.PAPER),
            speaker=typed.get("speaker", ""),
            evidence=typed.get("evidence", ""),
        )
        try:
            tell_wish(person_id, told, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._one(person_id, problems=[_problem(error, "speaker")]), error.status
        flash(gettext("It is on record and counts from now on."), "success")
        return redirect(url_for("PersonView.one", person_id=person_id), code=303)

    @expose("/log")
    @allowed("log")
    def log(self) -> str:
        """Who opened whose sealed data, what for."""
        return self.show("outreach/log.html", lines=people.accesses(db.session))

    @expose("/import")
    @allowed("import")
    def form(self) -> str:
        """Send a table of people."""
        return self.show("outreach/import.html", taken=None, said="", spoken=faults_spoken)

    @expose("/import", methods=["POST"])
    @allowed("import")
    @takes_files
    def take_in(self) -> str | tuple[str, int]:
        """Take the table in; the bad lines are named, the others are in."""
        taken: TakenIn | None = None
        sent = request.files.get("file")
        try:
            taken = take_in_ledger(cells_of(sent.stream) if sent else [], by=actor())
        except ConciergeError as error:
            page = self.show("outreach/import.html", taken=None, said=say(error), spoken=faults_spoken)
            return page, error.status
        return self.show("outreach/import.html", taken=taken, said="", spoken=faults_spoken)

    @expose("/form.xlsx")
    @allowed("import")
    def empty(self) -> Response:
        """The empty table to fill in."""
        return as_sheet(table([head_of(column) for column in LEDGER], [], title="ledger"), "ledger.xlsx")

    def _one(
        self, person_id: int, *, opened: Personal | None = None, problems: list[dict[str, str]] | None = None
    ) -> str:
        row = people.person_row(db.session, person_id, actor())
        if row is None:
            raise Missing
        person = next(people.people(db.session, [person_id]))
        kept = entitlements.rules(db.session, only_on=True)
        return self.show(
            "outreach/person.html",
            person=row,
            opened=opened,
            problems=problems or [],
            typed=request.form,
            dues=entitlements.dues_of(db.session, person_id),
            reasons=[_reason(one, person) for one in kept],
            services=[{"value": one.row.code, "text": service_name(one)} for one in kept],
            consents=people.consents(db.session, person_id),
            refusals=people.refusals(db.session, person_id),
            holdings=people.holdings(db.session, person_id),
            names={one.row.code: service_name(one) for one in entitlements.rules(db.session)},
            lines=people.accesses(db.session, person_id=person_id, most=20),
            words=DUE_STATES,
            grounds=GROUNDS,
            roads=[{"value": road.value, "text": gettext(text)} for road, text in ROADS.items()],
            road_words=ROADS,
            is_zh=language() == "zh",
            may_open=may("open", ON),
            may_wish=may("wish", ON),
        )


def _reason(kept: entitlements.Kept, person: Any) -> dict[str, Any]:
    """Why somebody is due for a service, or is not: each condition with its days."""
    first, last = window(kept.rule, person)
    today = clock.today()
    return {
        "name": service_name(kept),
        "is_due": first <= today.toordinal() <= last,
        "lines": [
            {"text": condition_spoken(condition), "since_on": since, "until_on": until, "holds": holds}
            for condition, since, until, holds in told_apart(kept.rule, person, today)
        ],
        "held": any(service == kept.rule.holds and ends >= EVER for service, ends in person.holdings),
    }


def _problem(error: ConciergeError, field: str) -> dict[str, str]:
    return {"field": str(error.facts.get("field", field)), "message": say(error)}


def head_of(column: Column) -> str:
    """What a column is called at the head of a table: in Chinese, as it is read back."""
    return next(head for head, known in HEADS.items() if known is column)


def as_sheet(content: bytes, name: str) -> Response:
    """An XLSX to keep."""
    return named(Response(content, mimetype=SHEET), name)
