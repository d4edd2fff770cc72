"""主动服务规则: what each rule of entitlement says, and changing its figures; townships and grids."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_number
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.outreach.queries import people
from concierge.outreach.services.change_rule import Changed, change_rule
from concierge.outreach.services.keep_places import keep_grid, keep_township
from concierge.outreach.views.due import MOST, one_rule, service_name
from concierge.outreach.views.words import FACTS, GROUNDS, OPERATORS
from concierge.staff.queries import agents, spoken_name

RULES = "Eligibility"


class EligibilityView(Page):
    """The rules of entitlement, and the places they are served in."""

    route_base = "/outreach/rules"
    class_permission_name = RULES
    default_view = "places"

    @expose("/<int:rule_id>")
    @allowed("show")
    def one(self, rule_id: int) -> str:
        """One rule with its ground, purpose, basis and figures."""
        return self._one(rule_id)

    @expose("/<int:rule_id>", methods=["POST"])
    @allowed("edit")
    def change(self, rule_id: int) -> Answer | tuple[str, int]:
        """Change its figures."""
        try:
            change_rule(rule_id, _asked(rule_id), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            wrong = {"field": str(error.facts.get("field", "reason")), "message": say(error)}
            return self._one(rule_id, [wrong]), error.status
        flash(gettext("The rule is changed. The next look at the ledger follows it."), "success")
        return redirect(url_for("EligibilityView.one", rule_id=rule_id), code=303)

    @expose("/places")
    @allowed("show")
    def places(self) -> str:
        """Townships with their windows, grids with those who look after them."""
        return self._places()

    @expose("/places/<kind>", methods=["POST"])
    @allowed("edit")
    def keep_place(self, kind: str) -> Answer | tuple[str, int]:
        """Add or change a township or a grid."""
        keep = {"township": keep_township, "grid": keep_grid}.get(kind)
        if keep is None:
            raise Missing
        try:
            keep(request.form.to_dict(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._places(said=say(error)), error.status
        flash(gettext("The place is kept."), "success")
        return redirect(url_for("EligibilityView.places"), code=303)

    def _one(self, rule_id: int, problems: Any = ()) -> str:
        kept = one_rule(rule_id)
        return self.show(
            "outreach/rule.html",
            kept=kept,
            name=service_name(kept),
            ground=gettext(GROUNDS[kept.row.ground]),
            lines=[
                {
                    "name": f"value-{position}",
                    "label": f"{gettext(FACTS[one.fact])}　{gettext(OPERATORS[one.operator])}",
                    "value": request.form.get(f"value-{position}", one.value),
                }
                for position, one in enumerate(kept.rule.conditions)
            ],
            problems=problems,
            typed=request.form,
            may_edit=may("edit", RULES),
        )

    def _places(self, *, said: str = "") -> str:
        officers = agents(db.session)
        return self.show(
            "outreach/places.html",
            townships=people.townships(db.session, actor()),
            grids=people.grids(db.session, actor()),
            officers=[{"value": one.id, "text": spoken_name(one)} for one in officers],
            names={one.id: spoken_name(one) for one in officers},
            said=said,
            typed=request.form,
            may_edit=may("edit", RULES),
        )


def _asked(rule_id: int) -> Changed:
    conditions = one_rule(rule_id).rule.conditions
    return Changed(
        values={n: request.form.get(f"value-{n}", one.value) for n, one in enumerate(conditions)},
        ahead_days=typed_number(request.form.get("ahead_days"), "ahead_days"),
        renew_days=typed_number(request.form.get("renew_days"), "renew_days"),
        basis=request.form.get("basis", "")[:500],
        is_on=request.form.get("is_on") == "yes",
        reason=request.form.get("reason", "")[:500],
        version=whole_number(request.form.get("version"), default=0, most=MOST) or None,
    )
