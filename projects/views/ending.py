"""Closing a project, with what still stands open, and opening it again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import Invalid, Refusal
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from projects.queries.ending import left_open
from projects.queries.project_file import visible_project
from projects.rules.ending import Ending
from projects.services.close_project import close_project, reopen_project

LONGEST = 255
LARGEST = 10**9


class EndingView(Page):
    """The end of a project."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/close")
    @allowed("close")
    def one(self, project_id: int) -> Any:
        """What stands open, and how the project ends."""
        return self._shown(project_id)

    @expose("/<int:project_id>/close", methods=["POST"])
    @allowed("close")
    def close(self, project_id: int) -> Any:
        """Close it."""
        how = Ending.COMPLETED if request.form.get("how") == Ending.COMPLETED.value else Ending.GIVEN_UP
        version = whole_number(request.form.get("version"), default=0, most=LARGEST) or None
        try:
            close_project(project_id, how, _reason(), version=version, lang=language(), by=actor())
        except (Invalid, Refusal) as error:
            return self._shown(project_id, say(error)), error.status
        flash(gettext("The project is closed."), "success")
        return redirect(url_for("ProjectView.one", project_id=project_id))

    @expose("/<int:project_id>/reopen", methods=["POST"])
    @allowed("close")
    def reopen(self, project_id: int) -> Any:
        """Open it again."""
        try:
            reopen_project(project_id, _reason(), by=actor())
        except (Invalid, Refusal) as error:
            return self._shown(project_id, say(error)), error.status
        flash(gettext("The project is open again. Name its officers."), "success")
        return redirect(url_for("ProjectView.one", project_id=project_id))

    def _shown(self, project_id: int, problem: str = "") -> str:
        project = visible_project(db.session, project_id, actor())
        return self.show(
            "projects/close.html",
            project=project,
            left=left_open(db.session, project, today=clock.today(), lang=language()),
            how=request.form.get("how", ""),
            reason=_reason(),
            problem=problem,
        )


def _reason() -> str:
    return request.form.get("reason", "").strip()[:LONGEST]
