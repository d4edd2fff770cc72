"""Making the app: settings → addons → database → screens → error pages. The only place that touches AppBuilder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlalchemy.orm import configure_mappers
from werkzeug.middleware.proxy_fix import ProxyFix

from concierge.kernel import addon as addons
from concierge.kernel import clock, spoken, words
from concierge.kernel.addon import Addon
from concierge.kernel.config import Settings, settings_from
from concierge.kernel.db import db, engine_options, teach_sqlite

KERNEL = Path(__file__).parent
LARGEST_FORM_BYTES = 4 * 1024 * 1024


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
        "FAB_SECURITY_MANAGER_CLASS": "concierge.kernel.security.SecurityManager",
        "FAB_INDEX_VIEW": "concierge.kernel.web.LandingView",
        "FAB_ROLES": addons.exact_roles(installed),
        "FAB_ADD_SECURITY_API": False,
        "FAB_API_SWAGGER_UI": False,
        "FAB_PASSWORD_COMPLEXITY_ENABLED": True,
        "AUTH_TYPE": 1,
        "AUTH_ROLE_ADMIN": "SystemAdmin",
        "AUTH_ROLE_PUBLIC": "Public",
        "AUTH_USER_REGISTRATION": False,
        "AUTH_RATE_LIMITED": True,
        "AUTH_RATE_LIMIT": "10 per 20 second",
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
        "PERMANENT_SESSION_LIFETIME": settings.session_minutes * 60,
        "MAX_CONTENT_LENGTH": LARGEST_FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM_BYTES,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _register(app: Flask, appbuilder: AppBuilder, installed: tuple[Addon, ...]) -> None:
    """Register every screen and page of every addon."""
    views: dict[str, str] = {}
    for addon in installed:
        for screen in addon.screens:
            view = appbuilder.add_view_no_menu(addons.resolve(screen.view, of=addon.name))
            views[screen.view] = view.class_permission_name
        for page in addon.pages:
            app.register_blueprint(addons.resolve(page, of=addon.name))
    addons.check_screens_open(installed, views)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole system as one WSGI application.

    Raises: Misconfigured, saying which setting or addon is wrong.
    Effects: reads the environment when no settings are given; fixes the clock when the settings name a day.
    """
    settings = settings or settings_from(os.environ)
    clock.fix(settings.today)
    installed = addons.load(settings.addon_names)
    configure_mappers()
    app = Flask("concierge", root_path=str(KERNEL), static_folder="static", static_url_path="/static")
    app.config.update(_configuration(settings, installed))
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader([KERNEL / "templates", *(a.folder / "templates" for a in installed)])]
    )  # type: ignore[assignment]
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
        appbuilder = AppBuilder()
        appbuilder.init_app(app, db.session)
        from concierge.kernel import security, web  # they need the framework's classes, mapped above

        _register(app, appbuilder, installed)
        security.harden(app, settings)
        web.furnish(app)
    return app
