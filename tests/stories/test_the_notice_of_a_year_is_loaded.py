"""A provisional year becomes official: every plan that touches it is counted again, and says so."""

from datetime import date

from sqlalchemy import select

from approvals.queries import catalogue as queries
from approvals.services.load_holidays import load_holidays
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from projects.models.project import Plan, Project
from tests.builders import a_project
from tests.stories.notices import the_notice_of_2027


def test_a_plan_into_2027_is_provisional_until_the_notice_is_loaded(county):
    project_id = a_project(template="government-building", start_on=date(2026, 4, 15))
    before = county.has(Plan, county.has(Project, project_id).plan_id)
    assert before.is_provisional
    assert before.permit_on > date(2027, 1, 8)

    load_holidays(2027, "国办发明电〔2026〕1号", the_notice_of_2027(county), by=SYSTEM)
    jobs.run_due()
    jobs.run_due()

    after = county.has(Plan, county.has(Project, project_id).plan_id)
    assert (after.number, after.cause) == (before.number + 1, "CalendarChanged")
    db.session.rollback()
    calendar = queries.work_calendar(db.session)
    assert calendar.workdays_between(date(2026, 4, 15), before.permit_on) == before.workdays_to_permit - 2
    assert calendar.workdays_between(date(2026, 4, 15), after.permit_on) == after.workdays_to_permit
    acts = county.asked(select(AuditLine.act).order_by(AuditLine.id.desc()).limit(2))
    assert "PlanChanged" in acts


def test_a_plan_that_ends_before_is_left_alone(county):
    project_id = a_project(template="small-low-risk", start_on=date(2026, 4, 15))
    number = county.has(Plan, county.has(Project, project_id).plan_id).number

    load_holidays(2027, "国办发明电〔2026〕1号", the_notice_of_2027(county), by=SYSTEM)
    jobs.run_due()
    jobs.run_due()

    permit = {p.number: p.permit_on for p in county.asked(select(Plan).where(Plan.project_id == project_id))}
    assert len(set(permit.values())) == 1
    assert max(permit) == number
