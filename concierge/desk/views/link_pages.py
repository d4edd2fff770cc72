"""What all pages below ``/d`` share: the blueprint, how a page is rendered, how an error is told."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request

from concierge.desk.rules.links import DepartmentLink, LinkExpired, LinkScope
from concierge.desk.views import visit
from concierge.kernel.actor import Actor
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import language, say

pages = Blueprint("department_links", __name__, url_prefix="/d")
BY_LINK = {"zh": "%s（链接）", "en": "%s (link)"}


def page(template: str, link: DepartmentLink | None = None, **facts: Any) -> Response:
    """Render a page below a link; a visit goes on with each page it shows."""
    made = make_response(
        render_template(
            template,
            link=link,
            form=visit.new_form(link) if link else None,
            phone=current_app.config["CONCIERGE"].office_phone,
            **facts,
        )
    )
    return visit.begin(made, link) if link else made


@pages.errorhandler(ConciergeError)
def told(error: ConciergeError) -> Response:
    """Say what is wrong without saying what there is; what was typed is shown, to be copied."""
    typed = visit.kept_text(request.form) if request.method == "POST" else []
    if isinstance(error, LinkExpired):
        made = page("desk/link_ended.html", last=error.facts["last"], typed=typed)
    elif isinstance(error, Missing):
        made = page("desk/link_missing.html", typed=typed)
    else:
        made = page("desk/link_refused.html", message=say(error), typed=typed)
    made.status_code = error.status
    return made


def department_link(handle: str) -> DepartmentLink:
    """The link of this visit, if it opens all of a department's cases.

    Raises: Missing.
    """
    link = visit.visited(handle)
    if link.kind is not LinkScope.DEPARTMENT:
        raise Missing
    return link


def holder(department: str) -> Actor:
    """Whoever holds a department's link: no account, but a name in every record."""
    return Actor(None, BY_LINK[language()] % department)
