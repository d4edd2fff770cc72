"""What the tests of feeds share: two officers, two projects, two sittings, and calendars of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from bench.feed_checker import Component, read
from bench.feed_targets import Ours
from concierge.kernel.db import db
from tests.fixtures_app import ON_THE_DAY, standing
from tests.kernel.fixtures_office import Office
from tests.lent import lent


@pytest.fixture(scope="session")
def subscribed_home(furnished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with something on its calendars; copied, never used itself."""
    home = Path(shutil.copytree(furnished_home, tmp_path_factory.mktemp("subscribed") / "home"))
    for office in standing(replace(ON_THE_DAY, home=home)):
        Ours(office.app)
    return home


@pytest.fixture
def subscribed(subscribed_home: Path) -> Iterator[Office]:
    """The same, as an office people sign in to."""
    yield from lent(subscribed_home, ON_THE_DAY)


@pytest.fixture
def ours(subscribed: Office) -> Ours:
    """The calendars of that office; ``a`` acts for both projects, ``b`` covers."""
    return Ours(subscribed.app)


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
