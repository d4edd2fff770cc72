"""``/p/at/…/stuck``: say what cannot be done; somebody is called within minutes."""

from __future__ import annotations

from flask import Response, request

from concierge.escalation.rules.telling import LONGEST_TITLE
from concierge.kernel.db import db
from concierge.kernel.web import language
from concierge.progress.queries.choices import open_steps
from concierge.progress.queries.incoming import own_things
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.report_stuck import Stuck, report_stuck
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import holder, page, pages, visited


@pages.get("/at/<handle>/stuck")
def stuck(handle: str) -> Response:
    """The form, and what was reported before."""
    return _page(visited(handle))


@pages.post("/at/<handle>/stuck")
def report(handle: str) -> Response:
    """Register the report."""
    link = visited(handle)
    form = request.form
    told = Stuck(
        title=form.get("title", ""),
        text=form.get("text", ""),
        name=form.get("reporter", ""),
        phone=form.get("phone", ""),
        number=form.get("step", ""),
    )
    done = sent(
        link, lambda key: report_stuck(link, key, told, by=holder(link)), onward="stuck", field="title"
    )
    return _page(link, done) if isinstance(done, ActForm) else done


def _page(link: ProgressLink, form: ActForm = EMPTY) -> Response:
    steps = open_steps(db.session, link.project_id, language())
    return page(
        "progress/stuck.html",
        link,
        status=form.status,
        form=form,
        steps=[{"value": one.number, "text": one.spoken()} for one in steps],
        things=own_things(db.session, link.id, (ActKind.PROBLEM,)),
        was_sent=was_sent(),
        most=LONGEST_TITLE,
    )
