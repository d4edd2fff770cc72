"""否定答复报告: every no, and what a second person says of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.models.learning import NegativeRow
from concierge.escalation.queries.learning import negatives
from concierge.escalation.queries.places import place_known
from concierge.escalation.rules.report import NegativeRuling
from concierge.escalation.services.report_negative import Negative, report_negative, rule_on_negative
from concierge.escalation.views.doors import (
    LONGEST,
    LONGEST_NAME,
    MOST,
    ON,
    Problems,
    WindowPage,
    chosen,
    department_name,
    department_options,
    word_options,
)
from concierge.escalation.views.words import RULINGS
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import actor, allowed, may, whole_number


class NegativeView(WindowPage):
    """Nobody at a counter says no alone."""

    route_base = "/escalations/negatives"
    class_permission_name = "Escalation"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The noes, those nobody has looked at first."""
        return self._page()

    @expose("/", methods=["POST"])
    @allowed("register")
    def report(self) -> Any:
        """Report a no."""

        def keep() -> None:
            report_negative(_said(), by=actor())

        said = gettext("The no is reported. A second person looks at it.")
        return self.attempt(keep, self._page, said=said, to=url_for("NegativeView.list"), field="reason")

    @expose("/<int:negative_id>", methods=["POST"])
    @allowed("decide")
    def rule(self, negative_id: int) -> Any:
        """Look at it a second time."""

        def keep() -> None:
            rule_on_negative(
                negative_id,
                chosen(NegativeRuling, request.form.get("ruling"), "ruling"),
                request.form.get("note", "")[:LONGEST],
                by=actor(),
            )

        said = gettext("The ruling is on record.")
        again = partial(self._page, ruled_id=negative_id)
        return self.attempt(keep, again, said=said, to=url_for("NegativeView.list"), field="note")

    def _page(self, problems: Problems | None = None, *, ruled_id: int = 0) -> str:
        catalogue = catalogue_queries.published_catalogue(db.session)
        step_id = whole_number(request.args.get("step_id"), default=0, most=MOST) or None
        known = place_known(db.session, actor(), step_id=step_id)
        matter = catalogue.matter_of.get(known.step.code) if known.step else None
        first = {**known.typed(), "applicant": known.enterprise.name if known.enterprise else ""}
        if matter is not None:
            first["matter"] = matter.name_zh
        return self.show(
            "escalation/negatives.html",
            rows=[
                _line(row, department_name(catalogue, row.department))
                for row in negatives(db.session, actor())
            ],
            departments=department_options(catalogue),
            rulings=word_options(RULINGS),
            typed={"said_on": clock.today().isoformat(), **first, **request.form},
            problems=problems or [],
            ruled_id=ruled_id,
            today=clock.today(),
            may_report=may("register", ON),
            may_rule=may("decide", ON),
            me=actor().id,
        )


def _line(row: NegativeRow, department: str) -> dict[str, Any]:
    return {
        "row": row,
        "department": department,
        "ruling": gettext(RULINGS[row.ruling]) if row.ruling else "",
        "is_late": row.ruled_on is None and row.due_on < clock.today(),
        "violation_href": _violation_href(row),
    }


def _violation_href(row: NegativeRow) -> str:
    """Where a no without good reasons gets its red card; empty where the reader may not, or no step."""
    if row.ruling is not NegativeRuling.OVERTURNED or row.step_id is None or not may("record", "Supervision"):
        return ""
    return url_for("ViolationView.form", step_id=row.step_id)


def _said() -> Negative:
    typed = request.form
    return Negative(
        department=typed.get("department", ""),
        matter=typed.get("matter", "")[:LONGEST_NAME],
        reason=typed.get("reason", "")[:LONGEST],
        basis=typed.get("basis", "")[:LONGEST],
        said_by=typed.get("said_by", "")[:LONGEST_NAME].strip() or actor().label,
        said_by_id=None if typed.get("said_by", "").strip() else actor().id,
        said_on=min(typed_day(typed.get("said_on"), "said_on"), clock.today()),
        applicant=typed.get("applicant", "")[:LONGEST_NAME],
        phone=typed.get("phone", "")[:LONGEST_NAME],
        project_id=whole_number(typed.get("project_id"), default=0, most=MOST) or None,
        step_id=whole_number(typed.get("step_id"), default=0, most=MOST) or None,
    )
