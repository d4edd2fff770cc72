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
from approvals.rules.progress import Move
from concierge.kernel import clock, spoken
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.models.project import Project
from projects.press.charted import Charting
from projects.press.words import Words
from projects.queries.project_file import ProjectFile
from projects.rules.ending import Ending

ROLES = (N_("Liaison"), N_("Concierge"), N_("Chief"), N_("Supervisor"), N_("Resident"))
"""The roles of the manifests, so that the header says them in the reader's language."""
HAPPENED: Mapping[str, str] = {
    "ProjectOpened": N_("Project opened"),
    "PairAssigned": N_("Concierge officers A and B assigned"),
    "CoverNamed": N_("A third officer covers from %(first_on)s to %(last_on)s"),
    "CoverWithdrawn": N_("The cover by a third officer was withdrawn"),
    "StageEntered": N_("The project entered its next stage"),
    "SubstitutionToTell": N_("From %(first_on)s %(name)s acts; the enterprise is to be told"),
    "SubstitutionTold": N_("The enterprise was told who acts"),
    "PlanMade": N_("First plan made: permit forecast for %(permit_on)s"),
    "PlanChanged": N_("Plan version %(number)s: permit forecast for %(permit_on)s"),
    "FactsChanged": N_("Facts changed: %(added)s steps more, %(removed)s fewer"),
    "TermsChanged": N_("Dates or way of counting changed"),
    "GreenChannelGiven": N_("Put on the green channel: %(reason)s"),
    "GreenChannelEnded": N_("Taken off the green channel: %(reason)s"),
    "SittingAnnounced": N_("Joint review announced for %(on)s"),
    "SittingWithdrawn": N_("Joint review of %(on)s called off: %(reason)s"),
    "ReviewConvened": N_("Joint review sent to its departments"),
    "OpinionGiven": N_("A department gave its opinion"),
    "PaperTakenIn": N_("Papers handed in"),
    "CardShown": N_("A department was shown a card"),
    "ServiceRated": N_("The enterprise rated a service"),
    "ProjectEnded": N_("Project closed"),
    "ProjectReopened": N_("Project opened again"),
}
"""What happened to a project in a sentence; ``TOLD_LATELY`` names the same acts, and those of steps."""
MOVED: Mapping[Move, str] = {
    Move.PREPARE: N_("Preparation began on %(on)s"),
    Move.RECEIVE: N_("Papers received on %(on)s"),
    Move.WITHDRAW: N_("Withdrawn by the applicant on %(on)s"),
    Move.ACCEPT: N_("Accepted on %(on)s"),
    Move.NOT_ACCEPT: N_("Not accepted, %(on)s"),
    Move.DECLINE: N_("Acceptance declined on %(on)s"),
    Move.CORRECT: N_("Correction asked for on %(on)s"),
    Move.CORRECTED: N_("Correction complete on %(on)s"),
    Move.WORK: N_("The department began to work on %(on)s"),
    Move.STOP: N_("Clock stopped from %(on)s"),
    Move.RESUME: N_("Clock goes on; %(on)s was the last day of the stop"),
    Move.EXTEND: N_("Limit extended on %(on)s"),
    Move.PASS: N_("Result issued on %(on)s"),
    Move.REFUSE: N_("Refused on %(on)s"),
    Move.RECALL: N_("Application recalled on %(on)s"),
    Move.REVOKE: N_("Result revoked on %(on)s"),
    Move.START_OVER: N_("Begun anew on %(on)s"),
    Move.UNDO: N_("Last record taken back"),
}


def ended_said(project: Project) -> str:
    """When and how a closed project ended."""
    day = spoken.day_full(project.ended_on)
    if project.ending is Ending.COMPLETED:
        return gettext("Closed on %(day)s: completed", day=day)
    return gettext("Closed on %(day)s: given up", day=day)


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
        is_over=file.is_closed,
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
        said = move_said(Move(facts["move"]), date.fromisoformat(facts["on"]))
        text = gettext("%(step)s: %(what)s", step=_name(facts["code"], catalogue), what=said)
    elif line.act == "StepNoted":
        text = gettext("%(step)s: %(what)s", step=_name(facts["code"], catalogue), what=facts["text"])
    else:
        message = HAPPENED[line.act]
        text = gettext(message, **counted) if "%(" in message else gettext(message)
    return {
        "at": local.strftime("%Y-%m-%d %H:%M"),
        "iso": local.isoformat(timespec="minutes"),
        "by": "" if line.actor_id is None else line.actor,
        "text": text,
        "kind": "act" if line.actor_id is not None else "",
    }


def move_said(move: Move, on: date) -> str:
    """A move of a step in a sentence."""
    return gettext(MOVED[move], on=spoken.day(on))


def _name(code: str, catalogue: Catalogue) -> str:
    return catalogue.matter_of[code].spoken(language()) if code in catalogue.matter_of else code


def _said(name: str, value: Any) -> Any:
    """A fact of an event as a sentence says it: days as days, lists as how many."""
    if (name == "on" or name.endswith("_on")) and value:
        return spoken.day(date.fromisoformat(value))
    return len(value) if isinstance(value, list) else value


def drawn(svg: str) -> Markup:
    """A drawing of ours, which press has escaped."""
    return Markup(svg)  # noqa: S704  (the one place that trusts press)
