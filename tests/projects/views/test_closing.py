"""Closing a project: only with nothing left open, with everything that follows, and it can be undone."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.progress import Move
from approvals.services.convene_review import NewReview
from approvals.services.set_bench import set_bench
from concierge.desk.models.links import LinkRow
from concierge.desk.rules.links import LinkScope, LinkTerms
from concierge.desk.services.make_link import make_link
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.staff.models import Pairing
from projects.models.portfolio import BookingRow
from projects.models.project import Plan, Project, ProjectStatus
from projects.rules.ending import Ending, ProjectClosed
from projects.rules.progress import OWNERS
from projects.services.assign_officers import assign_officers
from projects.services.defer_paper import Promise, defer_paper
from projects.services.record_move import record_move
from projects.services.send_review import send_review
from tests.builders import a_project

TODAY = date(2026, 4, 15)
GIVEN_UP = {"how": "given_up", "reason": "企业调整投资计划"}


@pytest.fixture
def chief(county):
    return county.employs("jiang", "Chief")


@pytest.fixture
def first_step(county, project_id):
    """The first step a department holds, as the database has it now."""
    asked = (
        select(Step)
        .where(Step.project_id == project_id, Step.department.not_in(OWNERS))
        .order_by(Step.number)
    )
    return lambda: county.asked(asked.limit(1))[0]


@pytest.fixture
def project_id(county, amy):
    """A project that has booked the one reviewer of a counted department."""
    set_bench("HCB", 1, by=SYSTEM)
    return a_project(pair=(amy.id, county.employs("bo", "Concierge").id))


def the_project(county, project_id):
    return county.asked(select(Project).where(Project.id == project_id))[0]


def test_a_project_given_up_frees_what_it_had_booked_and_its_officers(county, chief, amy, project_id):
    assert county.asked(select(BookingRow.id).where(BookingRow.project_id == project_id))

    chief.sends(f"/projects/{project_id}/close", GIVEN_UP)
    jobs.run_due()

    project = the_project(county, project_id)
    assert (project.status, project.ended_on) == (ProjectStatus.CLOSED, TODAY)
    assert not county.asked(select(BookingRow.id).where(BookingRow.project_id == project_id))
    assert county.asked(select(Pairing.until).where(Pairing.project_id == project_id)) == [TODAY]
    assert project.name not in amy.opens("/projects/?lang=en").text
    ended = chief.opens("/projects/?whose=closed&lang=en").text
    assert f"{project.name}</a>" in ended
    assert "Closed on 15 April 2026: given up" in ended
    assert "Waiting for you today" not in ended
    assert "Projects under way" not in ended
    page = chief.opens(f"/projects/{project_id}?lang=en").text
    assert "Closed on 15 April 2026: given up" in page
    assert "企业调整投资计划" in page
    for forecast in (
        "To push now",
        "Construction permit forecast",
        "Left on the critical path",
        "Ready to start",
        "Critical path",
        'id="gantt"',
        "No officers A and B yet",
    ):
        assert forecast not in page
    assert "Not done" in page
    assert "Amy" in page


def test_the_steps_of_a_closed_project_tell_no_dates_to_come_and_offer_nothing(chief, project_id, first_step):
    step = f"/projects/{project_id}/steps/{first_step().number}?lang=en"
    offered = ('id="record"', "Register a deferral", "Record a bottleneck", "Why these dates", "expected ")
    assert all(words in chief.opens(step).text for words in offered)

    chief.sends(f"/projects/{project_id}/close", GIVEN_UP)
    jobs.run_due()

    page = chief.opens(step).text
    assert "Closed on 15 April 2026: given up" in page
    assert "the chief opens the project again first" in page
    assert "The project ended without it." in page
    assert [words for words in offered if words in page] == []


def test_nothing_more_is_promised_convened_or_entrusted_in_a_closed_project(
    county, chief, project_id, first_step
):
    step = first_step()
    chief.sends(f"/projects/{project_id}/close", GIVEN_UP)
    jobs.run_due()
    promise = Promise(material="design-contract-priv", form="原件", due_on=TODAY)
    review = NewReview(project_id=project_id, review_group="JR_SCHEME", steps=(step.code,))
    people = [county.employs(name, "Concierge").id for name in ("cy", "di")]

    with pytest.raises(ProjectClosed):
        defer_paper(step.id, promise, by=SYSTEM)
    with pytest.raises(ProjectClosed):
        send_review(review, by=SYSTEM)
    with pytest.raises(ProjectClosed):
        assign_officers(project_id, *people, by=SYSTEM)


def test_a_completed_project_says_when_its_permit_came_and_who_served(demonstration):
    jiang = demonstration.employs("jiang", "Chief", sees=(None,))
    number = demonstration.asked(select(Project.id).where(Project.ending == Ending.COMPLETED))[0]

    page = jiang.opens(f"/projects/{number}?lang=en").text

    assert "Closed on 14 April 2026: completed" in page
    assert "Construction permit on 2 Apr. As first planned. 5 working days before the target" in " ".join(
        page.split()
    )
    assert "陈立" in page
    assert 'id="gantt"' in page
    assert "Not done" in page


def test_a_closed_project_takes_no_more_moves_and_is_planned_no_more(county, chief, project_id, first_step):
    chief.sends(f"/projects/{project_id}/close", GIVEN_UP)
    jobs.run_due()
    plans = county.asked(select(Plan.number).where(Plan.project_id == project_id))

    with pytest.raises(ProjectClosed):
        record_move(first_step().id, Move.PREPARE, TODAY, by=SYSTEM)
    jobs.run_due()

    assert county.asked(select(Plan.number).where(Plan.project_id == project_id)) == plans


def test_its_links_open_nothing_any_more(county, chief, project_id, first_step):
    step = first_step()
    make_link(
        LinkTerms(
            kind=LinkScope.STEP,
            department=step.department,
            recipient="经办人",
            project_id=project_id,
            step_id=step.id,
        ),
        by=SYSTEM,
    )

    chief.sends(f"/projects/{project_id}/close", GIVEN_UP)
    jobs.run_due()

    revoked = county.asked(select(LinkRow.revoked_at).where(LinkRow.project_id == project_id))
    assert len(revoked) == 1
    assert None not in revoked


def test_a_project_with_a_case_at_a_department_stays_open(county, chief, project_id, first_step):
    record_move(first_step().id, Move.ACCEPT, TODAY, by=SYSTEM)

    answer = chief.sends(f"/projects/{project_id}/close?lang=en", GIVEN_UP)

    assert answer.status_code == 409
    assert "Departments are still at work on: " + first_step().number in answer.text
    assert the_project(county, project_id).status is ProjectStatus.ACTIVE


def test_a_project_without_its_permit_is_not_completed(chief, project_id):
    answer = chief.sends(f"/projects/{project_id}/close?lang=en", {"how": "completed"})

    assert answer.status_code == 409
    assert "has no result yet, so the project is not completed" in answer.text


def test_giving_up_wants_a_reason(chief, project_id):
    answer = chief.sends(f"/projects/{project_id}/close?lang=en", {"how": "given_up", "reason": " "})

    assert answer.status_code == 422
    assert "Say in a few words" in answer.text


def test_a_closed_project_can_be_opened_again(county, chief, project_id):
    chief.sends(f"/projects/{project_id}/close", GIVEN_UP)
    jobs.run_due()

    chief.sends(f"/projects/{project_id}/reopen", {"reason": "企业恢复投资"})
    jobs.run_due()

    project = the_project(county, project_id)
    assert (project.status, project.ended_on) == (ProjectStatus.ACTIVE, None)
    assert county.asked(select(BookingRow.id).where(BookingRow.project_id == project_id))
    assert "No officers A and B yet" in chief.opens(f"/projects/{project_id}?lang=en").text


def test_who_only_looks_may_not_close(county, project_id):
    watcher = county.employs("fang", "Supervisor")

    assert watcher.opens(f"/projects/{project_id}/close").status_code in (302, 403)
