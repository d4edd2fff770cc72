"""主动服务: who is due for what, and serving one, some or all of them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from concierge.outreach.queries import entitlements, people
from concierge.outreach.queries.entitlements import PAGE, Kept, Wanted
from concierge.outreach.rules.lawful_use import Ground
from concierge.outreach.rules.serving import Deed, states_before
from concierge.outreach.rules.standing import DueState
from concierge.outreach.services.ask_look import ask_look
from concierge.outreach.services.serve_due import serve_due
from concierge.outreach.views.words import DEEDS, DUE_STATES, GROUNDS, condition_spoken

ON = "Outreach"
MOST = 2**31
NEW = "new"


class OutreachView(Page):
    """What falls due for whom."""

    route_base = "/outreach"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """Every service with how many are due for it, begun and served; then the townships."""
        counts = entitlements.counted(db.session, actor(), clock.today())
        places: dict[str, dict[DueState, int]] = {}
        for name, state, count in entitlements.by_township(db.session, actor()):
            places.setdefault(name, {})[state] = count
        return self.show(
            "outreach/front.html",
            rules=[(kept, counts.get(kept.row.id, {})) for kept in entitlements.rules(db.session)],
            places=places,
            population=people.population(db.session, actor()),
            states=DueState,
            name=service_name,
            may_serve=may("serve", ON),
            may_import=may("import", ON),
            may_log=may("log", ON),
        )

    @expose("/look", methods=["POST"])
    @allowed("serve")
    def look(self) -> Answer:
        """Look at the whole ledger now."""
        ask_look(by=actor())
        flash(gettext("The ledger is being looked at; reload this page in a moment."), "success")
        return redirect(url_for("OutreachView.list"), code=303)

    @expose("/due/<int:rule_id>")
    @allowed("list")
    def due(self, rule_id: int) -> str:
        """Who is due for one service."""
        return self._due(rule_id)

    @expose("/due/<int:rule_id>/<deed>", methods=["POST"])
    @allowed("serve")
    def serve(self, rule_id: int, deed: str) -> Answer | tuple[str, int]:
        """Do one deed for those ticked, or for all the filter shows."""
        if deed not in {one.value for one in Deed}:
            raise Missing
        for_all = request.form.get("whom") == "all" and deed != Deed.DECLINE.value
        try:
            count = serve_due(
                Deed(deed),
                rule_id,
                by=actor(),
                ticked=None if for_all else _ticked(),
                township_id=_number("township") if for_all else 0,
                told={name: request.form.get(name, "") for name in ("courier", "signed_by")},
            )
        except Missing:
            raise
        except ConciergeError as error:
            return self._due(rule_id, said=say(error)), error.status
        flash(ngettext("Done for %(num)s person.", "Done for %(num)s people.", count), "success")
        state, township = (request.form.get(name) or None for name in ("state", "township"))
        way = url_for("OutreachView.due", rule_id=rule_id, state=state, township=township)
        return redirect(way, code=303)

    def _due(self, rule_id: int, *, said: str = "") -> str:
        kept = one_rule(rule_id)
        state = request.values.get("state", "")
        known = {one.value: one for one in DueState}
        wanted = Wanted(
            rule_id=rule_id,
            township_id=_number("township"),
            states=(known[state],) if state in known else (),
            is_new_on=clock.today() if state == NEW else None,
        )
        page = whole_number(request.args.get("page"), default=1, least=1)
        total = entitlements.how_many(db.session, wanted, actor())
        return self.show(
            "outreach/due.html",
            kept=kept,
            name=service_name(kept),
            ground=gettext(GROUNDS[kept.row.ground]),
            is_sensitive=kept.row.ground is not Ground.DUTY,
            conditions=[condition_spoken(one) for one in kept.rule.conditions],
            rows=entitlements.dues(db.session, wanted, actor(), page=page),
            words=DUE_STATES,
            choices=_choices(rule_id, state),
            places=people.townships(db.session, actor()),
            wanted=wanted,
            state=state,
            deeds=_deeds(kept, wanted) if may("serve", ON) else (),
            page=page,
            pages=-(-total // PAGE),
            total=total,
            said=said,
            today=clock.today(),
        )


def one_rule(rule_id: int) -> Kept:
    """One rule with its conditions. Raises: Missing."""
    found = next((one for one in entitlements.rules(db.session) if one.row.id == rule_id), None)
    if found is None:
        raise Missing
    return found


def service_name(kept: Kept) -> str:
    """What a service is called, in the reader's language."""
    return kept.row.name if language() == "zh" else kept.row.name_en


def _choices(rule_id: int, state: str) -> list[dict[str, Any]]:
    counts = entitlements.counted(db.session, actor(), clock.today()).get(rule_id, {})
    township = _number("township") or None
    shown: list[tuple[str, str, DueState | None]] = [("", gettext("All"), None)]
    shown += [(one.value, gettext(DUE_STATES[one]), one) for one in DueState]
    shown.append((NEW, gettext("found in the last 7 days"), None))
    return [
        {
            "text": text,
            "href": url_for("OutreachView.due", rule_id=rule_id, state=value or None, township=township),
            "is_current": value == state,
            "count": None if township or not value else counts.get(one, 0),
        }
        for value, text, one in shown
    ]


def _deeds(kept: Kept, wanted: Wanted) -> list[dict[str, Any]]:
    """The deeds that are possible for what the filter shows."""
    shown = set(wanted.states) or set(DueState)
    return [
        {"value": deed.value, "text": gettext(DEEDS[deed]), "is_for_all": deed is not Deed.DECLINE}
        for deed in Deed
        if shown & set(states_before(deed, needs_application=kept.row.needs_application))
    ]


def _number(name: str) -> int:
    return whole_number(request.values.get(name), default=0, most=MOST)


def _ticked() -> list[int]:
    numbers = (whole_number(one, default=0, most=MOST) for one in request.form.getlist("who"))
    return [one for one in numbers if one]
