"""The doors: which hosts we answer for, what a browser may do with our pages, which cookies are set."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_login import current_user
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect

from concierge.kernel.config import Settings
from concierge.kernel.downloads import keep_policies
from concierge.kernel.web import is_public

CONTENT_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",  # the framework's own list templates carry style attributes
    "img-src": "'self' data:",
    "frame-ancestors": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
}
KEYED_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
    ),
}
OPEN_WITH_ONE_TIME_PASSWORD = frozenset({"SignInView.password", "SignInView.logout", "SignInView.login"})


class SessionForStaff(SecureCookieSessionInterface):
    """The signed cookie, for pages that know a login: a public page neither sets it nor varies by it."""

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Keep the session, unless the page is public."""
        if not is_public():
            super().save_session(app, session, response)


def hosts(settings: Settings) -> list[str]:
    """The host names we answer for; anything else in the Host header is refused."""
    named = (name.strip() for name in settings.trusted_hosts.split(","))
    return sorted({urlsplit(settings.base_url).hostname or "", "127.0.0.1", "localhost", *named} - {""})


def safe_next(raw: str | None) -> str | None:
    """Where to go after signing in, if that is a path of ours: never another host, however it is written."""
    path = raw or ""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    is_clean = path.isprintable() and "\\" not in path
    return path if is_ours and is_clean else None


def close(app: Flask, settings: Settings) -> None:
    """Shut every door of the app but those that are meant to be open."""
    app.config["TRUSTED_HOSTS"] = app.config["FAB_SAFE_REDIRECT_HOSTS"] = hosts(settings)
    app.session_interface = SessionForStaff()
    forms = CSRFProtect(app)
    keep_policies(app)  # asked after Talisman
    for name in app.config["PUBLIC_BLUEPRINTS"]:
        forms.exempt(app.blueprints[name])  # no login to borrow: each guards its own forms
    app.after_request(_say_nothing_of_keys)  # asked after Talisman, whose headers it makes stricter
    Talisman(
        app,
        force_https=False,
        frame_options="DENY",
        session_cookie_secure=app.config["SESSION_COOKIE_SECURE"],
        content_security_policy=CONTENT_POLICY,
        content_security_policy_nonce_in=["script-src"],
        referrer_policy="same-origin",
        strict_transport_security=settings.base_url.startswith("https://"),
    )
    app.before_request(_ask_for_new_password)
    app.after_request(_keep_out_of_caches)


def _ask_for_new_password() -> Any:
    """A one-time password opens only the page where it is changed."""
    if is_public() or request.endpoint in OPEN_WITH_ONE_TIME_PASSWORD:
        return None
    if current_user.is_authenticated and g.login.must_change_password:
        return redirect(url_for("SignInView.password"))
    return None


def is_under_a_key() -> bool:
    """Whether this address is below the prefix of a public page, where somebody's key may stand."""
    blueprints = (current_app.blueprints[name] for name in current_app.config["PUBLIC_BLUEPRINTS"])
    prefixes = tuple(f"{page.url_prefix}/" for page in blueprints if page.url_prefix)
    return bool(prefixes) and f"{request.path}/".startswith(prefixes)


def _say_nothing_of_keys(response: Response) -> Response:
    """Below a key nothing is kept, indexed, framed or told to the next page; errors are no exception.

    Shape: what carries a tag says itself how it may be kept.
    """
    if is_under_a_key():
        asked_by_tag = response.headers["Cache-Control"] if "ETag" in response.headers else None
        response.headers.update(KEYED_HEADERS)
        if asked_by_tag:  # a calendar is kept by its program, which asks each time whether it still holds
            response.headers["Cache-Control"] = asked_by_tag
    return response


def _keep_out_of_caches(response: Response) -> Response:
    if not is_public():
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response
