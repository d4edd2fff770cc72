"""绿色通道: whether a project's delay counts double when all are planned together, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, say, whole_number
from projects.queries.green_channel import green_channel
from projects.queries.project_file import visible_project
from projects.rules.green_channel import GREEN_FACTOR
from projects.services.set_green_channel import end_green_channel, set_green_channel

LONGEST = 255
LARGEST = 10**9


class GreenChannelView(Page):
    """The green channel of one project."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/green-channel")
    @allowed("rank")
    def one(self, project_id: int) -> Any:
        """Whether it is on the green channel, why, and what that does."""
        return self._shown(project_id)

    @expose("/<int:project_id>/green-channel", methods=["POST"])
    @allowed("rank")
    def put_on(self, project_id: int) -> Any:
        """Put it on."""
        said = gettext("The project is on the green channel. The next plan of all projects counts by it.")
        return self._do(set_green_channel, project_id, said)

    @expose("/<int:project_id>/green-channel/end", methods=["POST"])
    @allowed("rank")
    def take_off(self, project_id: int) -> Any:
        """Take it off."""
        said = gettext("The project is off the green channel. The next plan of all projects counts by it.")
        return self._do(end_green_channel, project_id, said)

    def _do(self, deed: Callable[..., None], project_id: int, said: str) -> Any:
        visible_project(db.session, project_id, actor())
        version = whole_number(request.form.get("version"), default=0, most=LARGEST) or None
        try:
            deed(project_id, _reason(), version=version, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            return self._shown(project_id, say(error)), error.status
        flash(said, "success")
        return redirect(url_for("ProjectView.one", project_id=project_id), code=303)

    def _shown(self, project_id: int, problem: str = "") -> str:
        project = visible_project(db.session, project_id, actor())
        return self.show(
            "projects/green_channel.html",
            green=green_channel(db.session, project, clock.today()),
            factor=GREEN_FACTOR,
            reason=_reason(),
            problem=problem,
        )


def _reason() -> str:
    return request.form.get("reason", "").strip()[:LONGEST]
