"""The app on a fresh SQLite database with the shipped catalogue, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from concierge.kernel import clock
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.setup import set_up

DEMONSTRATION_DAY = date(2026, 4, 15)


@pytest.fixture(scope="session")
def furnished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with migrations, roles and the shipped catalogue in it; copied, never used itself."""
    home = tmp_path_factory.mktemp("furnished")
    app = create_app(Settings(home=home))
    with app.app_context():
        set_up(app)
    return home


@pytest.fixture
def home(furnished_home: Path, tmp_path: Path) -> Path:
    """A home of this test's own."""
    return Path(shutil.copytree(furnished_home, tmp_path / "home"))


@pytest.fixture
def app(home: Path) -> Iterator[Flask]:
    """The app on this test's home, standing at the demonstration day, with its context pushed."""
    app = create_app(Settings(home=home, today=DEMONSTRATION_DAY))
    with app.app_context():
        yield app
    clock.fix(None)
