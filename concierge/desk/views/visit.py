"""A visit by link: after the key has been looked at once, a short signed cookie stands for it.

The cookie is bound to the link's handle and to the hash of its key: a link that was taken back or shown again
ends every visit. Forms carry a number, by which a form sent twice is known, and a seal nobody else's page can
make.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from limits import parse

from concierge.desk.queries.links import link_at
from concierge.desk.rules.links import DepartmentLink
from concierge.desk.services.reply_for_department import SentForm
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing

VISIT_SECONDS = 2 * 60 * 60
READS = parse("60/minute")
WRITES = parse("10/minute")
MISSES = parse("30/minute")
MOST_KEPT_TEXT = 4_000
LONGEST_NAME = 80
NOT_TYPED = frozenset({"key", "seal", "version"})


class TooOften(ConciergeError):
    """More openings or answers in a minute than a person makes."""

    message = N_("Too many requests from this link or place. Nothing was recorded; try again in a minute.")
    status = 429


class FormNotOurs(Invalid):
    """A form this page did not make, or made for another link."""

    message = N_("This form is not from this page. Reload the page and send it again.")


@dataclass(frozen=True)
class FormMark:
    """What a rendered form carries: its number, and the seal on it."""

    key: str
    seal: str


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="a visit by link")


def _cookie(handle: str) -> str:
    return f"visit-{handle}"


def begin(response: Response, link: DepartmentLink) -> Response:
    """Let the visit go on for a while from now.

    Effects: sets the cookie, for the pages of this link only.
    """
    response.set_cookie(
        _cookie(link.handle),
        _signer().dumps([link.handle, link.seal]),
        max_age=VISIT_SECONDS,
        path=f"/d/at/{link.handle}",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def is_visiting() -> bool:
    """Whether this request has the cookie of a visit to its address; the link itself is not asked."""
    handle = str((request.view_args or {}).get("handle", ""))
    try:
        kept, _seal = _signer().loads(request.cookies.get(_cookie(handle), ""), max_age=VISIT_SECONDS)
    except (BadData, ValueError):
        return False
    return hmac.compare_digest(str(kept), handle)


def visited(handle: str) -> DepartmentLink:
    """The link of this visit.

    Raises: Missing, without a visit, after it ended, or when the link has another key by now; LinkExpired;
        TooOften.
    """
    count(WRITES if request.method == "POST" else READS, f"link {handle}")
    try:
        kept, seal = _signer().loads(request.cookies.get(_cookie(handle), ""), max_age=VISIT_SECONDS)
    except (BadData, ValueError):
        missed()
        raise Missing from None
    link = link_at(db.session, handle)
    if not (hmac.compare_digest(kept, handle) and hmac.compare_digest(seal, link.seal)):
        missed()
        raise Missing
    return link


def count(rate: object, what: str) -> None:
    """Count one request of this kind from this place.

    Raises: TooOften.
    """
    limiter = current_app.appbuilder.sm.limiter  # type: ignore[attr-defined]
    if limiter.enabled and not limiter.limiter.hit(rate, what, request.remote_addr or ""):
        raise TooOften


def missed() -> None:
    """Count a look-up that found nothing: whoever tries keys is slowed down.

    Raises: TooOften.
    """
    count(MISSES, "missed")


def new_form(link: DepartmentLink) -> FormMark:
    """The number and seal of a form about to be rendered."""
    key = secrets.token_hex(16)
    return FormMark(key, _seal_on(link, key))


def sent_form(link: DepartmentLink) -> SentForm:
    """The form that came, if it is one of this link's.

    Raises: FormNotOurs.
    """
    key, seal = request.form.get("key", ""), request.form.get("seal", "")
    if len(key) > 64 or not key or not hmac.compare_digest(seal.encode(), _seal_on(link, key).encode()):
        raise FormNotOurs(field="outcome")
    sender = request.form.get("received_by", "").strip()[:LONGEST_NAME] or link.recipient
    return SentForm(key=key, link_id=link.id, sender=sender)


def _seal_on(link: DepartmentLink, key: str) -> str:
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"form|{link.handle}|{link.seal}|{key}".encode(), "sha256").hexdigest()


def kept_text(form: Mapping[str, str]) -> list[tuple[str, str]]:
    """What somebody typed into a form that can no longer be sent, so that it is not lost."""
    return [
        (name, text.strip()[:MOST_KEPT_TEXT])
        for name, text in form.items()
        if name not in NOT_TYPED and text.strip()
    ]
