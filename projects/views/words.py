"""What the screens of projects say: events in a sentence, plans in charts, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock, spoken
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.press.charted import Charting
from projects.press.words import Words
from projects.queries.project_file import ProjectFile

ROLES = (N_("Liaison"), N_("Concierge"), N_("Chief"), N_("Supervisor"))
"""The roles of the manifests, so that the header says them in the reader's language."""
HAPPENED: Mapping[str, str] = {
    "ProjectOpened": N_("Project opened"),
    "PairAssigned": N_("Concierge officers A and B assigned"),
    "PlanMade": N_("First plan made: permit forecast for %(permit_on)s"),
    "PlanChanged": N_("Plan version %(number)s: permit forecast for %(permit_on)s"),
    "FactsChanged": N_("Facts changed: %(added)s steps more, %(removed)s fewer"),
    "TermsChanged": N_("Dates or way of counting changed"),
    "SittingAnnounced": N_("Joint review announced for %(on)s"),
    "SittingWithdrawn": N_("Joint review of %(on)s called off: %(reason)s"),
}
MOVES: Mapping[str, str] = {
    "prepare": N_("%(step)s: preparation began on %(on)s"),
    "accept": N_("%(step)s: accepted on %(on)s"),
    "pass": N_("%(step)s: result issued on %(on)s"),
    "undo": N_("%(step)s: last record taken back"),
}


def charting(file: ProjectFile) -> Charting:
    """How this reader's charts of a project are worded."""
    project_id = file.project.id

    def address(number: str) -> str:
        return url_for("StepView.one", project_id=project_id, number=number)

    return Charting(
        catalogue=file.catalogue,
        translate=gettext,
        lang=language(),
        today=clock.today(),
        target_on=file.project.target_on,
        baseline=file.promise,
        href_of=address,
    )


def chart_words() -> Words:
    """The words of the charts in the reader's language."""
    return Words().translated(gettext)


def happened(line: AuditLine, catalogue: Catalogue) -> dict[str, Any]:
    """One line of the trace as the timeline shows it."""
    facts = json.loads(line.facts)
    local = clock.local(line.at)
    counted = {name: _said(name, value) for name, value in facts.items()}
    if line.act == "StepMoved":
        name = (
            catalogue.matter_of[facts["code"]].spoken(language())
            if facts["code"] in catalogue.matter_of
            else facts["code"]
        )
        text = gettext(MOVES[facts["move"]], step=name, on=spoken.day(date.fromisoformat(facts["on"])))
    else:
        message = HAPPENED.get(line.act, line.act)
        text = gettext(message, **counted) if "%(" in message else gettext(message)
    return {
        "at": local.strftime("%Y-%m-%d %H:%M"),
        "iso": local.isoformat(timespec="minutes"),
        "by": "" if line.actor_id is None else line.actor,
        "text": text,
        "kind": "act" if line.actor_id is not None else "",
    }


def _said(name: str, value: Any) -> Any:
    """A fact of an event as a sentence says it: days as days, lists as how many."""
    if (name == "on" or name.endswith("_on")) and value:
        return spoken.day(date.fromisoformat(value))
    return len(value) if isinstance(value, list) else value


def drawn(svg: str) -> Markup:
    """A drawing of ours, which press has escaped."""
    return Markup(svg)  # noqa: S704  (the one place that trusts press)
