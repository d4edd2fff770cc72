"""Results that lapse: the list of the office, and the line beside a step that has its result."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext
from markupsafe import Markup

from approvals.rules.catalogue import PERMIT, START
from approvals.rules.validity import Holding
from concierge.kernel import clock, spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed, language
from projects.queries.lapsing import Begun, Lapsing, lapsing, result_of
from projects.queries.step_file import StepFile
from projects.queries.works import extended_until

LOOK = {Holding.HOLDS: "done", Holding.SOON: "paused", Holding.LAPSED: "overdue"}


class LapsingView(Page):
    """Results that lapse soon, or have lapsed."""

    route_base = "/projects/lapsing"
    class_permission_name = "Project"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The list, what lapsed first."""
        found = lapsing(db.session, actor(), clock.today())
        return self.show("projects/lapsing.html", rows=[_row(one) for one in found], lead=_lead(found))


def validity_box(step: StepFile, _reader: Actor) -> Markup:
    """Until when the result of a step holds; nothing where it has none or does not lapse."""
    project, is_of_works = step.file.project, step.row.code in (PERMIT, START)
    began = next((row.finished_on for row in step.file.steps if row.code == START), None)
    put_off = extended_until(db.session, (project.id,)).get(project.id) if is_of_works else None
    found = result_of(step.row, project.name, step.matter, Begun(began, put_off), clock.today())
    if found is None and not is_of_works:
        return Markup()
    works = url_for("WorksView.one", project_id=project.id) if is_of_works else ""
    box = render_template("projects/lapsing_box.html", row=_row(found) if found else None, works=works)
    return Markup(box)  # noqa: S704  (rendered from our own template, which escapes what it is given)


def _lead(found: tuple[Lapsing, ...]) -> str:
    lapsed = sum(one.holding is Holding.LAPSED for one in found)
    soon = ngettext("%(num)s result lapses soon", "%(num)s results lapse soon", len(found) - lapsed)
    if not lapsed:
        return soon
    over = ngettext("%(num)s has lapsed", "%(num)s have lapsed", lapsed)
    return f"{soon}{gettext(', ')}{over}"


def _row(one: Lapsing) -> dict[str, Any]:
    return {
        "href": url_for("StepView.one", project_id=one.project_id, number=one.number),
        "project": one.project,
        "step": one.matter.spoken(language()),
        "document": one.matter.result_document,
        "number": one.result_number,
        "issued": spoken.day_full(one.issued_on),
        "until": spoken.day_full(one.last_on),
        "rule": one.matter.result_validity,
        "pill": {"state": LOOK[one.holding], "text": _state(one)},
        "what": gettext("holds on if building has begun by then")
        if one.validity.is_until_start
        else gettext("extend or renew it before that day"),
        "is_usual": one.validity.is_usual,
    }


def _state(one: Lapsing) -> str:
    days = (one.last_on - clock.today()).days
    if one.holding is Holding.LAPSED:
        return ngettext("lapsed %(num)s day ago", "lapsed %(num)s days ago", -days)
    return ngettext("%(num)s calendar day left", "%(num)s calendar days left", days)
