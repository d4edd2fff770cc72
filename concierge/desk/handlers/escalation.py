"""What the desk tells of reports of what cannot be done. Every handler may be run twice."""

from __future__ import annotations

from collections.abc import Mapping

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import select

from concierge.desk.services.tell import tell_person, tell_project
from concierge.escalation.events import (
    NegativeReported,
    ProblemReported,
    ProcessFixAsked,
    ReportAnswered,
    ReportReopened,
    ReportRose,
    ReportTakenOver,
)
from concierge.escalation.rules.report import ReportLevel
from concierge.kernel.work import Work

WINDOW = ("EscalationOfficer",)
BEYOND = ("EscalationOfficer", "Chief", "Supervisor")  # who hears what the departments did not settle
DECIDES = ("Chief",)


def tell_of_report(w: Work, event: ProblemReported) -> None:
    """A report came in: the window, and those in charge of its project."""
    _tell(w, WINDOW, "report_came", _facts(event.report_id, event.number, event.title), event.project_id)


def tell_of_rise(w: Work, event: ReportRose) -> None:
    """A report went one level up; what goes to the county is told to chief and supervisors, too."""
    county = ReportLevel(event.level).is_county
    facts = _facts(event.report_id, event.number, event.title)
    _tell(w, BEYOND if county else WINDOW, f"report_{event.level}", facts, event.project_id)


def tell_of_owner(w: Work, event: ReportTakenOver) -> None:
    """Somebody with an account is to see a report through."""
    if event.owner_id is not None:
        facts = _facts(event.report_id, event.number, event.title)
        tell_person(w, event.owner_id, "report_yours", {**facts, "due_on": event.due_on})


def tell_of_report_answer(w: Work, event: ReportAnswered) -> None:
    """The person was answered: those in charge of the project know what was said."""
    if event.project_id is not None:
        facts = _facts(event.report_id, event.number, "")
        tell_project(w, event.project_id, "report_answered", {**facts, "answer": event.answer[:200]})


def tell_of_reopening(w: Work, event: ReportReopened) -> None:
    """A report whose answer did not satisfy is open again."""
    _tell(w, BEYOND, "report_again", _facts(event.report_id, event.number, event.title), event.project_id)


def tell_of_negative_answer(w: Work, event: NegativeReported) -> None:
    """A no waits for a second look."""
    facts = {
        "fd": event.number,
        "department": event.department,
        "due_on": event.due_on,
        "page": "/escalations/negatives/",
    }
    _tell(w, DECIDES, "negative_answer", facts, None)


def tell_of_fix(w: Work, event: ProcessFixAsked) -> None:
    """A process is to be mended."""
    facts = {"times": event.times, "due_on": event.due_on, "page": "/escalations/fixes/"}
    _tell(w, DECIDES, "process_fix", facts, None)


def _facts(report_id: int, number: str, title: str) -> dict[str, object]:
    return {"report": number, "title": title, "page": f"/escalations/reports/{report_id}"}


def _tell(
    w: Work, roles: tuple[str, ...], text: str, facts: Mapping[str, object], project_id: int | None
) -> None:
    if project_id is not None:
        tell_project(w, project_id, text, facts)
    asked = select(User.id).where(User.active, User.roles.any(Role.name.in_(roles))).order_by(User.id)
    for person_id in w.session.scalars(asked).all():
        tell_person(w, person_id, text, facts)
