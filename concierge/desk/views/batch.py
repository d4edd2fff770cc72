"""Lists of cases for offices that prefer a file: the chief fetches one for a department and takes it in."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_appbuilder import expose

from concierge.desk.queries.packages import department_named
from concierge.desk.services.take_in_list import look_at_list, take_in_list
from concierge.desk.views import list_form
from concierge.desk.views.link_words import department_options
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError
from concierge.kernel.web import Page, actor, allowed, language, say


class BatchPage(Page):
    """Lists out and in, department by department."""

    route_base = "/links/batch"
    class_permission_name = "DepartmentLink"
    default_view = "list"

    @expose("/")
    @allowed("office")
    def list(self) -> str:
        """The departments to choose from, or one of them."""
        code = request.args.get("department", "")
        return self._page(code) if code else self.show("desk/batch.html", departments=department_options())

    @expose("/<code>.xlsx")
    @allowed("office")
    def fetch(self, code: str) -> Response:
        """The list of one department."""
        department_named(db.session, code)
        return list_form.list_answer(db.session, code)

    @expose("/<code>", methods=["POST"])
    @allowed("office")
    def take(self, code: str) -> Any:
        """Look at a list that came back, or record one that was looked at."""
        is_done = "lines" in request.form
        by = _for(department_named(db.session, code).spoken(language()))
        try:
            lines = list_form.kept_lines() if is_done else list_form.uploaded_lines(request.files.get("list"))
            act = take_in_list if is_done else look_at_list
            judged = act(code, lines, lang=language(), by=by)
        except ConciergeError as error:
            return self._page(code, refusal=say(error)), error.status
        return self._page(
            code,
            rows=list_form.judged_rows(judged, is_done=is_done),
            good=list_form.count_good(judged),
            is_done=is_done,
            kept="" if is_done else list_form.kept(judged),
        )

    def _page(self, code: str, **facts: Any) -> str:
        return self.show(
            "desk/batch.html",
            departments=department_options(),
            chosen=code,
            department=department_named(db.session, code),
            action=url_for("BatchPage.take", code=code),
            fetch=url_for("BatchPage.fetch", code=code),
            **facts,
        )


def _for(department: str) -> Actor:
    """The chief who takes in a department's list: named with it in every record."""
    chief = actor()
    named = f"{chief.label}（{department}）" if language() == "zh" else f"{chief.label} ({department})"
    return Actor(chief.id, named)
