"""The frame around every page: the sidebar a person's roles open, who they are, which day it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import Flask, current_app, redirect, request, session, url_for
from flask_appbuilder import IndexView, expose
from flask_babel import gettext
from flask_login import current_user

from concierge.kernel import addon, clock
from concierge.kernel.counts import Counts
from concierge.kernel.db import db
from concierge.kernel.slots import slots
from concierge.kernel.web import actor, full_name, is_public, language, may, sign_in_first

SEARCH = "search"  # a screen of this verb, outside the menu, is where the search box leads
BELL = "hear"  # a screen of this verb, outside the menu, is where the bell leads; it counts what is unread

KEPT = "concierge.shell"
COUNTS = "concierge.counts"


@dataclass(frozen=True, kw_only=True)
class Link:
    """One entry of the sidebar; ``count`` None hides the figure."""

    label: str
    href: str
    icon: str
    is_current: bool
    count: int | None = None
    key: str | None = None


@dataclass(frozen=True)
class Group:
    """Entries that belong together; the first group has no label."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever is signed in, as the header shows them."""

    initial: str
    name: str
    role: str
    profile: str | None
    password: str | None
    logout: str


@dataclass(frozen=True)
class Notices:
    """The bell in the header: where it leads, and how much there is unread."""

    href: str
    unread: int


@dataclass(frozen=True, kw_only=True)
class Shell:
    """All that ``concierge/shell.html`` reads."""

    lang: str
    county: str
    home: str
    now: datetime
    demo_today: date | None
    nav: tuple[Group, ...] = ()
    search: str | None = None
    notices: Notices | None = None
    person: Person | None = None
    is_large: bool = False


def address_of(screen: addon.Screen, view: Any) -> str:
    """Where a screen's menu entry leads."""
    return screen.href or f"{view.route_base}/list/"


def _open_screens() -> list[tuple[addon.Screen, str]]:
    """The screens this person may open, with their addresses: higher addons first, for they hold the day's
    work; what is set up once stands below, the administrators' own ones last.
    """
    views = current_app.config["SCREENS"]
    return [
        (screen, address_of(screen, views[screen.view]))
        for installed in reversed(addon.installed())
        for screen in installed.screens
        if may(screen.verb, views[screen.view].class_permission_name)
    ]


def navigation(screens: Sequence[tuple[addon.Screen, str]] | None = None) -> tuple[Group, ...]:
    """The sidebar: groups of the screens this person may open, each where its lowest addon stands.

    Shape: ``screens`` are those a person may open with their addresses, where that is known already.
    """
    shown = [(screen, href) for screen, href in screens or _open_screens() if screen.menu]
    here = max((href for _, href in shown if request.path.startswith(_stem(href))), key=len, default="")
    counts = _counts([screen for screen, _ in shown if screen.count])
    groups: dict[str, list[Link]] = {"": []}  # the nameless group, where the day begins, stands first
    for screen, href in shown:
        group, _, label = screen.menu.rpartition("/")
        link = Link(
            label=gettext(label),
            href=href,
            icon=screen.icon or "file",
            is_current=href == here,
            count=counts.get(screen.view),
        )
        groups.setdefault(group, []).append(link)
    lowest = {screen.menu.rpartition("/")[0]: place for place, (screen, _) in enumerate(shown)}
    in_order = sorted(groups.items(), key=lambda group: (bool(group[0]), lowest.get(group[0], 0)))
    return tuple(Group(gettext(label) if label else "", tuple(links)) for label, links in in_order if links)


def _counts(screens: Sequence[addon.Screen]) -> dict[str, int]:
    """How many things wait behind each of these entries for this person, by its view."""
    if not screens:
        return {}
    counts: Counts = current_app.extensions[COUNTS]
    reader, stamp = actor(), counts.stamp(db.session)
    return {
        screen.view: counts.of(reader, screen.count, stamp, partial(_count, screen)) for screen in screens
    }


def _count(screen: addon.Screen) -> int:
    counted: int = addon.resolve(screen.count, of=addon.KERNEL)(db.session, actor())
    return counted


def _stem(address: str) -> str:
    return address.partition("?")[0].removesuffix("list/")


def _role(name: str) -> str:
    """A role as people call it; where no catalogue knows it, its name with the words apart."""
    said = str(gettext(name))
    return said if said != name else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _person() -> Person | None:
    if not current_user.is_authenticated:
        return None
    name = full_name(current_user)
    return Person(
        initial=name[:1],
        name=name,
        role=gettext(", ").join(_role(role.name) for role in current_user.roles),
        profile=None,
        password=url_for("SignInView.password"),
        logout=url_for("SignInView.logout"),
    )


def _is_large() -> bool:
    asked = request.args.get("size")
    if asked in {"l", "m"} and session.get("size") != asked:
        session["size"] = asked
    return bool(session.get("size") == "l")


def shell() -> Shell:
    """The frame of this request; on a public page it knows nobody and reads no session."""
    settings = current_app.config["CONCIERGE"]
    tongue = language()
    stands: dict[str, Any] = {
        "lang": tongue,
        "county": settings.county_name if tongue == "zh" else settings.county_name_en,
        "home": "/",
        "now": clock.local(clock.now()),
        "demo_today": clock.fixed_day(),
    }
    if is_public() or request.endpoint is None:
        return Shell(**stands)
    person = _person()
    if person is None:
        return Shell(**stands, is_large=_is_large())
    screens = _open_screens()
    search = next((href for screen, href in screens if screen.verb == SEARCH), None)
    bells = (Notices(href, _count(screen)) for screen, href in screens if screen.verb == BELL)
    return Shell(
        **stands,
        person=person,
        nav=navigation(screens),
        search=search,
        notices=next(bells, None),
        is_large=_is_large(),
    )


class LandingView(IndexView):
    """``/``: the landing page of the person's role: the first screen of their sidebar."""

    route_base = ""
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        """Send each person to where their day begins."""
        if not current_user.is_authenticated:
            return sign_in_first()
        for group in navigation():
            return redirect(group.links[0].href)
        return self.render_template("concierge/nothing_open.html")


def _once() -> Shell:
    """The frame, made once for a request, however many templates its page is put together from."""
    kept: Shell | None = request.environ.get(KEPT)
    if kept is None:
        kept = request.environ[KEPT] = shell()
    return kept


def frame(app: Flask) -> None:
    """Give every template of the app its shell, and the slots that addons above it fill."""
    app.extensions[COUNTS] = Counts()
    app.context_processor(lambda: {"shell": _once()})
    app.jinja_env.globals["slots"] = slots
