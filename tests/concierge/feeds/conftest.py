"""What the tests of feeds share: two officers, two projects, two sittings, and calendars of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from bench.feed_checker import Component, read
from bench.feed_targets import Ours
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from tests.fixtures_app import DEMONSTRATION_DAY, NEVER_CLOSED, standing
from tests.kernel.fixtures_office import Office


@pytest.fixture(scope="session")
def subscribed_home(furnished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with something on its calendars; copied, never used itself."""
    home = Path(shutil.copytree(furnished_home, tmp_path_factory.mktemp("subscribed") / "home"))
    for office in standing(_settings(home)):
        Ours(office.app)
    return home


@pytest.fixture
def subscribed(subscribed_home: Path, tmp_path: Path) -> Iterator[Office]:
    """The same, as an office people sign in to."""
    yield from standing(_settings(Path(shutil.copytree(subscribed_home, tmp_path / "home"))))


@pytest.fixture
def ours(subscribed: Office) -> Ours:
    """The calendars of that office; ``a`` acts for both projects, ``b`` covers."""
    return Ours(subscribed.app)


def _settings(home: Path) -> Settings:
    return Settings(home=home, today=DEMONSTRATION_DAY, closing_time=NEVER_CLOSED)


@pytest.fixture
def entries(ours: Ours) -> Callable[[str], dict[str, Component]]:
    """The entries behind an address, by their names."""

    def fetched(address: str) -> dict[str, Component]:
        found = read(ours.get(address).body)
        assert not found.faults
        return {entry.value("UID"): entry for entry in found.entries}

    return fetched


@pytest.fixture
def statements() -> Callable[..., object]:
    """Counts what is asked of the database: ``with statements() as asked:``."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_c: object, _cursor: object, text: str, *_rest: object) -> None:
            asked.append(text)

        event.listen(db.engine, "before_cursor_execute", note)
        yield asked
        event.remove(db.engine, "before_cursor_execute", note)

    return counting
