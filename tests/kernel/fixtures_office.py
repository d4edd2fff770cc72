"""An office to try screens in: the kernel and a trial addon on a fresh database, and people who sign in."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import Role
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from concierge.kernel import addon, clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.db import Base, db, writing
from concierge.kernel.scope import ScopeRow
from concierge.kernel.security import accounts, sessions
from concierge.kernel.views.signing_in import KEY
from concierge.kernel.work import work
from tests.kernel.office.models import TrialBase

TRIAL = "tests.kernel.office"
PASSWORD = "green-wheat-horse"  # noqa: S105  (everybody's in the tests)
SECRET = "csrf_token"  # noqa: S105  (where a session keeps what its tokens are made of)
_tokens: WeakKeyDictionary[FlaskClient, tuple[str, str]] = WeakKeyDictionary()
KERNEL_TABLES = [t for name, t in Base.metadata.tables.items() if name.startswith(("kernel_", "ab_"))]


@dataclass
class Somebody:
    """A person at a browser."""

    id: int
    username: str
    browser: FlaskClient
    app: Flask

    def opens(self, path: str, **facts: Any) -> TestResponse:
        """Open a page."""
        return apart(self.browser.get, path, **facts)

    def sends(
        self, path: str, data: dict[str, Any] | None = None, *, token: bool = True, **facts: Any
    ) -> TestResponse:
        """Send a form, with the token a page would have given."""
        sent = dict(data or {})
        if token:
            sent["csrf_token"] = token_of(self.browser)
        return apart(self.browser.post, path, data=sent, **facts)

    @property
    def actor(self) -> Actor:
        """The same person to a service."""
        return Actor(self.id, self.username)


def apart(ask: Callable[..., TestResponse], path: str, **facts: Any) -> TestResponse:
    """Ask as a browser does: outside the test's own app context, whose ``g`` remembers who came before."""
    answer = contextvars.Context().run(ask, path, **facts)
    assert all(value.isascii() for _, value in answer.headers), "a server sends no header that is not ASCII"
    return answer


def token_of(browser: FlaskClient) -> str:
    """A token for the next form of this browser, from the one page that is open to everybody with a form.

    A token serves as long as the session's secret behind it: the page is opened once for each secret.
    """
    with browser.session_transaction() as cookie:
        secret = cookie.get(SECRET)
    if secret is None or _tokens.get(browser, ("", ""))[0] != secret:
        token = _token_of_a_page(browser)
        with browser.session_transaction() as cookie:
            _tokens[browser] = (cookie[SECRET], token)
    return _tokens[browser][1]


def _token_of_a_page(browser: FlaskClient) -> str:
    for path in ("/password", "/login/"):
        page = apart(browser.get, path)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        if page.status_code == 200 and found:
            return found[1]
    raise AssertionError("no page gave a token")


class Office:
    """The app, its rows and its people."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def keeps(self, *rows: Any) -> list[int]:
        """Put rows into the database; answers their numbers."""
        with work(SYSTEM) as w:
            for row in rows:
                w.session.add(row)
            w.session.flush()
            return [row.id for row in rows]

    def has(self, kind: Any, id_: int) -> Any:
        """A row as the database has it now."""
        with Session(db.engine) as session:
            return session.get(kind, id_)

    def asked(self, statement: Any) -> list[Any]:
        """What a question answers now."""
        with Session(db.engine) as session:
            return list(session.execute(statement).scalars())

    def employs(self, username: str, *roles: str, sees: tuple[int | None, ...] = ()) -> Somebody:
        """Open an account, and sign its owner in without the cost of hashing at the door."""
        id_, _ = accounts.open_account(username, username.title(), roles, by=SYSTEM, password=PASSWORD)
        self.keeps(*(ScopeRow(user_id=id_, project_id=project) for project in sees))
        return self.lets_in(id_, username)

    def lets_in(self, id_: int, username: str) -> Somebody:
        """Begin a session for a person at a browser of their own."""
        with work(SYSTEM) as w:
            key = sessions.begin(w.session, id_, now=clock.moment(), address="127.0.0.1", program="test")
        browser = self.app.test_client()
        with browser.session_transaction() as cookie:
            cookie.update({KEY: key, "_user_id": str(id_), "locale": "en"})
        return Somebody(id_, username, browser, self.app)

    def stranger(self) -> FlaskClient:
        """A browser nobody has signed in with."""
        return self.app.test_client()


def furnish(settings: Settings) -> Iterator[Office]:
    """An office on these settings, its app's context open."""
    before = addon.installed()
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine, KERNEL_TABLES)
        TrialBase.metadata.create_all(db.engine)
        with writing():
            db.session.add_all(Role(name=name) for name in app.appbuilder.sm.rights)
            db.session.commit()
        yield Office(app)
        db.session.remove()
        db.engine.dispose()
    clock.fix(None)
    addon._loaded = before


def everything_installed(settings: Settings) -> Iterator[Office]:
    """The whole system on a home that is set up."""
    before = addon.installed()
    app = create_app(settings)
    with app.app_context():
        yield Office(app)
        db.session.remove()
        db.engine.dispose()
    addon._loaded = before


@pytest.fixture(scope="session")
def office_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the kernel's tables and the trial office's; copied, never used itself."""
    home = tmp_path_factory.mktemp("office")
    for _ in furnish(Settings(home=home, addons=TRIAL)):
        pass
    return home


@pytest.fixture
def office(office_home: Path) -> Iterator[Office]:
    """An office on SQLite."""
    from tests.lent import lent  # it lends offices of this kind: it knows this module

    yield from lent(office_home, Settings(addons=TRIAL))


@pytest.fixture
def postgres_office(tmp_path: Path, postgres_url: str) -> Iterator[Office]:
    """The same on PostgreSQL."""
    yield from furnish(Settings(home=tmp_path, addons=TRIAL, database_url=postgres_url, secret_key="x" * 40))
