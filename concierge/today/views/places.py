"""Windows of departments: where each receives, whom to ask, in which order one walks there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed, language, may, whole_number
from concierge.today.queries.deeds import places
from concierge.today.services.keep_place import PlaceAsked, keep_places
from projects.rules.owner import owner_name
from projects.rules.progress import OWNERS

PERMISSION = "DepartmentPlace"
LONGEST = 120


class PlacesView(Page):
    """The table of windows, kept by the chief concierge."""

    route_base = "/today/places"
    class_permission_name = PERMISSION

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """Where every department receives."""
        there = {row.department: row for row in places(db.session)}
        catalogue = catalogue_queries.published_catalogue(db.session)
        rows = [
            {
                "code": one.code,
                "name": owner_name(one, one.code, language()),
                "there": there.get(one.code),
            }
            for one in catalogue.department_of.values()
            if one.code not in OWNERS
        ]
        return self.show("today/places.html", rows=rows, may_keep=may("edit", PERMISSION))

    @expose("/", methods=["POST"])
    @allowed("edit")
    def keep(self) -> Any:
        """Keep the table."""
        asked = [
            PlaceAsked(
                department=code,
                place=request.form.get(f"place-{code}", "")[:LONGEST],
                contact=request.form.get(f"contact-{code}", "")[:LONGEST],
                phone=request.form.get(f"phone-{code}", "")[:LONGEST],
                position=whole_number(request.form.get(f"position-{code}"), default=0),
            )
            for code in request.form.getlist("department")
        ]
        keep_places(asked, by=actor())
        flash(gettext("The windows are kept."), "success")
        return redirect(url_for("PlacesView.list"), code=303)
