"""What every screen shares: who asks, in which language, with which rights, and how an answer is rendered."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, current_app, g, has_request_context, redirect, request, session
from flask_appbuilder import BaseView
from flask_babel import gettext
from flask_login import current_user

from concierge.kernel.actor import Actor
from concierge.kernel.errors import ConciergeError, Missing

CHINESE = "zh"
Answer = TypeVar("Answer")


def is_public() -> bool:
    """Whether this request is for a page that knows no login: it neither reads nor sets a session cookie."""
    if request.endpoint is None:
        return False
    return (
        request.endpoint.rpartition(".")[2] == "static"
        or request.blueprint in current_app.config["PUBLIC_BLUEPRINTS"]
    )


def language() -> str:
    """The language of this request: asked for by ``?lang=``, chosen earlier, the browser's, else Chinese."""
    if not has_request_context():
        return CHINESE
    if "language" not in g:
        g.language = _language_asked_for()
    return str(g.language)


def _language_asked_for() -> str:
    known = current_app.config["LANGUAGES"]
    asked = request.args.get("lang")
    if asked in known:
        if not is_public() and session.get("locale") != asked:
            session["locale"] = asked
        return str(asked)
    chosen = None if is_public() else session.get("locale")
    if chosen in known:
        return str(chosen)
    return request.accept_languages.best_match(list(known)) or CHINESE


def actor() -> Actor:
    """The person behind this request.

    Raises: Missing, when nobody is signed in; a guarded page never gets so far.
    """
    if not current_user.is_authenticated:
        raise Missing
    return Actor(current_user.id, full_name(current_user))


def full_name(person: Any) -> str:
    """A person's name as it is written here: family name first, no space between Chinese names."""
    first, last = person.first_name or "", person.last_name or ""
    return f"{last} {first}".strip() if (last + first).isascii() else f"{last}{first}"


def say(error: ConciergeError) -> str:
    """An error's sentence in the reader's language."""
    message = type(error).message
    facts = {
        name: fact.spoken(language()) if hasattr(fact, "spoken") else fact
        for name, fact in error.facts.items()
    }
    return str(gettext(message, **facts) if facts else gettext(message))


def may(verb: str, on: str) -> bool:
    """Whether the person behind this request may do ``verb`` on a permission name."""
    return bool(current_app.appbuilder.sm.has_access(f"can_{verb}", on))  # type: ignore[attr-defined]


def allowed(verb: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Open a page's method to those who may do ``verb`` on its permission name; others sign in or get 403."""

    def guard(method: Callable[..., Answer]) -> Callable[..., Answer]:
        @functools.wraps(method)
        def guarded(page: Any, *args: Any, **facts: Any) -> Any:
            if may(verb, page.class_permission_name):
                return method(page, *args, **facts)
            if current_user.is_authenticated:
                abort(403)
            return sign_in_first()

        vars(guarded)["_permission_name"] = verb  # the framework collects rights by this name
        return guarded

    return guard


def sign_in_first() -> Any:
    """Send somebody without a login to the sign-in page, and back here afterwards; a program gets 401.

    A form that came after the login had ended is kept through the signing in.
    """
    if wants_json():
        abort(401)
    language()  # what was asked for on the way is kept for the sign-in page
    if request.method == "POST":
        return current_app.appbuilder.sm.auth_view.ask_again()  # type: ignore[attr-defined]
    here = request.full_path.rstrip("?")
    return redirect(current_app.appbuilder.get_url_for_login_with(here))  # type: ignore[attr-defined]


def wants_json() -> bool:
    """Whether the asker is a program: it said so, or it is at the API."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return best == "application/json" or request.path.startswith("/api/")


def whole_number(raw: str | None, *, default: int, least: int = 0, most: int = 10_000) -> int:
    """A number from an address, however mangled: anything but a number in range is the default."""
    digits = (raw or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(most)):
        return default
    return int(digits) if least <= int(digits) <= most else default


class Page(BaseView):
    """The parent of our own screens: rendered in the shell, each method open to whom ``allowed`` says.

    A page names its ``class_permission_name`` and its ``route_base``; a method without ``allowed`` (or the
    framework's ``has_access``) refuses to start.
    """

    default_view = "list"

    def show(self, template: str, **facts: Any) -> str:
        """Render one of our pages."""
        return str(self.render_template(template, **facts))

    def update_redirect(self) -> None:
        """Keep no history of pages in the cookie, as the framework would."""

    def get_redirect(self) -> str:
        """Where to go after a form: the page's own front."""
        return f"{self.route_base}/"
