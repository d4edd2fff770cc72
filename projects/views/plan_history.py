"""The versions of a project's plan: when each was made and why, and what moved between any two."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder import expose

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed, whole_number
from projects.queries.history import Compared, History, compared, history
from projects.views.plan_history_sheet import HistorySheet

LARGEST_VERSION = 1_000_000


class PlanHistoryView(Page):
    """Every version of one project's plan."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "versions"

    @expose("/<int:project_id>/plans")
    @allowed("show")
    def versions(self, project_id: int) -> Any:
        """The versions, and the two that are compared."""
        found = history(db.session, project_id, actor())
        sheet = HistorySheet(found, _asked(found), catalogue_queries.work_calendar(db.session))
        return self.show("projects/history.html", sheet=sheet)


def _asked(found: History) -> Compared | None:
    """The pair asked for; else the newest version and the one before."""
    numbers = [plan.number for plan in found.versions]
    if len(numbers) < 2:
        return None
    new = whole_number(request.args.get("new"), default=numbers[0], least=1, most=LARGEST_VERSION)
    old = whole_number(request.args.get("old"), default=numbers[1], least=1, most=LARGEST_VERSION)
    return compared(db.session, found.project, old, new)
