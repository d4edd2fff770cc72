"""The whole system on a database of the test's own: set up once in a run, copied for every test."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask

from concierge.kernel.config import Settings
from tests.kernel.fixtures_office import Office
from tests.lent import lent

DEMONSTRATION_DAY = date(2026, 4, 15)
NEVER_CLOSED = time(23, 59, 59)  # whenever the tests run, papers come in time
ON_THE_DAY = Settings(today=DEMONSTRATION_DAY, closing_time=NEVER_CLOSED)


@pytest.fixture(scope="session")
def furnished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with schema, roles and the shipped catalogue in it; copied, never used itself."""
    from concierge.kernel.setup import make_words, set_up

    def furnish(home: Path) -> None:
        for county in _standing(home, None):
            make_words()
            set_up(county.app)

    return made_once("furnished", furnish, tmp_path_factory)


@pytest.fixture(scope="session")
def demonstrated_home(furnished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration county in it; copied, never used itself."""
    from projects.demo import main

    def demonstrate(home: Path) -> None:
        shutil.copytree(furnished_home, home, dirs_exist_ok=True)
        for _ in _standing(home, DEMONSTRATION_DAY):
            main([])

    return made_once("demonstrated", demonstrate, tmp_path_factory)


def made_once(name: str, make: Callable[[Path], None], folders: pytest.TempPathFactory) -> Path:
    """A home of this process's own, copied from the one that the first process of this run made.

    Effects: processes that share the tests wait for one another here; one that fails leaves nothing to copy.
    """
    shared = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / f"{name}-home"
    with (shared / f"{name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not home.exists():
            with TemporaryDirectory(prefix=f"{name}-", dir=shared) as folder:
                make(Path(folder) / "home")
                (Path(folder) / "home").rename(home)
    return Path(shutil.copytree(home, folders.mktemp(name) / "home"))


@pytest.fixture
def county(furnished_home: Path) -> Iterator[Office]:
    """An office with every addon, the shipped catalogue as edition 1, and no project yet."""
    yield from lent(furnished_home, ON_THE_DAY)


@pytest.fixture
def demonstration(demonstrated_home: Path) -> Iterator[Office]:
    """The demonstration county, on its day."""
    yield from lent(demonstrated_home, ON_THE_DAY)


@pytest.fixture
def app(county: Office) -> Flask:
    """The app of the county, its context open."""
    return county.app


def _standing(home: Path, today: date | None) -> Iterator[Office]:
    yield from standing(Settings(home=home, today=today, closing_time=NEVER_CLOSED))


def standing(settings: Settings) -> Iterator[Office]:
    """An office on these settings, its app's context open; the addons of before are back afterwards."""
    from concierge.kernel import addon, clock
    from concierge.kernel.app import create_app
    from concierge.kernel.db import db

    before = addon.installed()
    app = create_app(settings)
    with app.app_context():
        yield Office(app)
        db.session.remove()
        db.engine.dispose()
    clock.fix(None)
    addon._loaded = before
