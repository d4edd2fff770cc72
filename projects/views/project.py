"""The page of one project."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder import expose

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed
from projects.press.gantt import GanttOrder
from projects.press.network import NetView
from projects.queries.project_file import project_file
from projects.views.project_sheet import Sheet


class ProjectView(Page):
    """Everything on one project: conclusion, what to push, network, Gantt, steps."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>")
    @allowed("show")
    def one(self, project_id: int) -> Any:
        """One project."""
        file = project_file(db.session, project_id, actor(), today=clock.today())
        views, orders = [v.value for v in NetView], [o.value for o in GanttOrder]
        view = request.args.get("view", "")
        order = request.args.get("order", "")
        sheet = Sheet(
            file,
            NetView(view) if view in views else NetView.ALL,
            GanttOrder(order) if order in orders else GanttOrder.STAGE,
            request.args.get("show", ""),
        )
        return self.show("projects/project.html", sheet=sheet, file=file)
