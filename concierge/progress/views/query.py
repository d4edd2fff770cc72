"""``/q``: where a project stands, by a code of ten signs, without a link and without a login."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request

from concierge.kernel import visits
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError
from concierge.kernel.web import language, say
from concierge.progress.queries.public_progress import public_progress
from concierge.progress.services.query_code import project_of_code
from concierge.progress.views.link_pages import kept_choices
from concierge.progress.views.progress_sheet import ProgressSheet

queries = Blueprint("progress_query", __name__, url_prefix="/q")
LONGEST_TYPED = 40


@queries.get("/")
@queries.get("", endpoint="bare")
def ask() -> Response:
    """The form for the code."""
    return _page()


@queries.post("/")
@queries.post("", endpoint="bare_answer")
def answer() -> Any:
    """The stage and the expected day of the project of a code, and nothing else."""
    return _told(request.form.get("code", "")[:LONGEST_TYPED])


@queries.get("/<code>")
def scanned(code: str) -> Any:
    """The same for a code a camera read from a paper; a wrong one counts as one that was typed."""
    return _told(code[:LONGEST_TYPED])


def _told(typed: str) -> Response:
    try:
        visits.count(visits.READS, "query code")
        project_id = project_of_code(typed, request.remote_addr or "")
    except ConciergeError as error:
        return _page(typed=typed, problem=say(error), status=error.status)
    told = public_progress(db.session, project_id, language())
    return _page(sheet=ProgressSheet(told))


def _page(
    sheet: ProgressSheet | None = None, *, typed: str = "", problem: str = "", status: int = 200
) -> Response:
    made = render_template(
        "progress/query.html",
        sheet=sheet,
        typed=typed,
        problem=problem,
        phone=current_app.config["CONCIERGE"].office_phone,
        size=kept_choices().get("size", ""),
        kept=kept_choices(),
    )
    return make_response(made, status)
