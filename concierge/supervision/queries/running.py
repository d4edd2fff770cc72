"""The steps that are in a department's hands now, with all that cards are decided by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import cases
from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Move
from concierge.supervision.rules.thresholds import OWNERS, RunningCase, Slack
from projects.models.project import PlannedStep, Project, ProjectStatus
from projects.queries.standing import expansion_of
from projects.rules.terms import GatesMode
from projects.rules.waiting import waiting_for

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

    Shape: whether a decision waits for another step's result is not looked up here; see ``held_cases``.
    """
    asked = (
        select(Step, PlannedStep.finish_on, PlannedStep.total_float, PlannedStep.is_on_way)
        .join(Project, Project.id == Step.project_id)
        .outerjoin(PlannedStep, and_(PlannedStep.plan_id == Project.plan_id, PlannedStep.code == Step.code))
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


def held_cases(session: Session, steps: Sequence[RunningStep]) -> dict[int, RunningCase]:
    """The same cases with what their decisions wait for: other steps' results, and when the last one came.

    Shape: step → case; two queries, and one more for each edition of the catalogue not read before.
    Source: PR-6, DF-15.
    """
    project_ids = {step.project_id for step in steps}
    projects = {
        project.id: project for project in session.scalars(select(Project).where(Project.id.in_(project_ids)))
    }
    finished = _finished(session, project_ids)
    return {
        step.step_id: _held(session, step, projects[step.project_id], finished.get(step.project_id, {}))
        for step in steps
    }


def _held(session: Session, step: RunningStep, project: Project, finished: Mapping[str, date]) -> RunningCase:
    _, expansion = expansion_of(session, project)
    needed = waiting_for(expansion, GatesMode(project.gates), step.code, Move.PASS, ())
    came = [finished[code] for code in needed if code in finished]
    return replace(step.case, is_held=len(came) < len(needed), held_until=max(came) if came else None)


def _finished(session: Session, project_ids: Collection[int]) -> dict[int, dict[str, date]]:
    rows: Any = session.execute(
        select(Step.project_id, Step.code, Step.finished_on).where(
            Step.project_id.in_(project_ids), Step.finished_on.is_not(None)
        )
    )
    found: dict[int, dict[str, date]] = {}
    for project_id, code, finished_on in rows:
        found.setdefault(project_id, {})[code] = finished_on
    return found
