"""Nobody is late who waits for another department's result, or for a paper the enterprise promised."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from approvals.events.papers import SecondListTried
from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.supervision.handlers import look_after_second_list
from concierge.supervision.rules.card import Cause
from projects.models.project import Project
from projects.queries.standing import expansion_of
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, cards, looked
from tests.kernel.fixtures_office import Office

ACCEPTED, LATE = date(2026, 4, 1), date(2026, 4, 10)  # five days end on 9 April


@pytest.fixture
def project_id(county: Office) -> int:
    """A factory opened in March."""
    with clock.standing_at(date(2026, 3, 2)):
        return a_project()


@pytest.fixture
def waiting(project_id: int) -> tuple[str, str]:
    """A department step, and the step of another whose result its decision waits for by law."""
    with work(SYSTEM) as w:
        project = w.get(Project, project_id)
        _, expansion = expansion_of(w.session, project)
        owners = {step.code: step.matter.lead_department for step in expansion.steps}
        return next(
            (edge.predecessor, edge.successor)
            for edge in expansion.precedences
            if edge.kind == "hard" and owners[edge.successor] not in ("ENT", "INT")
        )


def closes_all_but(project_id: int, code: str, successor: str, on: date) -> None:
    """Every other result is there since a day."""
    with work(SYSTEM) as w:
        for step in w.session.scalars(select(Step).where(Step.project_id == project_id)):
            if step.code not in (code, successor):
                step.state, step.accepted_on, step.finished_on = StepState.PASSED, on, on


def test_a_decision_that_waits_for_another_result_is_not_late(county, project_id, waiting):
    producer, successor = waiting
    closes_all_but(project_id, producer, successor, date(2026, 3, 20))
    step_id = accepted(project_id, ACCEPTED, 5, code=successor)

    looked(LATE, project_id)
    assert cards(step_id) == []

    with work(SYSTEM) as w:
        row = w.session.scalars(
            select(Step).where(Step.project_id == project_id, Step.code == producer)
        ).one()
        row.state, row.accepted_on, row.finished_on = StepState.PASSED, LATE, LATE
    looked(LATE, project_id)
    (due_today,) = cards(step_id)
    assert (due_today.cause, due_today.limit_on) == (Cause.PROMISED_NEAR, LATE)

    looked(date(2026, 4, 13), project_id)  # the Monday after that Friday
    assert [card.cause for card in cards(step_id)] == [Cause.PROMISED_NEAR, Cause.PROMISED_PAST]


def test_a_second_list_is_shown_once_however_often_it_is_told(county, project_id):
    step_id = accepted(project_id, ACCEPTED, 5)
    code = county.has(Step, step_id).code
    told = SecondListTried(
        second_list_id=1, project_id=project_id, step_id=step_id, code=code, on=LATE, materials=("x-1", "x-2")
    )
    with clock.standing_at(LATE):
        for _ in range(2):
            with work(SYSTEM) as w:
                look_after_second_list(w, told)

    (card,) = cards(step_id)
    assert (card.cause, card.detail) == (Cause.SECOND_LIST, "x-1、x-2")
