"""The steps that are in a department's hands now, with all that cards are decided by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import cases
from approvals.rules.lifecycle import StepState
from concierge.supervision.rules.thresholds import OWNERS, RunningCase, Slack
from projects.models.project import PlannedStep, Project, ProjectStatus

WAITS_FOR_AN_ANSWER = (StepState.RECEIVED, StepState.CORRECTED)


@dataclass(frozen=True, kw_only=True)
class RunningStep:
    """One step a department is at, and what supervision looks at."""

    step_id: int
    project_id: int
    code: str
    attempt: int
    department: str
    case: RunningCase


def running_steps(session: Session, project_id: int | None = None) -> list[RunningStep]:
    """The steps of live projects that departments hold, or those of one project; three queries.

    Shape: whether a decision waits for another step's result is not looked up here; see ``queries.held``.
    """
    asked = (
        select(Step, PlannedStep.finish_on, PlannedStep.total_float, PlannedStep.is_on_way)
        .join(Project, Project.id == Step.project_id)
        .outerjoin(PlannedStep, and_(PlannedStep.project_id == Project.id, PlannedStep.code == Step.code))
        .where(
            Project.status == ProjectStatus.ACTIVE,
            Step.department.not_in(OWNERS),
            Step.state != StepState.NOT_REQUIRED,
            Step.finished_on.is_(None),
            Step.ended_on.is_(None),
            or_(Step.accepted_on.is_not(None), Step.state.in_(WAITS_FOR_AN_ANSWER)),
        )
        .order_by(Step.id)
    )
    if project_id is not None:
        asked = asked.where(Step.project_id == project_id)
    rows = session.execute(asked).all()
    ids = [row[0].id for row in rows]
    stops = cases.stops(session, ids)
    extensions = cases.extensions(session, ids)
    return [
        RunningStep(
            step_id=step.id,
            project_id=step.project_id,
            code=step.code,
            attempt=step.attempt,
            department=step.department,
            case=RunningCase(
                received_on=None if step.accepted_on else step.received_on,
                accepted_on=step.accepted_on,
                promised_end_on=step.promised_end_on,
                statutory_end_on=step.statutory_end_on,
                stops=stops.get(step.id, ()),
                extended_workdays=sum(one.workdays for one in extensions.get(step.id, ())),
                slack=_slack(finish_on, total_float, is_on_way),
            ),
        )
        for step, finish_on, total_float, is_on_way in rows
    ]


def _slack(finish_on: date | None, total_float: int | None, is_on_way: bool | None) -> Slack | None:
    if finish_on is None or total_float is None:
        return None
    return Slack(finish_on=finish_on, float_workdays=total_float, is_on_way=bool(is_on_way))


def is_running(step: Step) -> bool:
    """Whether a step is in the hands of whoever decides it: accepted, or its papers wait for an answer."""
    is_there = step.accepted_on is not None or step.state in WAITS_FOR_AN_ANSWER
    return is_there and step.finished_on is None and step.ended_on is None
