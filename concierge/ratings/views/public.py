"""``/p/…/rate``: an enterprise rates a finished service, without an account and with no staff present.

The key is looked at once, at ``/p/<token>/rate``; every other address carries the occasion's handle, which
opens nothing without the visit's cookie.
"""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for

from concierge.kernel import tokens, visits
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import language, say
from concierge.ratings.queries.rateable import Rateable, rateable_at, rateable_by_key
from concierge.ratings.rules.rating import PREFIX, RatedBefore, RatingLinkExpired
from concierge.ratings.services.rate_again import rate_again
from concierge.ratings.services.rate_service import rate_service
from concierge.ratings.views.public_list import public_list
from concierge.ratings.views.rating_form import SAID, RatingForm, typed_form, typed_level

pages = Blueprint("ratings_public", __name__, url_prefix="/p")
VISITS = visits.Visits("rate", "/p/at")
RATER = Actor(None, "评价人")
MOST_KEPT = 4_000


@pages.get("/<token>/rate")
def enter(token: str) -> Any:
    """Look at the key once, and go on where it no longer stands in the address."""
    visits.count(visits.READS, "rating opened")
    if not tokens.is_whole(token, PREFIX):
        visits.missed()
        raise Missing
    try:
        one = rateable_by_key(db.session, tokens.hashed(token, current_app.config["SECRET_KEY"]))
    except Missing:
        visits.missed()
        raise
    onward = url_for(".form", handle=one.handle, **_kept())
    return VISITS.begin(make_response(redirect(onward, code=303)), one.handle, one.seal)


@pages.get("/at/<handle>/rate")
def form(handle: str) -> Response:
    """The form; or what was said, where the service is rated."""
    return _page(_visited(handle))


@pages.post("/at/<handle>/rate")
def rate(handle: str) -> Any:
    """Keep the rating."""
    one = _visited(handle)
    typed = typed_form(request.form)
    try:
        VISITS.check_form(one.handle, one.seal)
        rate_service(one.id, typed.given(), by=RATER)
    except Missing:
        raise
    except RatedBefore:
        pass  # sent twice: what is shown next is the rating as it was kept
    except ConciergeError as error:
        return _page(one, typed.with_problem(error), status=error.status)
    return redirect(url_for(".form", handle=handle, thanks=1, **_kept()), code=303)


@pages.post("/at/<handle>/again")
def again(handle: str) -> Any:
    """Keep the one more word after the answer."""
    one = _visited(handle)
    typed = typed_form(request.form)
    try:
        VISITS.check_form(one.handle, one.seal)
        rate_again(one.said.id if one.said else 0, typed_level(typed.level), typed.words, by=RATER)
    except Missing:
        raise
    except ConciergeError as error:
        return _page(one, typed.with_problem(error), status=error.status)
    return redirect(url_for(".form", handle=handle, thanks=1, **_kept()), code=303)


@pages.get("/ratings")
def listed() -> Response:
    """What was said and answered, without who said it (RT-7)."""
    visits.count(visits.READS, "ratings read")
    return _rendered("ratings/public_list.html", page=public_list(db.session, request.args))


@pages.errorhandler(ConciergeError)
def told(error: ConciergeError) -> Response:
    """Say what is wrong without saying what there is; what was typed is shown, to be copied."""
    typed = request.form.get("words", "").strip()[:MOST_KEPT] if request.method == "POST" else ""
    if isinstance(error, RatingLinkExpired):
        made = _rendered("ratings/link_ended.html", last=error.facts["last"], typed=typed)
    elif isinstance(error, Missing):
        made = _rendered("ratings/link_missing.html", typed=typed)
    else:
        made = _rendered("ratings/link_refused.html", message=say(error), typed=typed)
    made.status_code = error.status
    return made


def _visited(handle: str) -> Rateable:
    """The service of this visit.

    Raises: Missing, without a visit, or when the occasion has another key by now; RatingLinkExpired.
    """
    seal = VISITS.seal_of(handle)
    one = rateable_at(db.session, handle)
    if not hmac.compare_digest(seal, one.seal):
        visits.missed()
        raise Missing
    return one


def _page(one: Rateable, typed: RatingForm | None = None, *, status: int = 200) -> Response:
    made = _rendered(
        "ratings/rated.html" if one.said else "ratings/rate.html",
        one=one,
        lang=language(),
        typed=typed or RatingForm(),
        mark=VISITS.new_form(one.handle, one.seal),
        thanks="thanks" in request.args,
        kept=_kept(),
        words=SAID,
    )
    made.status_code = status
    return VISITS.begin(made, one.handle, one.seal)


def _rendered(template: str, **facts: Any) -> Response:
    phone = current_app.config["CONCIERGE"].office_phone
    return make_response(render_template(template, phone=phone, size=_kept().get("size", ""), **facts))


def _kept() -> dict[str, Any]:
    """What each address takes along: language and size of type, for no cookie keeps them here."""
    known = {"lang": ("zh", "en"), "size": ("l",)}
    return {name: request.args[name] for name, values in known.items() if request.args.get(name) in values}
