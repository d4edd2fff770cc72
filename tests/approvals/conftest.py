"""A catalogue office: the shipped catalogue in a fresh database, and people of every role at browsers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from concierge.kernel import addon, clock
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.setup import make_words, set_up
from tests.kernel.fixtures_office import Office, Somebody
from tests.services.server import LOOPBACK, free_ports

ADDONS = "concierge.staff,approvals"
DAY = date(2026, 4, 15)


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was set up once; copied, never used itself."""
    home = tmp_path_factory.mktemp("shipped")
    before = addon.installed()
    app = create_app(Settings(home=home, addons=ADDONS))
    with app.app_context():
        make_words()
        set_up(app)
        db.session.remove()
        db.engine.dispose()
    addon._loaded = before
    return home


@pytest.fixture
def catalogue_office(shipped_home: Path, tmp_path: Path) -> Iterator[Office]:
    """An office of this test's own, on the demonstration day, with the shipped catalogue as edition 1."""
    before = addon.installed()
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    app = create_app(Settings(home=home, addons=ADDONS, today=DAY))
    with app.app_context():
        yield Office(app)
        db.session.remove()
        db.engine.dispose()
    clock.fix(None)
    addon._loaded = before


@pytest.fixture
def administrator(catalogue_office: Office) -> Somebody:
    """Whoever keeps the catalogue, reading Chinese."""
    return reading_chinese(catalogue_office.employs("admin", "SystemAdmin"))


def reading_chinese(person: Somebody) -> Somebody:
    """The same person with the screens in Chinese."""
    with person.browser.session_transaction() as cookie:
        cookie["locale"] = "zh"
    return person


@pytest.fixture
def address(catalogue_office: Office) -> Iterator[str]:
    """Where the office is served to real browsers."""
    (port,) = free_ports(1)
    server = make_server(LOOPBACK, port, catalogue_office.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{LOOPBACK}:{port}"
    server.shutdown()
    thread.join()
    server.server_close()


def signed_in(page: Page, person: Somebody, address: str) -> None:
    """Let a real browser go on where the person's own left off."""
    cookie = person.browser.get_cookie("session", domain="localhost")
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
