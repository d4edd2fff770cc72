"""What supervision puts into the pages of steps and projects: their live cards, and the way to urge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from concierge.kernel import spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import language, may
from concierge.supervision.queries.card_file import live_colours, live_of_project, live_of_steps
from concierge.supervision.queries.running import is_running
from concierge.supervision.rules.thresholds import OWNERS
from concierge.supervision.views.complaint_sheet import COMPLAINT
from concierge.supervision.views.live_sheet import ON, step_name
from concierge.supervision.views.words import CAUSES

if TYPE_CHECKING:
    from projects.queries.portfolio import ShownRow
    from projects.queries.project_file import ProjectFile
    from projects.queries.step_file import StepFile


def step_cards(file: StepFile, _reader: Actor) -> Markup | str:
    """The live cards of a step, beside its name."""
    if not may("show", ON):
        return ""
    cards = [
        {"colour": card.colour.value, "text": gettext(CAUSES[card.cause]), "href": _href(card.id)}
        for card in live_of_steps(db.session, [file.row.id])
    ]
    return Markup(render_template("supervision/step_cards.html", cards=cards)) if cards else ""  # noqa: S704  (the template escapes)


def step_acts(file: StepFile, _reader: Actor) -> Markup | str:
    """The ways to urge the department, and to write down a violation."""
    step = file.row
    if step.department in OWNERS:
        return ""
    acts = []
    if may("chase", ON) and is_running(step):
        acts.append((gettext("Urge"), url_for("ChaseView.form", step_id=step.id)))
    if may("record", ON):
        acts.append((gettext("Record a violation"), url_for("ViolationView.form", step_id=step.id)))
    if may("register", COMPLAINT):
        acts.append((gettext("Take in a complaint"), url_for("ComplaintView.form", step_id=step.id)))
    return Markup(render_template("supervision/step_acts.html", acts=acts)) if acts else ""  # noqa: S704  (the template escapes)


def portfolio_cards(row: ShownRow, _reader: Actor) -> Markup | str:
    """The colours of a project's live cards, beside its name; asked once for the whole table."""
    if not may("show", ON):
        return ""
    if g.get("live_colours_of") != row.shown:
        g.live_colours, g.live_colours_of = live_colours(db.session, row.shown), row.shown
    href = f"{url_for('ProjectView.one', project_id=row.project_id)}#cards"
    cards = [
        {"colour": colour.value, "text": "", "href": href}
        for colour in g.live_colours.get(row.project_id, ())
    ]
    if not cards:
        return ""
    return Markup(render_template("supervision/step_cards.html", cards=cards))  # noqa: S704  (the template escapes)


def project_cards(file: ProjectFile, _reader: Actor) -> Markup | str:
    """The live cards of a project."""
    if not may("show", ON):
        return ""
    cards = [
        {
            "colour": card.colour.value,
            "step": step_name(file.catalogue, card.code),
            "text": gettext(CAUSES[card.cause]),
            "limit": spoken.day(card.limit_on),
            "href": _href(card.id),
            "lang": language(),
        }
        for card in live_of_project(db.session, file.project.id)
    ]
    if not cards:
        return ""
    return Markup(render_template("supervision/project_cards.html", cards=cards))  # noqa: S704  (the template escapes)


def _href(card_id: int) -> str:
    return url_for("CardView.one", card_id=card_id)
