"""Cases a test of supervision starts from: an accepted step of a real project, on days it chooses."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from approvals.models.case import StopRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StepState, StopKind
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.supervision.models.card import CardRow
from concierge.supervision.services.show_cards import Looked, show_cards
from scheduler import Period


def accepted(project_id: int, on: date, workdays: int, *, code: str = "", by_law: int | None = None) -> int:
    """Have one department step of a project accepted on a day, promised in so many working days."""
    with work(SYSTEM) as w:
        asked = select(Step).where(Step.project_id == project_id, Step.department.not_in(("ENT", "INT")))
        steps = list(w.session.scalars(asked.order_by(Step.number)))
        step = next((one for one in steps if one.code == code), steps[0])
        calendar = catalogue_queries.work_calendar(w.session)
        step.state, step.received_on, step.accepted_on = StepState.ACCEPTED, on, on
        step.promised_end_on = calendar.due_on(on, Period(workdays))
        step.statutory_end_on = calendar.due_on(on, Period(by_law)) if by_law else None
        return step.id


def finished(step_id: int, on: date) -> None:
    """Have the step's result there."""
    with work(SYSTEM) as w:
        step = w.get(Step, step_id)
        step.state, step.finished_on = StepState.PASSED, on


def moved(step_id: int, end_on: date) -> None:
    """Have the promised end on another day, as an extension does."""
    with work(SYSTEM) as w:
        w.get(Step, step_id).promised_end_on = end_on


def stopped(step_id: int, first: date, planned: date, last: date | None = None) -> None:
    """Have the clock of a step stopped for an expert review."""
    with work(SYSTEM) as w:
        step = w.get(Step, step_id)
        w.add(
            StopRow(
                project_id=step.project_id,
                step_id=step_id,
                attempt=step.attempt,
                kind=StopKind.EXPERT_REVIEW,
                basis="行政许可法第四十五条",
                reason="组织专家评审",
                decided_by="科长",
                first_on=first,
                planned_last_on=planned,
                last_on=last,
            )
        )


def looked(on: date, project_id: int | None = None) -> Looked:
    """Look at every running step on a day."""
    with clock.standing_at(on), work(SYSTEM) as w:
        return show_cards(w, project_id)


def cards(step_id: int) -> list[CardRow]:
    """The cards a step was shown, in order."""
    with work(SYSTEM) as w:
        return list(w.session.scalars(select(CardRow).where(CardRow.step_id == step_id).order_by(CardRow.id)))


def department_steps(project_id: int) -> list[int]:
    """The steps of a project that departments decide, in the order of its list."""
    with work(SYSTEM) as w:
        asked = select(Step.id).where(Step.project_id == project_id, Step.department.not_in(("ENT", "INT")))
        return list(w.session.scalars(asked.order_by(Step.number)))
