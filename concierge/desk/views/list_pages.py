"""The list of a department's cases below its link: out as XLSX, and back."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from concierge.desk.queries.packages import department_named
from concierge.desk.rules.links import DepartmentLink
from concierge.desk.services.take_in_list import look_at_list, take_in_list
from concierge.desk.views import list_form, visit
from concierge.desk.views.link_pages import department_link, holder, page, pages
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError
from concierge.kernel.web import language, say


@pages.get("/at/<handle>/list.xlsx")
def case_list(handle: str) -> Response:
    """The list, to be filled in."""
    return list_form.list_answer(db.session, department_link(handle).department)


@pages.get("/at/<handle>/list")
def list_page(handle: str) -> Response:
    """Where the list is fetched and sent back."""
    return _page(department_link(handle))


@pages.post("/at/<handle>/list")
def take_list(handle: str) -> Any:
    """Look at a list that came back, or record one that was looked at."""
    link = department_link(handle)
    is_done = "lines" in request.form
    by = holder(department_named(db.session, link.department).spoken(language()))
    try:
        visit.sent_form(link)
        lines = list_form.kept_lines() if is_done else list_form.uploaded_lines(request.files.get("list"))
        act = take_in_list if is_done else look_at_list
        judged = act(link.department, lines, lang=language(), by=by)
    except ConciergeError as error:
        made = _page(link, refusal=say(error))
        made.status_code = error.status
        return made
    return _page(
        link,
        rows=list_form.judged_rows(judged, is_done=is_done),
        good=list_form.count_good(judged),
        is_done=is_done,
        kept="" if is_done else list_form.kept(judged),
    )


def _page(link: DepartmentLink, **facts: Any) -> Response:
    return page(
        "desk/case_list.html",
        link,
        department=department_named(db.session, link.department),
        action=url_for(".list_page", handle=link.handle, lang=language()),
        fetch=url_for(".case_list", handle=link.handle, lang=language()),
        **facts,
    )
