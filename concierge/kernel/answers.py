"""What is answered when something goes wrong: the right status, one sentence, no internals.

=================================== ====== ============================ ======
raised                              answer raised                       answer
=================================== ====== ============================ ======
``Invalid`` (input)                 422    ``Stale`` (changed since)    409
``Missing``, out of scope           404    ``Unavailable``              503
``Refusal``                         409    anything else                500
=================================== ====== ============================ ======
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, abort, jsonify, make_response, render_template, request
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import IntegerConverter

from concierge.kernel.errors import ConciergeError, Missing, Unavailable
from concierge.kernel.tokens import without_tokens
from concierge.kernel.web import say, wants_json

log = logging.getLogger(__name__)
LARGEST_NUMBER = 2**31 - 1  # of a row, in PostgreSQL
RETRY_SECONDS = 60


def answer(status: int, message: str = "", *, kind: str = "", **facts: Any) -> Response:
    """An error page, or its JSON to a program.

    Shape: ``message`` empty lets the page say its own sentence.
    """
    if wants_json():
        said = {"status": status, "error": kind or str(status), "message": message, **facts}
        made = make_response(jsonify(said), status)
    else:
        page = render_template("concierge/errors/error.html", status=status, message=message, **facts)
        made = make_response(page, status)
    if status in {429, 503}:
        made.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return made


class RowNumber(IntegerConverter):
    """A whole number in an address, no larger than a row's number can be; a longer one is not there."""

    def __init__(self, map: Any, *args: Any, **limits: Any) -> None:  # noqa: A002  (werkzeug's own name)
        limits.setdefault("max", LARGEST_NUMBER)
        super().__init__(map, *args, **limits)


def _refuse_nul() -> None:
    """A NUL in what was typed is refused at the door: PostgreSQL has no way to keep one."""
    for values in (request.args, request.form):
        if any("\x00" in name or any("\x00" in text for text in texts) for name, texts in values.lists()):
            abort(400)


def _told(error: ConciergeError) -> Response:
    facts = {"field": error.facts["field"]} if isinstance(error.facts.get("field"), str) else {}
    return answer(error.status, say(error), kind=type(error).__name__, **facts)


def _http(error: HTTPException) -> Any:
    if isinstance(error, SecurityError):  # a host we do not answer for: no page of ours can even be addressed
        return Response("400 Bad Request\n", 400, mimetype="text/plain")
    code = error.code or 500
    if code < 400:
        return error
    made = answer(code, kind=type(error).__name__)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            made.headers[name] = value
    return made


def _broken(error: Exception) -> Response:
    incident = secrets.token_hex(4)
    log.error(
        "unexpected error", exc_info=error, extra={"incident": incident, "path": without_tokens(request.path)}
    )
    return answer(500, incident=incident)


def _away(error: Exception) -> Response:
    log.warning("the database does not answer: %s", type(error).__name__)
    return _told(Unavailable())


def mend(app: Flask) -> None:
    """Give the app its error answers, and routes that refuse numbers no row can have."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_nul)
    app.register_error_handler(ConciergeError, _told)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _away)
    app.register_error_handler(PoolTimeout, _away)
    app.register_error_handler(DataError, lambda _error: _told(Missing()))
    app.register_error_handler(Exception, _broken)
