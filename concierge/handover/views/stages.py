"""Moving a project into its next stage."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.handover.services.move_stage import begin_operation
from concierge.kernel.errors import Invalid, Refusal
from concierge.kernel.web import Page, actor, allowed, say, whole_number


class StageView(Page):
    """The stages of one project."""

    route_base = "/projects"
    class_permission_name = "Handover"
    default_view = "operate"

    @expose("/<int:project_id>/operation", methods=["POST"])
    @allowed("oversee")
    def operate(self, project_id: int) -> Any:
        """Begin operation, with a resident service officer."""
        resident = whole_number(request.form.get("resident"), default=0, most=2**31)
        try:
            begin_operation(project_id, resident, by=actor())
        except (Invalid, Refusal) as error:
            flash(say(error), "danger")
        else:
            flash(gettext("The project is in operation. A hands over to the resident officer."), "success")
        return redirect(url_for("ProjectView.one", project_id=project_id), code=303)
