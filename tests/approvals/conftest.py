"""A catalogue office: the shipped catalogue in a fresh database, and people of every role at browsers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from concierge.kernel import addon
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.setup import make_words, set_up
from tests.kernel.fixtures_office import Office, Somebody
from tests.lent import lent
from tests.services.browsing import served

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
def catalogue_office(shipped_home: Path) -> Iterator[Office]:
    """An office of this test's own, on the demonstration day, with the shipped catalogue as edition 1."""
    yield from lent(shipped_home, Settings(addons=ADDONS, today=DAY))


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
    with served(catalogue_office.app) as address:
        yield address
