"""What service puts into the page of a project: its cases, and the way to a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import language, may
from concierge.service.queries.case_list import cases_of_project, items_of, steps_of
from concierge.service.rules.case import case_number
from concierge.service.views.naming import services_called
from concierge.service.views.words import ON, OUTCOMES, PILLS

if TYPE_CHECKING:
    from projects.queries.project_file import ProjectFile


def project_cases(file: ProjectFile, _reader: Actor) -> Markup | str:
    """The service cases of a project."""
    if not may("show", ON):
        return ""
    rows = cases_of_project(db.session, file.project.id)
    if not rows and not may("open", ON):
        return ""
    ids = [row.id for row in rows]
    steps, items = steps_of(db.session, ids), items_of(db.session, ids)
    is_zh = language() == "zh"
    cases = []
    for row in rows:
        step = steps.get(row.id)
        at = (step.name_zh if is_zh else step.name_en) if step else ""
        cases.append(
            {
                "number": case_number(row.year, row.serial),
                "href": url_for("ServiceCaseView.one", case_id=row.id),
                "name": services_called(items.get(row.id, [])),
                "at": at or (gettext(OUTCOMES[row.outcome]) if row.outcome else ""),
                "look": PILLS[row.state],
                "due_on": row.due_on,
            }
        )
    href = url_for("ServiceOpeningView.choose", project=file.project.id) if may("open", ON) else ""
    return Markup(render_template("service/project_cases.html", cases=cases, href=href))  # noqa: S704  (the template escapes)
