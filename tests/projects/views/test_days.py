"""The page that says where a project's days went."""

from sqlalchemy import select

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from projects.models.project import Project
from projects.queries.day_split import days_of_project
from projects.queries.project_file import project_file

MOST_QUERIES = 18


def test_the_days_of_every_demonstration_project_add_up_exactly(demonstration):
    told = {}
    for project in demonstration.asked(select(Project).order_by(Project.id)):
        file = project_file(db.session, project.id, SYSTEM, today=clock.today())
        found = days_of_project(db.session, file, today=clock.today())
        permit = demonstration.asked(
            select(Step.finished_on).where(Step.project_id == project.id, Step.code == "construction-permit")
        )
        end = permit[0] if permit and permit[0] else project.ended_on or clock.today()
        days = (end - project.start_on).days
        told[project.code] = (found.days, sum(link.days for link in found.links)) == (days, days)

    assert len(told) == 10
    assert all(told.values()), told


def test_the_page_says_who_held_the_days(amy, project_id):
    page = amy.opens(f"/projects/{project_id}/days?lang=en").text

    # from Monday 2 March, the first day, to Wednesday 15 April: 44 days, 13 of them weekends and the
    # Qingming holiday of 4 to 6 April; nobody had begun on the other 31
    assert "adds up to exactly 44 calendar days" in page
    assert "Nobody had begun, 31 calendar days" in page


def test_a_project_in_other_hands_is_not_there(county, project_id):
    eve = county.employs("eve", "Concierge")

    assert eve.opens(f"/projects/{project_id}/days").status_code == 404


def test_the_page_asks_few_questions(amy, project_id, statements):
    amy.opens(f"/projects/{project_id}/days")

    with statements() as sent:
        assert amy.opens(f"/projects/{project_id}/days").status_code == 200

    assert len(sent) <= MOST_QUERIES, "\n".join(sent)
