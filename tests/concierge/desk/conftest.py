"""What the tests of the desk may ask for: an office, its people, a step under way, and links for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from approvals.models.step import Step
from approvals.rules.progress import Move
from concierge.desk.rules.links import LinkScope, LinkTerms
from concierge.desk.services.make_link import make_link
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, Somebody, apart

FIRST = "investment-lead-screening"  # waits for nothing
ACCEPTED_ON = date(2026, 4, 13)


@dataclass
class Visitor:
    """Somebody at a department, at a browser that knows nothing of us."""

    browser: FlaskClient
    front: str = ""

    def opens(self, path: str, **facts: object) -> TestResponse:
        """Open a page."""
        return apart(self.browser.get, path, **facts)

    def enters(self, token: str) -> TestResponse:
        """Open a link and follow it to its page."""
        answer = self.opens(f"/d/{token}?lang=en")
        if answer.status_code != 303:
            return answer
        self.front = answer.headers["Location"]
        return self.opens(self.front)

    def sends(self, page: TestResponse, path: str = "", **typed: object) -> TestResponse:
        """Send the last form of a page, with what was typed into it."""
        hidden = {name: found[-1] for name in ("key", "seal", "version") if (found := _hidden(page, name))}
        return apart(self.browser.post, path or self.front, data=hidden | typed)


def _hidden(page: TestResponse, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page.text)


@pytest.fixture
def amy(county: Office) -> Somebody:
    """A concierge officer: A of the project."""
    return county.employs("amy", "Concierge")


@pytest.fixture
def bo(county: Office) -> Somebody:
    """Her stand-in."""
    return county.employs("bo", "Concierge")


@pytest.fixture
def project_id(county: Office, amy: Somebody, bo: Somebody) -> int:
    """An industrial project in Amy's charge, its first step with its department."""
    project_id = a_project(pair=(amy.id, bo.id))
    first = county.asked(select(Step).where(Step.project_id == project_id, Step.code == FIRST))[0]
    record_move(first.id, Move.ACCEPT, ACCEPTED_ON, by=SYSTEM)
    jobs.run_due()
    return project_id


@pytest.fixture
def the_step(county: Office, project_id: int) -> Callable[[], Step]:
    """The step that is under way, as the database has it now."""

    def asked(code: str = FIRST) -> Step:
        found: Step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == code))[0]
        return found

    return asked


@pytest.fixture
def hands_out(the_step, amy) -> Callable[..., str]:
    """Makes a link for the step, or for its department; answers its key."""

    def made(
        kind: LinkScope = LinkScope.STEP, *, days: int = 30, recipient: str = "王工", code: str = FIRST
    ) -> str:
        step = the_step(code)
        is_step = kind is LinkScope.STEP
        terms = LinkTerms(
            kind=kind,
            department=step.department,
            recipient=recipient,
            days=days,
            project_id=step.project_id if is_step else None,
            step_id=step.id if is_step else None,
        )
        return make_link(terms, by=amy.actor)[1].token

    return made


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody at the department."""
    return Visitor(app.test_client())


@pytest.fixture
def statements() -> Callable[[], object]:
    """Lists the statements sent to the database while its block runs."""

    @contextmanager
    def listening() -> Iterator[list[str]]:
        sent: list[str] = []

        def hear(_conn, _cursor, statement, *_rest):
            if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")):
                sent.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        yield sent
        event.remove(db.engine, "before_cursor_execute", hear)

    return listening
