"""Calendar feeds as calendar programs fetch them: ``/feeds/<key>.ics``, no login, no cookie, no script."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, request
from limits import parse
from werkzeug.datastructures import Headers

from concierge.feeds.queries.fetching import Asked, asked_for
from concierge.feeds.rules.clients import client_family
from concierge.feeds.rules.conditional import is_unchanged
from concierge.feeds.rules.feed import PREFIX, KeyStanding
from concierge.feeds.services.note_fetch import Answer, note_fetch
from concierge.feeds.views import answering
from concierge.kernel import clock, tokens
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import N_, ConciergeError, Missing
from concierge.kernel.web import say

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

pages = Blueprint("calendar_feeds", __name__, url_prefix="/feeds")
MISSES = parse("30/minute")
CALENDAR = "text/calendar; charset=utf-8"


class TooManyKeysTried(ConciergeError):
    """More wrong keys from one place in a minute than anybody mistypes."""

    message = N_("Too many wrong calendar addresses from this place. Try again in a minute.")
    status = 429


class Unchanged(Response):
    """A 304 that repeats both validators; the library takes Last-Modified out of every 304.

    Source: FE-6.
    """

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """What is sent, with the date put back."""
        headers = super().get_wsgi_headers(environ)
        headers["Last-Modified"] = self.headers["Last-Modified"]
        return headers


@pages.route("/<token>.ics")
def feed(token: str) -> Response:
    """A calendar, or 304 where the program has it already.

    Shape: the entries are read only if the answer is not known.
    Source: FE-6, FE-13, FE-15.
    """
    client = client_family(request.user_agent.string)
    asked = _asked(token, client)
    if asked.standing is KeyStanding.ENDED:
        note_fetch(asked, client, 410)
        return _file(answering.ended(asked), 410)
    today = clock.today()
    known = answering.remembered(asked, today)
    if known is not None and _has(known.tag, known.modified_at):
        return _unchanged(asked, client, known.tag, known.modified_at)
    body = answering.shelf.get(known.tag) if known is not None else None
    if known is not None and body is not None:
        note_fetch(asked, client, 200)
        return _validated(_file(body, 200), known.tag, known.modified_at)
    return _rendered(asked, client, today, known)


def _rendered(asked: Asked, client: str, today: date, known: Answer | None) -> Response:
    """The calendar, rendered now; what it came to is kept for the next poll."""
    made = answering.rendered(db.session, asked, today)
    answer = Answer(tag=made.tag, modified_at=made.modified_at, revision=asked.revision, on=today)
    is_news = asked.standing is KeyStanding.OPEN and (known is None or known.tag != made.tag)
    keep = answer if is_news else None
    if _has(made.tag, made.modified_at):
        return _unchanged(asked, client, made.tag, made.modified_at, keep)
    note_fetch(asked, client, 200, keep)
    return _validated(_file(made.body, 200), made.tag, made.modified_at)


@pages.errorhandler(ConciergeError)
def told(error: ConciergeError) -> Response:
    """Say no in a line of plain text: a calendar program shows it to nobody, a person may read it."""
    return Response(f"{say(error)}\n", error.status, content_type="text/plain; charset=utf-8")


def _asked(token: str, client: str) -> Asked:
    """The address of a key.

    Raises: Missing, for a wrong one; TooManyKeysTried.
    """
    try:
        if tokens.is_whole(token, PREFIX):
            return asked_for(db.session, tokens.hashed(token, current_app.config["SECRET_KEY"]), client)
    except Missing:
        pass
    limiter = current_app.appbuilder.sm.limiter  # type: ignore[attr-defined]
    if limiter.enabled and not limiter.limiter.hit(MISSES, "feed missed", request.remote_addr or ""):
        raise TooManyKeysTried
    raise Missing


def _has(tag: str, modified_at: datetime) -> bool:
    """Whether the program that asks has these bytes."""
    headers = request.headers
    return is_unchanged(headers.get("If-None-Match"), headers.get("If-Modified-Since"), tag, modified_at)


def _unchanged(
    asked: Asked, client: str, tag: str, modified_at: datetime, keep: Answer | None = None
) -> Response:
    note_fetch(asked, client, 304, keep)
    return _validated(Unchanged(status=304), tag, modified_at)


def _file(body: bytes, status: int) -> Response:
    return named(Response(body, status, content_type=CALENDAR), "concierge.ics", in_place=True)


def _validated(response: Response, tag: str, modified_at: datetime) -> Response:
    """The answer with what a program asks by the next time; a 304 repeats both."""
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Last-Modified"] = format_datetime(modified_at.astimezone(UTC), usegmt=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
