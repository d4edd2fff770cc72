"""What the tests of the kernel may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.kernel.trial import handlers, tasks
from tests.kernel.trial.desk import open_desk


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    for memory in (handlers.seen, handlers.noted_by, tasks.runs, tasks.in_between):
        memory.clear()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Flask]:
    """The kernel's tables on SQLite and the trial addon, its app's context open."""
    with open_desk(tmp_path) as app:
        yield app


@pytest.fixture
def postgres_desk(tmp_path: Path, postgres_url: str) -> Iterator[Flask]:
    """The same on PostgreSQL."""
    with open_desk(tmp_path, postgres_url) as app:
        yield app
