"""What the tests of the day share: two officers, their project, the calendar, the statements sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.work_calendar import work_calendar
from approvals.services.ship_catalogue import shipped_files
from concierge.kernel.db import db
from scheduler import WorkCalendar
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, Somebody


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    """The calendar of 2025 and 2026 as published, later years by the law."""
    catalogue = read_files(shipped_files()).catalogue
    assert catalogue is not None
    return work_calendar(catalogue.holidays)


@pytest.fixture
def amy(county: Office) -> Somebody:
    """A concierge officer, A of the project."""
    return county.employs("amy", "Concierge")


@pytest.fixture
def bo(county: Office) -> Somebody:
    """A concierge officer, B of the project."""
    return county.employs("bo", "Concierge")


@pytest.fixture
def project_id(county: Office, amy: Somebody, bo: Somebody) -> int:
    """A project of Amy's and Bo's, planned and with nothing done."""
    return a_project(pair=(amy.id, bo.id))


@pytest.fixture
def statements() -> Callable[[], object]:
    """Lists the statements sent to the database while its block runs."""

    @contextmanager
    def listening() -> Iterator[list[str]]:
        sent: list[str] = []

        def hear(conn, cursor, statement, *rest):
            if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")):
                sent.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        try:
            yield sent
        finally:
            event.remove(db.engine, "before_cursor_execute", hear)

    return listening
