"""``/p/milestones/…``: the calendar of one key; confirming a mail address, and stopping its mails."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, current_app, make_response, render_template, request

from concierge.kernel import visits
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import say
from concierge.progress.queries.subscriptions import calendar_of
from concierge.progress.services.subscribe import confirm_by_key, handle_of, key_hash, stop_by_mail

milestones = Blueprint("progress_milestones", __name__, url_prefix="/p/milestones")
ICS = "text/calendar; charset=utf-8"


@milestones.get("/<token>.ics")
def calendar(token: str) -> Response:
    """The calendar; 304 while nothing changed."""
    visits.count(visits.READS, "milestones fetched")
    content = calendar_of(db.session, key_hash(token))
    answer = make_response(content)
    answer.content_type = ICS
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


@milestones.get("/confirm/<token>")
def confirm(token: str) -> Response:
    """Ask once more: programs that look through mail open every address in it, and must confirm nothing."""
    visits.count(visits.READS, "milestones confirmed")
    key_hash(token)
    return _page("confirm")


@milestones.post("/confirm/<token>")
def confirmed(token: str) -> Response:
    """Confirm the address."""
    visits.count(visits.WRITES, "milestones confirmed")
    confirm_by_key(token)
    return _page("confirmed")


@milestones.get("/stop/<signed>")
def stop(signed: str) -> Response:
    """One button, for the same reason."""
    visits.count(visits.READS, "milestones stopped")
    handle_of(signed)
    return _page("stop")


@milestones.post("/stop/<signed>")
def stopped(signed: str) -> Response:
    """Stop; twice is once."""
    visits.count(visits.WRITES, "milestones stopped")
    stop_by_mail(signed)
    return _page("stopped")


@milestones.errorhandler(ConciergeError)
def told(error: ConciergeError) -> Response:
    """Say what is wrong without saying what there is."""
    if isinstance(error, Missing):
        visits.missed()
        return _page("missing", status=404)
    return _page("refused", status=error.status, message=say(error))


def _page(what: str, *, status: int = 200, message: str = "") -> Response:
    phone = current_app.config["CONCIERGE"].office_phone
    made = render_template("progress/milestones.html", what=what, message=message, phone=phone, size="")
    return make_response(made, status)
