"""The first thing a liaison does: open a project from a template, and have a lawful plan a moment later."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from approvals.models.catalogue import MatterRow
from approvals.models.step import Step, StepState
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.progress import Move, StepNotReady
from approvals.services.publish_edition import publish_edition
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.work import work
from concierge.staff.models import Pairing
from projects.models.project import Plan, PlannedStep, Project
from projects.queries.project_file import project_file
from projects.rules.ending import Ending
from projects.services.make_plan import make_plan
from projects.services.open_project import CodeTaken, NamedTwice, open_project
from projects.services.record_move import Counter, record_move
from tests.builders import a_new_project, a_project


def the_plan(county, project_id):
    return county.has(Plan, county.has(Project, project_id).plan_id)


def the_step(county, project_id, code):
    return county.asked(select(Step).where(Step.project_id == project_id, Step.code == code))[0]


def test_a_plan_follows_from_opening_a_project(county):
    liaison, amy, bo = (
        county.employs(n, r) for n, r in [("lin", "Liaison"), ("amy", "Concierge"), ("bo", "Concierge")]
    )

    project_id = a_project(by=liaison.actor, pair=(amy.id, bo.id))

    plan = the_plan(county, project_id)
    assert plan.number == 1
    assert plan.permit_on is not None
    assert plan.lawful_start_on >= plan.permit_on
    steps = county.asked(select(func.count()).select_from(Step).where(Step.project_id == project_id))[0]
    dated = county.asked(
        select(func.count()).select_from(PlannedStep).where(PlannedStep.project_id == plan.project_id)
    )[0]
    assert steps == dated > 40
    pairing = county.asked(select(Pairing))[0]
    assert (pairing.a_id, pairing.b_id) == (amy.id, bo.id)


def test_only_those_in_charge_see_it_and_to_others_it_does_not_exist(county):
    liaison, amy, bo, eve = (county.employs(n, "Concierge") for n in ("lin", "amy", "bo", "eve"))
    project_id = a_project(by=liaison.actor, pair=(amy.id, bo.id))

    assert [who.opens(f"/projects/{project_id}").status_code for who in (liaison, amy, bo, eve)] == [
        200,
        200,
        200,
        404,
    ]


def test_every_act_leaves_one_line_of_the_trace(county):
    project_id = a_project()

    acts = county.asked(
        select(AuditLine.act).where(AuditLine.project_id == project_id).order_by(AuditLine.id)
    )
    assert acts == ["ProjectOpened", "PlanMade"]


def test_a_slip_moves_what_follows_and_the_page_says_by_how_much(county):
    project_id = a_project(start_on=date(2026, 4, 15))
    before = the_plan(county, project_id)
    filing = the_step(county, project_id, "company-registration")
    with clock.standing_at(date(2026, 4, 29)):
        jobs.run_due()
        record_move(filing.id, Move.ACCEPT, date(2026, 4, 29), by=SYSTEM)
        jobs.run_due()

        after = the_plan(county, project_id)
        assert after.number == before.number + 1
        assert after.permit_on > before.permit_on
        assert before.permit_on == county.has(Plan, before.id).permit_on  # a version never changes


def test_nothing_is_saved_when_nothing_moved(county):
    project_id = a_project()
    with work(SYSTEM) as w:
        assert not make_plan(w, project_id, "again")

    assert len(county.asked(select(Plan).where(Plan.project_id == project_id))) == 1


def test_a_new_day_pushes_what_has_not_begun(county):
    project_id = a_project(start_on=date(2026, 4, 15))
    with clock.standing_at(date(2026, 4, 16)):
        first = the_plan(county, project_id)
        with work(SYSTEM) as w:
            w.enqueue("projects.tasks:plan_the_day")
        jobs.run_due()
        jobs.run_due()

        assert the_plan(county, project_id).permit_on >= first.permit_on + timedelta(days=1)


def test_a_step_is_not_accepted_before_what_the_law_requires_is_there(county):
    project_id = a_project()
    step = the_step(county, project_id, "project-code-assignment")

    with pytest.raises(StepNotReady, match="企业设立登记"):
        record_move(step.id, Move.ACCEPT, clock.today(), by=SYSTEM)

    assert the_step(county, project_id, "project-code-assignment").state is StepState.NOT_STARTED


def test_papers_after_closing_time_are_received_the_next_working_day(county):
    project_id = a_project()
    step = the_step(county, project_id, "company-registration")
    evening = Counter(datetime(2026, 4, 15, 17, 45, tzinfo=clock.SHANGHAI), closing=time(17, 30))

    record_move(step.id, Move.ACCEPT, date(2026, 4, 15), counter=evening, by=SYSTEM)

    assert the_step(county, project_id, "company-registration").accepted_on == date(2026, 4, 16)
    jobs.run_due()
    assert the_plan(county, project_id).number == 2


def test_papers_of_a_rest_day_are_received_the_next_working_day(county):
    project_id = a_project()
    step = the_step(county, project_id, "company-registration")

    record_move(step.id, Move.ACCEPT, date(2026, 4, 12), by=SYSTEM)  # a Sunday

    assert the_step(county, project_id, "company-registration").accepted_on == date(2026, 4, 13)


def test_two_officers_on_one_step_the_second_is_told(county):
    project_id = a_project()
    step = the_step(county, project_id, "company-registration")
    record_move(step.id, Move.ACCEPT, clock.today(), version=step.version, by=SYSTEM)

    with pytest.raises(Stale):
        record_move(step.id, Move.PASS, clock.today(), version=step.version, by=SYSTEM)


def test_a_stranger_to_a_project_cannot_move_its_steps(county):
    eve = county.employs("eve", "Concierge")
    project_id = a_project()
    step = the_step(county, project_id, "company-registration")

    with pytest.raises(Missing):
        record_move(step.id, Move.ACCEPT, clock.today(), by=eve.actor)


def test_one_code_one_project_and_nothing_is_half_opened(county):
    a_project(code="2603-439921-04-01-999999")

    with pytest.raises(CodeTaken):
        open_project(a_new_project(code="2603-439921-04-01-999999"), by=SYSTEM)

    assert len(county.asked(select(Project))) == 1


def test_one_credit_code_one_name(county):
    a_project(uscc="91350100M000100Y43", enterprise="甲公司")

    with pytest.raises(NamedTwice, match="甲公司"):
        open_project(a_new_project(uscc="91350100M000100Y43", enterprise="乙公司"), by=SYSTEM)


def test_a_project_keeps_the_edition_it_started_with(county):
    project_id = a_project()
    with work(SYSTEM) as w:
        row = w.session.execute(select(MatterRow).where(MatterRow.code == "eia-form")).scalar_one()
        row.promised_workdays += 3
    db.session.rollback()
    publish_edition(
        note="three days more", draft_digest=catalogue_queries.draft_catalogue(db.session).digest, by=SYSTEM
    )
    db.session.rollback()

    file = project_file(db.session, project_id, SYSTEM, today=clock.today())
    old = file.catalogue.matter("eia-form").promised_workdays
    newest = catalogue_queries.catalogue(catalogue_queries.latest_edition_id(db.session), db.session)
    assert newest.matter("eia-form").promised_workdays == old + 3


def test_the_demonstration_county_has_ten_projects_at_different_stages(demonstration):
    projects = demonstration.asked(select(Project))
    done = {
        p.id: len(
            demonstration.asked(select(Step).where(Step.project_id == p.id, Step.state == StepState.PASSED))
        )
        for p in projects
    }

    assert len(projects) == 10
    assert [p.name for p in projects if p.ending is Ending.COMPLETED] == ["云溪茶业精制加工车间"]
    assert len({p.template for p in projects}) == 5
    assert len(set(done.values())) >= 6
    assert all(p.plan_id for p in projects)
