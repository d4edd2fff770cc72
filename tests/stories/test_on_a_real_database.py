"""The main job on PostgreSQL: the same story, with real locks and real timeouts."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.progress import Move
from approvals.services.set_bench import set_bench
from concierge.kernel import audit, clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.setup import set_up
from projects.models.portfolio import BookedYear, BookingRow, PortfolioPlan, PortfolioState
from projects.models.project import Plan, Project
from projects.rules.booked_days import TakenDays, read_days, taken_by
from projects.rules.bookings import HeldBy
from projects.services.adopt_portfolio_plan import adopt_portfolio_plan
from projects.services.ask_portfolio_plan import PlanUnderWay, ask_portfolio_plan
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.fixtures_app import DEMONSTRATION_DAY, NEVER_CLOSED, standing
from tests.kernel.fixtures_office import Office

pytestmark = pytest.mark.postgres


@pytest.fixture
def real_county(postgres_url: str, tmp_path: Path) -> Iterator[Office]:
    """A county on PostgreSQL, set up as an operator would."""
    settings = Settings(
        home=tmp_path,
        database_url=postgres_url,
        secret_key="k" * 40,
        today=DEMONSTRATION_DAY,
        allow_time_travel=True,
        closing_time=NEVER_CLOSED,
    )
    for county in standing(settings):
        set_up(county.app)
        yield county


def test_from_template_to_plan_and_through_a_slip(real_county):
    liaison = real_county.employs("lin", "Liaison")
    project_id = a_project(by=liaison.actor, start_on=date(2026, 4, 15))
    first = real_county.has(Plan, real_county.has(Project, project_id).plan_id)
    steps = {s.code: s for s in real_county.asked(select(Step).where(Step.project_id == project_id))}

    with clock.standing_at(date(2026, 4, 24)):
        record_move(steps["company-registration"].id, Move.ACCEPT, date(2026, 4, 24), by=SYSTEM)
        jobs.run_due()

    second = real_county.has(Plan, real_county.has(Project, project_id).plan_id)
    assert second.number == first.number + 1
    assert second.permit_on > first.permit_on
    pages = ["/projects/", f"/projects/{project_id}", f"/projects/{project_id}/steps/05", "/search?q=企业"]
    assert [liaison.opens(page).status_code for page in pages] == [200] * len(pages)
    db.session.rollback()
    assert audit.first_altered(db.session) is None


def test_projects_share_reviewers_and_a_plan_of_all_is_adopted(real_county):
    set_bench("NRP", 1, by=SYSTEM)
    projects = [a_project(template="small-low-risk", start_on=date(2026, 4, 15)) for _ in range(2)]
    held = real_county.asked(select(BookingRow).where(BookingRow.held_by == HeldBy.BENCH))
    assert {row.project_id for row in held} == {projects[1]}

    number = ask_portfolio_plan("Asked", by=SYSTEM)
    jobs.run_due()
    adopt_portfolio_plan(number, by=SYSTEM)
    jobs.run_due()

    assert real_county.asked(select(PortfolioPlan.state)) == [PortfolioState.ADOPTED]
    added_up = taken_by(row.days() for row in real_county.asked(select(BookingRow)))
    counted = TakenDays({row.of: read_days(row.taken) for row in real_county.asked(select(BookedYear))})
    assert counted.by_day() == added_up.by_day()


def test_of_two_who_ask_for_a_plan_at_the_same_moment_one_is_told_to_wait(real_county):
    a_project(start_on=date(2026, 4, 15))
    together = threading.Barrier(2, timeout=30)

    def ask(_: int) -> int | None:
        with real_county.app.app_context():
            together.wait()
            try:
                return ask_portfolio_plan("Asked", by=SYSTEM)
            except PlanUnderWay:
                return None

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(ask, range(2)), key=str)

    assert answers == [1, None]
    assert [row.number for row in real_county.asked(select(PortfolioPlan))] == [1]
