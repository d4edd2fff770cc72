"""Where the days of one project went: the chain of steps that decided it, each day with who held it."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import expose

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed
from projects.queries.day_split import days_of_project
from projects.queries.project_file import project_file
from projects.views.days_sheet import DaysSheet


class DaysView(Page):
    """Where the days of one project went."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/days")
    @allowed("show")
    def one(self, project_id: int) -> Any:
        """The split of one project's days."""
        today = clock.today()
        file = project_file(db.session, project_id, actor(), today=today)
        days = days_of_project(db.session, file, today=today)
        return self.show("projects/days.html", file=file, sheet=DaysSheet(file, days))
