"""``/p/<key>``: the key is looked at once; everything else happens where it no longer stands."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, make_response, redirect, request, url_for

from concierge.kernel import clock, visits
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.openings import Visitor
from concierge.kernel.web import language, say
from concierge.progress.queries.links import link_by_key
from concierge.progress.queries.public_progress import public_progress
from concierge.progress.rules.links import LinkOpens, LinkStanding, ProgressLink
from concierge.progress.services.ask_for_link import ask_for_link
from concierge.progress.services.check_tail import check_tail
from concierge.progress.services.open_link import open_link
from concierge.progress.views.act_sections import ONWARD, act_sections, need_acts
from concierge.progress.views.link_pages import VISITS, kept_choices, page, pages, visited
from concierge.progress.views.progress_sheet import ProgressSheet


@pages.get("/<token>")
@pages.get("/<progress_key:token>/<any(rate, stuck, materials):act>", endpoint="enter_act")
def enter(token: str, act: str = "") -> Any:
    """Look at the key once, write the opening down, and go on where it no longer stands in the address."""
    visits.count(visits.READS, "progress opened")
    row = link_by_key(db.session, token)
    if row is not None and row.asks_tail and row.standing(clock.today()) is LinkStanding.OPEN:
        return page("progress/link_tail.html", problem="")
    return _opened(token, act)


@pages.post("/<token>")
@pages.post("/<progress_key:token>/<any(rate, stuck, materials):act>", endpoint="answer_act")
def answer(token: str, act: str = "") -> Any:
    """Take the last four digits a link asks for; or ask for a new link, which is always answered alike."""
    visits.count(visits.WRITES, "progress asked")
    row = link_by_key(db.session, token)
    if row is None or not row.asks_tail or row.standing(clock.today()) is not LinkStanding.OPEN:
        ask_for_link(token)
        return page("progress/link_asked.html")
    try:
        check_tail(row.id, request.form.get("tail", ""))
    except Missing:
        raise
    except ConciergeError as error:
        return page("progress/link_tail.html", problem=say(error), status=error.status)
    return _opened(token, act)


def _opened(token: str, act: str) -> Response:
    try:
        link = open_link(token, Visitor(request.user_agent.string, request.remote_addr or ""))
    except Missing:
        visits.missed()
        raise
    return _onward(link, act)


@pages.get("/at/<handle>")
def front(handle: str) -> Response:
    """The enterprise's page."""
    link = visited(handle)
    told = public_progress(db.session, link.project_id, language())
    before_on = clock.local(link.before_at).date() if link.before_at else None
    return page(
        "progress/progress.html",
        link,
        sheet=ProgressSheet(told, before_on, link.before_start_on),
        acts=partial(need_acts, link),
        sections=act_sections(link),
        preview=False,
    )


def _onward(link: ProgressLink, act: str) -> Response:
    where = "progress_links.scenario" if link.opens is LinkOpens.SCENARIO else ONWARD.get(act, ".front")
    address = url_for(where, handle=link.handle, **kept_choices())
    return VISITS.begin(make_response(redirect(address, code=303)), link.handle, link.seal)
