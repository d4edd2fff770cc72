"""The versions of a plan, and two of them beside each other."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.progress import Move
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from projects.queries.history import compared, history
from projects.services.record_move import record_move
from tests.builders import a_project

FIRST = "investment-lead-screening"


@pytest.fixture
def project_id(county):
    with clock.standing_at(date(2026, 3, 2)):
        return a_project()


def _accept_late(county, project_id):
    step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == FIRST))[0]
    record_move(step.id, Move.ACCEPT, date(2026, 4, 14), by=SYSTEM)
    jobs.run_due()


def test_a_project_just_opened_has_one_version(project_id):
    found = history(db.session, project_id, SYSTEM)

    assert [plan.number for plan in found.versions] == [1]
    assert found.versions[0].cause == "ProjectOpened"


def test_a_late_record_makes_a_version_and_says_what_moved(county, project_id):
    _accept_late(county, project_id)

    found = history(db.session, project_id, SYSTEM)
    both = compared(db.session, found.project, 1, 2)

    assert [(plan.number, plan.cause) for plan in found.versions] == [(2, "StepMoved"), (1, "ProjectOpened")]
    moved = {change.code: change for change in both.change.steps}
    assert moved[FIRST].old.accept_on < moved[FIRST].new.accept_on == date(2026, 4, 14)
    assert not both.change.facts


def test_the_older_of_the_two_is_old_however_they_are_asked_for(county, project_id):
    _accept_late(county, project_id)
    project = history(db.session, project_id, SYSTEM).project

    both = compared(db.session, project, 2, 1)

    assert (both.old.number, both.new.number) == (1, 2)


def test_a_version_there_is_none_of_is_missing(project_id):
    project = history(db.session, project_id, SYSTEM).project

    with pytest.raises(Missing):
        compared(db.session, project, 1, 7)


def test_a_version_of_another_project_is_not_this_ones(county, project_id):
    a_project()
    project = history(db.session, project_id, SYSTEM).project

    both = compared(db.session, project, 1, 1)

    assert both.old.project_id == both.new.project_id == project_id
    assert both.change.is_empty


def test_a_project_outside_ones_charge_has_no_versions_to_be_seen(county, project_id):
    eve = county.employs("eve", "Concierge")

    with pytest.raises(Missing):
        history(db.session, project_id, eve.actor)
