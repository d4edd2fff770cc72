"""What the window puts into the pages of steps and projects: reporting it, and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from concierge.escalation.queries.reports import open_of_project
from concierge.escalation.views.doors import ON
from concierge.escalation.views.words import LEVELS
from concierge.kernel import spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import may

if TYPE_CHECKING:
    from projects.queries.project_file import ProjectFile
    from projects.queries.step_file import StepFile


def step_acts(file: StepFile, _reader: Actor) -> Markup | str:
    """The ways to report that a step does not get done, and to record a bottleneck."""
    if file.file.is_closed or not may("register", ON):
        return ""
    acts = [
        (gettext("It does not get done"), url_for("EscalationView.form", step_id=file.row.id)),
        (gettext("Record a bottleneck"), url_for("BottleneckView.list", step_id=file.row.id)),
    ]
    return Markup(render_template("escalation/step_acts.html", acts=acts))  # noqa: S704  (the template escapes)


def project_reports(file: ProjectFile, _reader: Actor) -> Markup | str:
    """The open reports of a project."""
    if not may("show", ON):
        return ""
    reports = [
        {
            "title": row.title,
            "href": url_for("ProblemReportView.one", report_id=row.id),
            "level": gettext(LEVELS[row.level]),
            "due": spoken.day(row.due_on),
        }
        for row in open_of_project(db.session, file.project.id)
    ]
    if not reports:
        return ""
    return Markup(render_template("escalation/project_reports.html", reports=reports))  # noqa: S704  (the template escapes)
