"""What every screen shares: the shell's words, the person, the landing page, errors in plain sentences."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, session
from flask_appbuilder import BaseView, IndexView, expose
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from concierge.kernel import addon, clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import ConciergeError

log = logging.getLogger(__name__)


def language() -> str:
    """The language of this request: asked for by ``?lang=``, chosen earlier, preferred by the browser, else Chinese."""
    known = current_app.config["LANGUAGES"]
    asked = request.args.get("lang")
    if asked in known:
        session["locale"] = asked
        return str(asked)
    chosen = session.get("locale")
    return chosen if chosen in known else request.accept_languages.best_match(list(known)) or "zh"


def actor() -> Actor:
    """The person behind this request."""
    return Actor(current_user.id, f"{current_user.last_name}{current_user.first_name}")


def say(error: ConciergeError) -> str:
    """An error's sentence in the reader's language."""
    return gettext(type(error).message, **error.facts) if error.facts else gettext(type(error).message)


def may(verb: str, on: str) -> bool:
    """Whether the person behind this request may do ``verb`` on a permission name."""
    return bool(current_app.appbuilder.sm.has_access(f"can_{verb}", on))  # type: ignore[attr-defined]


class Page(BaseView):
    """The parent of our own screens: rendered in the shell, guarded by the same grants as the lists."""

    default_view = "list"

    def show(self, template: str, **facts: Any) -> str:
        """Render one of our pages."""
        return self.render_template(template, **facts)


class LandingView(IndexView):
    """``/``: the landing page of the person's role."""

    @expose("/")
    def index(self) -> Any:
        """Send each person to where their day begins."""
        if not current_user.is_authenticated:
            return redirect(current_app.appbuilder.get_url_for_login)  # type: ignore[attr-defined]
        for group in navigation():
            for item in group["items"]:
                return redirect(item["href"])
        return self.render_template("concierge/page.html")


def navigation() -> list[dict[str, Any]]:
    """The sidebar: groups of the screens this person may list.

    Shape: [{label, items: [{label, href, icon, current}]}].
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for installed in addon.installed():
        for screen in installed.screens:
            if not screen.menu:
                continue
            view = addon.resolve(screen.view, of=installed.name)
            if not may(screen.verb, view.class_permission_name):
                continue
            group, _, label = screen.menu.rpartition("/")
            href = screen.href or f"{view.route_base}/list/"
            current = request.path.startswith(href.removesuffix("list/"))
            groups.setdefault(group, []).append(
                {"label": gettext(label), "href": href, "icon": screen.icon, "current": current}
            )
    return [{"label": gettext(label) if label else "", "items": items} for label, items in groups.items()]


def _shell() -> dict[str, Any]:
    settings = current_app.config["CONCIERGE"]
    tongue = language()
    person = None
    if current_user.is_authenticated:
        roles = "、".join(gettext(role.name) for role in current_user.roles)
        name = actor().label
        person = {"initial": name[:1], "name": name, "role": roles}
    return {
        "lang": tongue,
        "county": settings.county_name if tongue == "zh" else settings.county_name_en,
        "demo_today": clock.fixed_day(),
        "today": clock.today(),
        "person": person,
        "nav": navigation() if person else [],
    }


def _failed(status: int, sentence: str, incident: str = "") -> Response:
    page = render_template("concierge/error.html", status=status, sentence=sentence, incident=incident)
    return make_response(page, status)


def furnish(app: Flask) -> None:
    """Give the app its shell, its language, its health pages and its error pages."""
    app.extensions["babel"].locale_selector = language
    app.context_processor(_shell)

    @app.route("/health/live")
    def live() -> dict[str, str]:
        return {"status": "alive"}

    @app.errorhandler(ConciergeError)
    def _told(error: ConciergeError) -> Response:
        return _failed(error.status, say(error))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        return _failed(error.code or 500, "") if error.code and error.code >= 400 else error

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> Response:
        incident = secrets.token_hex(4)
        log.exception("unexpected error, incident %s", incident, exc_info=error)
        g.incident = incident
        return _failed(500, "", incident)
