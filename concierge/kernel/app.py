"""Making the app: settings → addons → database → screens → error pages."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemLoader
from sqlalchemy.orm import configure_mappers
from werkzeug.middleware.proxy_fix import ProxyFix

from concierge.kernel import addon as addons
from concierge.kernel import answers, clock, guards, roles, shell, spoken, uploads, web, words
from concierge.kernel.addon import Addon
from concierge.kernel.config import Settings, settings_from
from concierge.kernel.db import db, engine_options, teach_sqlite
from concierge.kernel.security import doors
from concierge.kernel.security.framework import Office
from concierge.kernel.security.sessions import LONGEST_HOURS

KERNEL = Path(__file__).parent
LARGEST_FORM_BYTES = 4 * 1024 * 1024
MOST_FORM_PARTS = 2_000  # the longest form of ours is a catalogue row; a flood of parts is an attack
LOGINS_BY_ADDRESS = (
    "60 per minute"  # each costs a tenth of a second of hashing; guessing is stopped by the lock-out
)


def _configuration(settings: Settings, installed: tuple[Addon, ...]) -> dict[str, Any]:
    is_https = settings.base_url.startswith("https://")
    return {
        "CONCIERGE": settings,
        "SECRET_KEY": settings.signing_key(),
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings),
        "FAB_CREATE_DB": False,
        "FAB_UPDATE_PERMS": False,
        "FAB_BASE_TEMPLATE": "concierge/shell.html",
        "FAB_SECURITY_MANAGER_CLASS": "concierge.kernel.security.framework.SecurityManager",
        "FAB_INDEX_VIEW": "concierge.kernel.shell.LandingView",
        "FAB_ADD_SECURITY_API": False,
        "FAB_ADD_OPENAPI_VIEWS": False,
        "FAB_API_SWAGGER_UI": False,
        "AUTH_TYPE": 1,
        "AUTH_ROLE_ADMIN": roles.SYSTEM_ADMIN,
        "AUTH_ROLE_PUBLIC": roles.PUBLIC,
        "AUTH_USER_REGISTRATION": False,
        "AUTH_RATE_LIMITED": True,
        "AUTH_RATE_LIMIT": LOGINS_BY_ADDRESS,
        "RATELIMIT_ENABLED": True,
        "RATELIMIT_STORAGE_URI": settings.broker_url
        if settings.broker_url.startswith("redis")
        else "memory://",
        "APP_NAME": "企业项目全流程帮代办系统",
        "LANGUAGES": {"zh": {"flag": "cn", "name": "中文"}, "en": {"flag": "gb", "name": "English"}},
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "BABEL_TRANSLATION_DIRECTORIES": ";".join(str(folder) for folder in words.folders(installed)),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies or is_https,
        "SESSION_COOKIE_NAME": "__Host-session" if is_https else "session",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": timedelta(
            hours=LONGEST_HOURS
        ),  # idling is measured by the session's row
        "MAX_CONTENT_LENGTH": LARGEST_FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM_BYTES,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        "WTF_CSRF_TIME_LIMIT": None,
        "PUBLIC_BLUEPRINTS": set(),
        "SCREENS": {},
    }


def _register(app: Flask, office: Office, installed: tuple[Addon, ...]) -> None:
    """Register every screen and page of every addon; an unguarded screen refuses to start."""
    screens = app.config["SCREENS"]
    for addon in installed:
        for screen in addon.screens:
            screens[screen.view] = office.add_view_no_menu(addons.resolve(screen.view, of=addon.name))
        for page in addon.pages:
            blueprint = addons.resolve(page, of=addon.name)
            app.register_blueprint(blueprint)
            app.config["PUBLIC_BLUEPRINTS"].add(blueprint.name)
    roles.check_screens_open(installed, {name: view.class_permission_name for name, view in screens.items()})
    for view in office.baseviews:
        guards.check(view)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole system as one WSGI application.

    Raises: Misconfigured, saying which setting or addon is wrong.
    Effects: reads the environment when no settings are given; fixes the clock when the settings name a day.
    """
    settings = settings or settings_from(os.environ)
    clock.fix(settings.today)
    installed = addons.load(settings.addon_names)
    words.compile_catalogues(words.folders(installed))  # before anything is said: what is found first is kept
    configure_mappers()
    app = Flask("concierge", root_path=str(KERNEL), static_folder="static", static_url_path="/static")
    app.config.update(_configuration(settings, installed))
    app.jinja_loader = FileSystemLoader([a.folder / "templates" for a in installed])
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.jinja_env.filters.update(spoken.FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    with app.app_context():
        if settings.sqlalchemy_url.startswith("sqlite"):
            settings.home.mkdir(parents=True, exist_ok=True)
            teach_sqlite(db.engine)
        office = Office()
        uploads.make_room(app)
        answers.mend(app)
        office.init_app(app, db.session)
        babel = app.extensions["babel"]
        babel.locale_selector = web.language
        babel.instance.domain_instance = words.ReadersWords(domain=babel.default_domain)
        _register(app, office, installed)
        doors.close(app, settings)
        shell.frame(app)
    return app
