"""The framework's security manager, without what is not ours: rights in memory, sessions as rows."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, session
from flask_appbuilder import AppBuilder
from flask_appbuilder.security.sqla.manager import SecurityManager as StockSecurityManager
from flask_login import LoginManager, current_user

from concierge.kernel import addon, clock, roles
from concierge.kernel.db import db
from concierge.kernel.security import sessions
from concierge.kernel.views.back import UtilView
from concierge.kernel.views.signing_in import KEY, SignInView


class SecurityManager(StockSecurityManager):
    """The framework's accounts, with our sessions, our rights and none of its screens."""

    def __init__(self, appbuilder: AppBuilder) -> None:
        super().__init__(appbuilder)
        self.rights = roles.rights_of(addon.installed())

    def create_login_manager(self, app: Any) -> LoginManager:
        """Logins are rows; the framework's fingerprint of the browser would change with each update."""
        manager = super().create_login_manager(app)
        manager.session_protection = None
        return manager

    def create_jwt_manager(self, app: Any) -> None:
        """None: nobody signs in by token here."""

    def register_views(self) -> None:
        """The one page for signing in and out; accounts have a hardened screen of the kernel's manifest."""
        self.auth_view = SignInView()
        self.appbuilder.add_view_no_menu(self.auth_view)
        self.limiter.limit(self.auth_rate_limit, methods=["POST"])(self.auth_view.blueprint)

    def load_user(self, pk: int) -> Any:
        """The person behind the cookie, if their login still stands; one query.

        Effects: now and then remembers that they are still there.
        """
        key, now = session.get(KEY), clock.moment()
        idle_minutes = current_app.config["CONCIERGE"].session_minutes
        login = sessions.find(db.engine, str(key), now=now, idle_minutes=idle_minutes) if key else None
        if login is None or str(login.person.id) != str(pk):
            return None
        sessions.touch(db.engine, login, now=now)
        g.login = login
        return login.person

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """Whether the person behind this request has a right, by whole names and without a query.

        Rights written into the framework's tables count for nothing: its “Admin” may do nothing here.
        """
        if not current_user.is_authenticated:
            return False
        return roles.may(self.rights, (role.name for role in current_user.roles), permission_name, view_name)

    def get_user_roles(self, user: Any) -> list[Any]:
        """The roles a person holds; the framework's groups are not used."""
        return list(user.roles) if user.is_authenticated else []

    def is_item_public(self, permission_name: str, view_name: str) -> bool:  # noqa: ARG002  (the framework's signature)
        """Nothing is public by a right: public pages are plain blueprints behind a token."""
        return False

    def get_public_permissions(self) -> list[Any]:
        """None: the Public role is empty, whatever its rows say."""
        return []


class Office(AppBuilder):
    """The framework without the screens it would add by itself: no language, “back”, menu or API pages."""

    def _add_admin_views(self) -> None:
        self._indexview = self.add_view_no_menu(self.indexview)
        self.add_view_no_menu(UtilView)
        self.sm.register_views()

    def _add_addon_views(self) -> None:
        """Our loader does this, and refuses to start where this one would log and carry on."""
