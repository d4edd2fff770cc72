"""Deferrals on PostgreSQL: two at the same moment never get one number, and every question is understood."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask

from approvals.rules.deferral_course import DeferralState
from approvals.services.take_number import DEFERRALS, take_number
from concierge.kernel.actor import SYSTEM
from concierge.kernel.config import Settings
from concierge.kernel.setup import set_up
from concierge.kernel.work import reading, work
from projects.queries.commitments import Ask, ledger
from tests.builders import a_project
from tests.deferrals import a_deferral, hand_in_main_papers, the_day_is, the_deferral
from tests.fixtures_app import DEMONSTRATION_DAY, standing

pytestmark = pytest.mark.postgres
AT_ONCE, EACH = 8, 5


@pytest.fixture
def office(tmp_path: Path, postgres_url: str) -> Iterator[Flask]:
    """A whole office on PostgreSQL."""
    settings = Settings(
        home=tmp_path,
        database_url=postgres_url,
        secret_key="k" * 40,
        today=DEMONSTRATION_DAY,
        allow_time_travel=True,
    )
    for county in standing(settings):
        set_up(county.app)
        yield county.app


def test_the_ledger_a_grant_and_a_day_of_the_watch_run_here_too(office: Flask) -> None:
    project_id = a_project(template="private-building", start_on=DEMONSTRATION_DAY)
    hand_in_main_papers(project_id)
    deferral_id = a_deferral(project_id, due_on=date(2026, 4, 17))
    the_day_is(date(2026, 4, 20))
    the_day_is(date(2026, 4, 21))

    with reading() as session:
        found = ledger(session, Ask(), SYSTEM, today=date(2026, 4, 21))

    assert [entry.row.id for entry in found.open] == [deferral_id]
    assert found.record.percent_in_time == 0
    assert the_deferral(deferral_id).state is DeferralState.DEFAULTED


def test_forty_deferrals_at_once_have_forty_numbers(office: Flask) -> None:
    together = Barrier(AT_ONCE)

    def several(_: int) -> list[str]:
        with office.app_context():
            together.wait()
            found = []
            for _ in range(EACH):
                with work(SYSTEM) as w:
                    found.append(take_number(w, DEFERRALS, date(2026, 4, 15)))
            return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        numbers = [number for own in pool.map(several, range(AT_ONCE)) for number in own]

    assert sorted(numbers) == [f"RQ-2026-{n:03d}" for n in range(1, AT_ONCE * EACH + 1)]
