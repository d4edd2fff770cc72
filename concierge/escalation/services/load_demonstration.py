"""Add the window's part to the demonstration county: whom to call, one report in hand, some closed ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from concierge.escalation.rules.assigning import Opinion
from concierge.escalation.rules.closing import Closing
from concierge.escalation.rules.report import (
    Contentment,
    ReportKind,
    ReportLevel,
    ReportOutcome,
    ReportWay,
    VoiceTopic,
)
from concierge.escalation.rules.telling import Told
from concierge.escalation.services.arrange_window import plan_duty
from concierge.escalation.services.bring_together import (
    answer_assignment,
    give_opinion,
    hold_meeting,
    issue_assignment,
)
from concierge.escalation.services.close_report import ask_back, close_report
from concierge.escalation.services.handle_report import Owner, handle_report
from concierge.escalation.services.hear_voice import Voice, hear_voice, route_voice
from concierge.escalation.services.raise_report import raise_report
from concierge.escalation.services.record_arrival import record_arrival
from concierge.escalation.services.record_bottleneck import Bottleneck, record_bottleneck
from concierge.escalation.services.report_problem import report_problem
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading
from concierge.staff.queries import spoken_name
from projects.models.project import Project

WINDOW = Path(__file__).parents[1] / "data" / "demonstration.yaml"
LOADER = Actor(None, "demonstration")
STEPS = (ReportLevel.DEPARTMENT, ReportLevel.TIMED)


def load_demonstration() -> dict[str, list[str]]:
    """Arrange the window, and tell its reports as they went.

    Shape: the address of the report in hand, for the script that looks at the county.
    """
    told = yaml.safe_load(WINDOW.read_text(encoding="utf-8"))
    people = _people()
    officer = people.get(told["window"])
    by = Actor(None, officer.label) if officer else LOADER  # sight of every project comes with the first job
    last = max(report["day"] for report in told["reports"])
    reports = []
    for one in sorted(told["reports"], key=lambda report: report["day"]):
        with clock.standing_at(one["day"]):
            reports.append(_tell(one, people, by))
    with clock.standing_at(last):
        _besides(told, by)
    base = current_app.config["CONCIERGE"].base_url
    return {"escalations": [f"{base}/escalations/reports/{reports[-1]}"]}


def _besides(told: dict[str, Any], by: Actor) -> None:
    """The roster, what people said, and what holds things up."""
    for one in told["roster"]:
        plan_duty(one["first_on"], one["last_on"], one["name"], by=by)
    for one in told["voices"]:
        voice = Voice(
            topic=VoiceTopic(one["topic"]),
            text=one["text"],
            heard_on=one["heard_on"],
            speaker=one["speaker"],
            place=one["place"],
        )
        voice_id = hear_voice(voice, by=by)
        if one["department"]:
            route_voice(voice_id, one["department"], by=by)
    for one in told["bottlenecks"]:
        record_bottleneck(Bottleneck(**one), by=by)


def _tell(one: dict[str, Any], people: dict[str, Actor], by: Actor) -> int:
    """One report with everything that was done about it until its day."""
    report_id = report_problem(
        Told(
            way=ReportWay(one["way"]),
            title=one["title"],
            text=one["text"],
            department=one["department"],
            reported_at=_moment(one["at"]),
            reporter=one.get("reporter", "企业经办人" if "project" in one else "群众"),
            phone="0730-0000105",
            project_id=_project(one["project"]) if "project" in one else None,
            kind=ReportKind(one["kind"]),
        ),
        by=by,
    )
    rises = one.get("rose", [])
    for n, came in enumerate(one.get("came", [])):
        record_arrival(report_id, _moment(came["at"]), came["who"], came["result"], by=by)
        if n < len(rises):
            raise_report(report_id, STEPS[n], came["result"] + "，提级协调", at=_moment(rises[n]), by=by)
    _handle(one, report_id, people, by)
    return report_id


def _handle(one: dict[str, Any], report_id: int, people: dict[str, Actor], by: Actor) -> None:
    for opinion in one.get("opinions", []):
        give_opinion(report_id, Opinion(**opinion), by=by)
    if "meeting" in one:
        meeting = one["meeting"]
        hold_meeting(report_id, _moment(meeting["at"]), meeting["place"], meeting["proposal"], by=by)
    if "owner" in one and one["owner"] in people:
        owner = Owner(user_id=people[one["owner"]].id)
        handle_report(report_id, owner=owner, answer=one["answer"], by=by)
    if "order" in one:
        order = one["order"]
        assignment_id = issue_assignment(
            report_id, order["to"], order["demand"], order["due_on"], department=one["department"], by=by
        )
        answer_assignment(assignment_id, clock.today(), order["speaker"], order["answer"], by=by)
    if "closing" in one:
        closing = {**one["closing"], "outcome": ReportOutcome(one["closing"]["outcome"])}
        close_report(report_id, Closing(**closing), by=by)
        if "said" in one:
            ask_back(report_id, Contentment(one["said"]), by=by)


def _moment(raw: str) -> datetime:
    return datetime.fromisoformat(str(raw)).replace(tzinfo=clock.SHANGHAI)


def _people() -> dict[str, Actor]:
    with reading() as session:
        return {
            one.username: Actor(one.id, spoken_name(one))
            for one in session.scalars(select(User).where(User.active))
        }


def _project(code: int) -> int | None:
    """A project of the county by the beginning of its code; None where the county has none such."""
    with reading() as session:
        return session.scalar(select(Project.id).where(Project.code.like(f"{code}-%")).order_by(Project.id))
