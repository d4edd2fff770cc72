"""Who may come in, and how far: logins, sessions, hosts, headers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, session
from flask_appbuilder.security.sqla.manager import SecurityManager as StockSecurityManager
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect

from concierge.kernel.config import Settings

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


class SecurityManager(StockSecurityManager):
    """The framework's accounts, with our locks."""

    userstatschartview = None


def harden(app: Flask, settings: Settings) -> None:
    """Set trusted hosts, CSRF protection and headers."""
    hosts = {
        urlsplit(settings.base_url).hostname,
        "127.0.0.1",
        "localhost",
        *filter(None, settings.trusted_hosts.split(",")),
    }
    app.config["TRUSTED_HOSTS"] = sorted(h for h in hosts if h)
    app.config["FAB_SAFE_REDIRECT_HOSTS"] = app.config["TRUSTED_HOSTS"]
    CSRFProtect(app)
    Talisman(
        app,
        force_https=False,
        session_cookie_secure=app.config["SESSION_COOKIE_SECURE"],
        content_security_policy=CONTENT_POLICY,
        content_security_policy_nonce_in=["script-src"],
        referrer_policy="same-origin",
        strict_transport_security=settings.base_url.startswith("https://"),
    )

    @app.before_request
    def _keep_session_short() -> Any:
        session.permanent = True
