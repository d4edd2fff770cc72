"""Naming and changing the two officers of a project that is open."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import Invalid
from concierge.kernel.web import Page, actor, allowed, say
from concierge.staff.queries import loads, pairings
from concierge.staff.rules.pairing import Wanted
from projects.queries.project_file import visible_project
from projects.rules.draft import DraftProject
from projects.services.assign_officers import assign_officers
from projects.views.opening_draft import OnlyOne, third_page
from projects.views.opening_officers import OfficersPage


class OfficersView(Page):
    """A and B of one project."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/officers")
    @allowed("change")
    def one(self, project_id: int) -> Any:
        """Who looks after a project, and who could."""
        pairing = pairings(db.session, [visible_project(db.session, project_id, actor()).id]).get(project_id)
        chosen = None if pairing is None else (pairing.a_id, pairing.b_id)
        return self._shown(project_id, chosen)

    @expose("/<int:project_id>/officers", methods=["POST"])
    @allowed("change")
    def assign(self, project_id: int) -> Any:
        """Name these two."""
        pair = third_page(request.form, DraftProject()).pair
        try:
            if pair is None:
                raise OnlyOne(field="b_id" if request.form.get("a_id") else "a_id")
            assign_officers(project_id, *pair, by=actor())
        except Invalid as error:
            problem = {"field": str(error.facts.get("field", "a_id")), "message": say(error)}
            return self._shown(project_id, pair, [problem]), error.status
        flash(gettext("The officers are named."), "success")
        return redirect(url_for("ProjectView.one", project_id=project_id))

    def _shown(
        self, project_id: int, chosen: tuple[int, int] | None, problems: list[dict[str, str]] | None = None
    ) -> str:
        project = visible_project(db.session, project_id, actor())
        wanted = Wanted(template=project.template, place=project.enterprise.address or "")
        return self.show(
            "projects/opening_pairing.html",
            project=project,
            officers=OfficersPage(loads(db.session, clock.today()), chosen, False, problems or [], wanted),
            problems=problems or [],
        )
