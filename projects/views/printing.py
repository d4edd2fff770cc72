"""What leaves the screen: the progress sheet of a project on A4, and its network as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_appbuilder import expose

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.web import Page, actor, allowed, language
from projects.press.network import network
from projects.press.standalone import standalone
from projects.queries.project_file import ProjectFile, project_file
from projects.views.printing_sheet import ProgressSheet, on_paper
from projects.views.words import chart_words


class PrintView(Page):
    """A project on paper."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "sheet"

    @expose("/<int:project_id>/print")
    @allowed("show")
    def sheet(self, project_id: int) -> Any:
        """The progress sheet (项目办理进度单)."""
        return self.show(
            "projects/print_sheet.html",
            sheet=ProgressSheet(_file(project_id), with_annex="annex" in request.args),
        )

    @expose("/<int:project_id>/network.svg")
    @allowed("show")
    def network(self, project_id: int) -> Response:
        """The arrow network as a file that opens anywhere, its colours inside."""
        file = _file(project_id)
        drawings = network(on_paper(file), chart_words())
        titled = [(drawing.title, drawing.svg) for drawing in drawings]
        picture = Response(standalone(titled, language()), mimetype="image/svg+xml")
        return named(picture, f"network-{file.project.code}.svg")


def _file(project_id: int) -> ProjectFile:
    return project_file(db.session, project_id, actor(), today=clock.today())
