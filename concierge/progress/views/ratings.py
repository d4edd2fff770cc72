"""``/p/at/…/ratings``: what of a project may be rated; each leads to the form of its own."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, url_for
from flask_babel import gettext

from concierge.kernel import visits
from concierge.kernel.db import db
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from concierge.progress.queries.rateables import rateables
from concierge.progress.services.open_rating import open_rating
from concierge.progress.views.act_form import ActForm, sent
from concierge.progress.views.link_pages import holder, kept_choices, page, pages, visited
from concierge.ratings.rules.rating import Level

RATING = visits.Visits("rate", "/p/at")
LEVELS = {
    Level.VERY_SATISFIED: N_("Very satisfied"),
    Level.SATISFIED: N_("Satisfied"),
    Level.FAIRLY_SATISFIED: N_("Fairly satisfied"),
    Level.DISSATISFIED: N_("Dissatisfied"),
    Level.VERY_DISSATISFIED: N_("Very dissatisfied"),
}


@pages.get("/at/<handle>/ratings")
def ratings(handle: str) -> Response:
    """The finished services, those to be rated and those that were."""
    return _page(handle)


@pages.post("/at/<handle>/ratings/<occasion>")
def choose(handle: str, occasion: str) -> Any:
    """Begin a visit to the form of one service, and go there."""
    link = visited(handle)
    opened: list[tuple[str, str]] = []
    done = sent(
        link,
        lambda _key: opened.append(open_rating(link, occasion, by=holder(link))),
        onward="ratings",
        field="ratings",
    )
    if isinstance(done, ActForm):
        return _page(handle, done)
    where, seal = opened[0]
    onward = url_for("ratings_public.form", handle=where, **kept_choices())
    return RATING.begin(make_response(redirect(onward, code=303)), where, seal)


def _page(handle: str, form: ActForm | None = None) -> Response:
    link = visited(handle)
    lines = rateables(db.session, link.project_id, language())
    return page(
        "progress/ratings.html",
        link,
        status=form.status if form is not None else 200,
        problems=form.problems if form is not None else (),
        open=[one for one in lines if one.level is None],
        rated=[
            {"service": one.service, "closed_on": one.closed_on, "level": gettext(LEVELS[one.level])}
            for one in lines
            if one.level is not None
        ],
    )
