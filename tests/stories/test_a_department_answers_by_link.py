"""A department answers by link: from handing it out to the re-planned project, and the bad days between.

The officer makes a link beside a step and sends it. The department opens it without an account, confirms that
it has the papers, asks for a correction, and at last reports its result. Each word is a lawful move of the
case, each re-plans the project, and both officers hear of it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from approvals.models.case import CaseMoveRow, StopRow
from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Move
from concierge.desk.models.links import LinkRow
from concierge.desk.models.notices import NoticeRow
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from projects.models.project import Project
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.concierge.desk.conftest import Visitor

FIRST = "investment-lead-screening"
WEDNESDAY = date(2026, 4, 15)


def _step(county, project_id) -> Step:
    return county.asked(select(Step).where(Step.project_id == project_id, Step.code == FIRST))[0]


def _revision(county, project_id) -> int:
    return county.asked(select(Project.revision).where(Project.id == project_id))[0]


def _made_link(officer, page) -> str:
    """Fill in the form beside the step; answers the key that is shown."""
    form = page[page.index('id="links"') :]
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', form))
    hidden.pop("csrf_token")
    shown = officer.sends("/links/", hidden | {"recipient": "王工，审批股", "days": "30"}).text
    again = officer.sends("/links/", hidden | {"recipient": "王工，审批股", "days": "30"})
    assert again.status_code == 303  # the same form twice makes one link
    return re.search(r'id="address" value="[^"]*/d/([^"]+)"', shown)[1]


@pytest.fixture
def pair(county):
    """The two officers of the project."""
    return county.employs("amy", "Concierge"), county.employs("bo", "Concierge")


@pytest.fixture
def project_id(pair):
    """Their project, its first step accepted by its department two days ago."""
    amy, bo = pair
    return a_project(pair=(amy.id, bo.id))


@pytest.fixture
def beside(county, project_id):
    """The page of the step."""
    record_move(_step(county, project_id).id, Move.ACCEPT, date(2026, 4, 13), by=SYSTEM)
    jobs.run_due()
    return f"/projects/{project_id}/steps/{_step(county, project_id).number}"


def test_the_officer_makes_a_link_that_nobody_can_read_a_second_time(county, pair, beside):
    amy, _bo = pair

    token = _made_link(amy, amy.opens(beside).text)

    assert county.asked(select(LinkRow.recipient)) == ["王工，审批股"]
    assert token not in amy.opens(beside).text
    assert token not in amy.opens("/links/list/").text
    assert "王工，审批股" in amy.opens(beside).text


def test_a_department_tells_every_fault_and_both_officers_hear_of_it(county, app, pair, project_id, beside):
    amy, bo = pair
    department = Visitor(app.test_client())

    # The department opens the link, and says that it has the papers.
    page = department.enters(_made_link(amy, amy.opens(beside).text))
    department.sends(page, outcome="receipt", on="2026-04-15")

    # It finds faults: all at once, with five working days to mend them. The clock stands still.
    before = _revision(county, project_id)
    page = department.opens(department.front)
    department.sends(page, outcome="faults", on="2026-04-15", faults="缺营业执照\n公章不清", workdays="5")
    jobs.run_due()
    assert _step(county, project_id).state is StepState.CORRECTING
    assert _revision(county, project_id) > before
    stop = county.asked(select(StopRow))[0]
    # 15, 16, 17, 20, 21 April are the five working days
    assert (stop.first_on, stop.planned_last_on) == (WEDNESDAY, date(2026, 4, 21))

    # Both officers hear of it; A is the one to act. The list of faults is told once.
    told = county.asked(select(NoticeRow).where(NoticeRow.text == "step_correct"))
    assert {(row.person_id, row.is_acting) for row in told} == {(amy.id, True), (bo.id, False)}
    assert "correction asked for" in amy.opens("/notices/list/").text
    assert "Needs correction" not in department.opens(department.front).text


def test_a_department_decides_without_an_account(county, app, pair, project_id, beside):
    amy, _bo = pair
    department = Visitor(app.test_client())
    token = _made_link(amy, amy.opens(beside).text)
    page = department.enters(token)

    sent = department.sends(page, outcome="done", on="2026-04-15", number="青招〔2026〕3号")
    jobs.run_due()

    assert sent.status_code == 303
    step = _step(county, project_id)
    assert (step.state, step.finished_on) == (StepState.PASSED, WEDNESDAY)

    # The record names the department and the way, and the officer sees it.
    lines = county.asked(select(CaseMoveRow).where(CaseMoveRow.step_id == step.id).order_by(CaseMoveRow.id))
    assert [line.move for line in lines] == ["accept", "pass"]
    assert lines[-1].actor.endswith("(link)")
    assert "青招〔2026〕3号" in amy.opens(beside).text

    # The link is taken back: it opens nothing from that moment, for whoever has the page open too.
    assert amy.sends(f"/links/{county.asked(select(LinkRow.id))[0]}/revoke").status_code == 303
    assert department.opens(department.front).status_code == 404
    assert department.enters(token).status_code == 404


def test_a_link_that_ended_is_asked_for_again_and_shown_again(county, app, pair, project_id):
    amy, _bo = pair
    number = _step(county, project_id).number
    old = _made_link(amy, amy.opens(f"/projects/{project_id}/steps/{number}").text)
    department = Visitor(app.test_client())

    # Thirty days and one later it has ended, says so, and asks the office for a new one.
    with clock.standing_at(WEDNESDAY + timedelta(days=31)):
        assert department.enters(old).status_code == 410
        department.front = f"/d/{old}?lang=en"
        assert department.sends(department.opens(department.front)).status_code == 200
        jobs.run_due()
        assert "asks for a new link" in amy.opens("/notices/list/").text
        assert "new link asked for" in amy.opens("/links/list/").text

        # The officer shows the link again: a new key for the same recipient.
        link = county.asked(select(LinkRow))[0]
        shown = amy.sends(f"/links/{link.id}/again", {"version": str(link.version)}).text
        new = re.search(r'id="address" value="[^"]*/d/([^"]+)"', shown)[1]
        assert department.enters(new).status_code == 200
        assert department.enters(old).status_code == 404


def test_whoever_may_not_see_the_project_makes_and_takes_back_nothing(county, pair, project_id):
    amy, _bo = pair
    cy = county.employs("cy", "Concierge")
    step = _step(county, project_id)
    typed = {
        "kind": "department_step",
        "step": str(step.id),
        "recipient": "王工",
        "days": "30",
        "key": "k" * 32,
    }

    assert cy.sends("/links/", typed).status_code == 404
    assert amy.sends("/links/", typed).status_code == 200
    link_id = county.asked(select(LinkRow.id))[0]

    assert cy.sends(f"/links/{link_id}/revoke").status_code == 404
    assert cy.sends(f"/links/{link_id}/again").status_code == 404
    assert cy.sends(f"/links/projects/{project_id}/revoke").status_code == 404
    assert "王工" not in cy.opens("/links/list/").text
    assert amy.sends("/links/", {**typed, "key": "l" * 32, "days": "181"}).status_code == 422
    assert amy.sends("/links/", {**typed, "key": "l" * 32, "recipient": " "}).status_code == 422
