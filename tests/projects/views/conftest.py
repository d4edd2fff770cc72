"""What the tests of the project screens may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from approvals.models.step import Step, StepState
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, Somebody
from tests.services.browsing import served


@pytest.fixture
def address(county: Office) -> Iterator[str]:
    """Where a real server answers for the county."""
    with served(county.app) as address:
        yield address


@pytest.fixture
def amy(county: Office) -> Somebody:
    """A concierge officer."""
    return county.employs("amy", "Concierge")


@pytest.fixture
def project_id(county: Office, amy: Somebody) -> int:
    """An industrial project in Amy's charge, planned and with nothing done."""
    bo = county.employs("bo", "Concierge")
    return a_project(pair=(amy.id, bo.id))


@pytest.fixture
def the_step(county: Office, project_id: int) -> Callable[[str], Step]:
    """One step of the project as the database has it now."""

    def asked(code: str) -> Step:
        found: Step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == code))[0]
        return found

    return asked


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


@pytest.fixture
def passed(project_id):
    """Records the result of a step of the project on a day, as if it had come then."""

    def on(code, day):
        with work(SYSTEM) as w:
            step = w.session.scalars(
                select(Step).where(Step.project_id == project_id, Step.code == code)
            ).one()
            step.state, step.accepted_on, step.finished_on = StepState.PASSED, day, day

    return on
