"""The versions page."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from approvals.rules.progress import Move
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from projects.models.project import Plan, Project
from projects.queries.project_file import TOLD_LATELY
from projects.services.record_move import record_move
from projects.views.words import HAPPENED
from tests.builders import a_project

FIRST = "investment-lead-screening"


@pytest.fixture
def project_id(county, amy):
    bo = county.employs("bo", "Concierge")
    with clock.standing_at(date(2026, 3, 2)):
        return a_project(pair=(amy.id, bo.id))


def test_one_version_has_nothing_to_be_compared_with(amy, project_id):
    said = amy.opens(f"/projects/{project_id}/plans").text

    assert "1 version" in said
    assert 'id="compare"' not in said


def test_two_versions_stand_beside_each_other_with_their_cause(amy, project_id, the_step):
    record_move(the_step(FIRST).id, Move.ACCEPT, date(2026, 4, 14), by=SYSTEM)
    jobs.run_due()

    said = amy.opens(f"/projects/{project_id}/plans").text

    assert "A step was recorded" in said
    assert "Version 1 beside version 2" in said
    assert "working days later" in said
    assert "Investment lead registration and screening" in said


@pytest.mark.parametrize("query", ["?old=1&new=9", "?old=0&new=2", "?old=x&new=%00"])
def test_a_garbled_pair_is_missing_or_the_usual_one(amy, project_id, the_step, query):
    record_move(the_step(FIRST).id, Move.ACCEPT, date(2026, 4, 14), by=SYSTEM)
    jobs.run_due()

    assert amy.opens(f"/projects/{project_id}/plans{query}").status_code in (200, 400, 404)


def test_the_project_page_leads_there(amy, project_id):
    assert f'href="/projects/{project_id}/plans"' in amy.opens(f"/projects/{project_id}").text


def test_a_version_says_what_its_steps_waited_for_though_the_booking_has_gone(
    county, amy, project_id, the_step
):
    plan = county.has(Plan, county.has(Project, project_id).plan_id)
    body = json.loads(plan.body)
    kept = next(row for row in body["steps"] if row[0] == "design-scheme-review")
    kept[3] = "2026-12-31"
    full = {"accept_on": "2026-04-20", "held_by": "bench", "department": "HCB", "waited_workdays": 3}
    kept[6:] = [full | {"waits_from": "2026-04-15", "waits_until": "2026-04-17"}]
    with work(SYSTEM) as w:
        w.session.get_one(Plan, plan.id).body = json.dumps(body)
        first = {c.key: getattr(plan, c.key) for c in Plan.__table__.columns if c.key != "id"}
        w.session.add(Plan(**first | {"number": 2, "body": plan.body}))

    said = amy.opens(f"/projects/{project_id}/plans?old=1&new=2").text
    assert "Capacity" not in said  # the newer version waits for nothing

    with work(SYSTEM) as w:
        rows = w.session.scalars(
            select(Plan).where(Plan.project_id == project_id).order_by(Plan.number)
        ).all()
        rows[0].body, rows[1].body = rows[1].body, rows[0].body

    said = amy.opens(f"/projects/{project_id}/plans?old=1&new=2").text
    assert "Capacity: Housing and urban-rural development is full from 15 to 17 April" in said
    assert "a wait of 3 working days" in said


def test_everything_told_lately_has_its_words():
    assert {*HAPPENED, "StepMoved", "StepNoted"} == set(TOLD_LATELY)
