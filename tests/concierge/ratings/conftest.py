"""What the tests of ratings share: an office, a decided step, its occasion, and a rater at a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from approvals.models.step import Step
from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.progress import Move
from approvals.rules.work_calendar import work_calendar
from approvals.services.ship_catalogue import shipped_files
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.ratings.models.rating import OccasionRow
from concierge.ratings.rules.rating import Given, Level, Reason
from concierge.ratings.services.follow_steps import follow_steps
from concierge.ratings.services.make_rating_link import make_rating_link
from concierge.ratings.services.rate_service import rate_service
from projects.services.record_move import record_move
from scheduler import WorkCalendar
from tests.builders import a_project
from tests.documents.kinds.conftest import told as told
from tests.kernel.fixtures_office import Office, Somebody, apart

FIRST = "investment-lead-screening"  # waits for nothing
ACCEPTED_ON, CLOSED_ON = date(2026, 4, 7), date(2026, 4, 9)
TODAY = date(2026, 4, 15)  # a Wednesday


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    """The calendar of 2025 and 2026 as published, later years by the law."""
    catalogue = read_files(shipped_files()).catalogue
    assert catalogue is not None
    return work_calendar(catalogue.holidays)


@pytest.fixture
def amy(county: Office) -> Somebody:
    """A concierge officer: A of the project."""
    return county.employs("amy", "Concierge")


@pytest.fixture
def bo(county: Office) -> Somebody:
    """Her stand-in."""
    return county.employs("bo", "Concierge")


@pytest.fixture
def carol(county: Office) -> Somebody:
    """The chief."""
    return county.employs("carol", "Chief", sees=(None,))


@pytest.fixture
def fang(county: Office) -> Somebody:
    """A supervisor."""
    return county.employs("fang", "Supervisor", sees=(None,))


@pytest.fixture
def step_id(county: Office, amy: Somebody, bo: Somebody) -> int:
    """A step its department decided on 9 April, in Amy's charge."""
    with clock.standing_at(date(2026, 4, 1)):
        project_id = a_project(pair=(amy.id, bo.id))
    step: Step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == FIRST))[0]
    with clock.standing_at(ACCEPTED_ON):
        record_move(step.id, Move.ACCEPT, ACCEPTED_ON, by=SYSTEM)
    with clock.standing_at(CLOSED_ON):
        record_move(step.id, Move.PASS, CLOSED_ON, by=SYSTEM)
        jobs.run_due()
        with work(SYSTEM) as w:
            follow_steps(w)
    return step.id


@pytest.fixture
def occasion_id(county: Office, step_id: int) -> int:
    """What may be rated of it."""
    found: int = county.asked(select(OccasionRow.id).where(OccasionRow.source_id == step_id))[0]
    return found


@pytest.fixture
def rates(occasion_id: int) -> Callable[..., int]:
    """Rates the step as an enterprise does; answers the number of the rating."""

    def rated(
        level: Level = Level.DISSATISFIED,
        *,
        words: str = "",
        name: str = "",
        phone: str = "",
        reasons: tuple[Reason, ...] = (Reason.LATE,),
    ) -> int:
        given = Given(
            level=level,
            reasons=frozenset(reasons),
            words=words,
            is_anonymous=not name,
            name=name,
            phone=phone,
        )
        return rate_service(occasion_id, given, by=SYSTEM)

    return rated


@dataclass
class Rater:
    """Somebody at an enterprise, at a browser that knows nothing of us."""

    browser: FlaskClient
    front: str = ""

    def opens(self, path: str) -> TestResponse:
        """Open a page."""
        return apart(self.browser.get, path)

    def enters(self, token: str) -> TestResponse:
        """Open a link and follow it to its page."""
        answer = self.opens(f"/p/{token}/rate?lang=en")
        if answer.status_code != 303:
            return answer
        self.front = answer.headers["Location"]
        return self.opens(self.front)

    def sends(self, page: TestResponse, **typed: object) -> TestResponse:
        """Send the form of a page, with what was typed into it."""
        action = unescape(re.findall(r'<form method="post" action="([^"]*)"', page.text)[0])
        hidden = {
            name: re.findall(rf'name="{name}" value="([^"]*)"', page.text)[-1] for name in ("key", "seal")
        }
        return apart(self.browser.post, action, data=hidden | typed)


@pytest.fixture
def rater(app: Flask) -> Rater:
    """Somebody at the enterprise."""
    return Rater(app.test_client())


@pytest.fixture
def token(occasion_id: int) -> str:
    """The key of a link to the form."""
    return make_rating_link(occasion_id, by=SYSTEM).token
