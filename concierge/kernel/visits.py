"""A visit by key: after a key has been looked at once, a short signed cookie stands for it.

The cookie is bound to the handle of what was opened and to the hash of its key: a key that was taken back or
made anew ends every visit. Forms carry a number and a seal nobody else's page can make.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from limits import parse

from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing

VISIT_SECONDS = 2 * 60 * 60
READS = parse("60/minute")
WRITES = parse("10/minute")
MISSES = parse("30/minute")
LONGEST_KEY = 64


class TooManyTries(ConciergeError):
    """More openings or answers in a minute than a person makes."""

    message = N_("That was too often for one minute. Nothing was recorded; wait a minute and try again.")
    status = 429


class ForeignForm(Invalid):
    """A form this page did not make, or made for another key."""

    message = N_("This form was not made by this page, or for another link. Open the link again and send it.")


@dataclass(frozen=True)
class Mark:
    """What a rendered form carries: its number, and the seal on it."""

    key: str
    seal: str


@dataclass(frozen=True)
class Visits:
    """The visits of one kind of key. Shape: ``name`` is part of the cookie's, ``path`` where it is sent."""

    name: str
    path: str

    def begin(self, response: Response, handle: str, seal: str) -> Response:
        """Let the visit go on for a while from now.

        Effects: sets the cookie, for the pages of this handle only.
        """
        response.set_cookie(
            self._cookie(handle),
            self._signer().dumps([handle, seal]),
            max_age=VISIT_SECONDS,
            path=f"{self.path}/{handle}",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response

    def seal_of(self, handle: str) -> str:
        """What the visit to this handle was begun with, to be compared with the row's.

        Raises: Missing, without a visit or after it ended; TooManyTries.
        """
        seal = self.kept(handle)
        if seal is None:  # counted by place only: handles nobody opened are as many as somebody invents
            missed()
            raise Missing
        count(WRITES if request.method == "POST" else READS, f"{self.name} {handle}")
        return seal

    def kept(self, handle: str) -> str | None:
        """The same, None without a visit; nothing is asked or counted."""
        try:
            kept, seal = self._signer().loads(
                request.cookies.get(self._cookie(handle), ""), max_age=VISIT_SECONDS
            )
        except (BadData, ValueError):
            return None
        return str(seal) if hmac.compare_digest(str(kept), handle) else None

    def is_begun(self, handle: str) -> bool:
        """Whether this request has the cookie of a visit to this handle."""
        return self.kept(handle) is not None

    def new_form(self, handle: str, seal: str) -> Mark:
        """The number and seal of a form about to be rendered."""
        key = secrets.token_hex(16)
        return Mark(key, self._seal_on(handle, seal, key))

    def check_form(self, handle: str, seal: str) -> str:
        """The number of the form that came, if it is one of this visit's. Raises: ForeignForm."""
        key, sealed = request.form.get("key", ""), request.form.get("seal", "")
        wanted = self._seal_on(handle, seal, key)
        if not key or len(key) > LONGEST_KEY or not hmac.compare_digest(sealed.encode(), wanted.encode()):
            raise ForeignForm(field="key")
        return key

    def _cookie(self, handle: str) -> str:
        return f"{self.name}-{handle}"

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"a visit to {self.name}")

    def _seal_on(self, handle: str, seal: str, key: str) -> str:
        secret = current_app.config["SECRET_KEY"].encode()
        return hmac.new(secret, f"{self.name}|{handle}|{seal}|{key}".encode(), "sha256").hexdigest()


def count(rate: object, what: str) -> None:
    """Count one request of this kind from this place.

    Raises: TooManyTries.
    """
    limiter = current_app.appbuilder.sm.limiter  # type: ignore[attr-defined]
    if limiter.enabled and not limiter.limiter.hit(rate, what, request.remote_addr or ""):
        raise TooManyTries


def missed() -> None:
    """Count a look-up that found nothing: whoever tries keys is slowed down. Raises: TooManyTries."""
    count(MISSES, "missed")
