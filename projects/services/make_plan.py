"""Make a project's plan from its facts, steps and calendar, and keep it as a version if anything moved."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import delete, func, insert, select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.audit import canonical
from concierge.kernel.work import Work
from projects.events import PlanChanged, PlanMade
from projects.models.project import Plan, PlannedStep, Project, ProjectStatus
from projects.queries.standing import current_plan, live_plan
from projects.rules.plan_body import (
    body_of,
    holding_step,
    kept,
    moved_steps,
    read_body,
    serial_workdays,
    steps_to_permit,
)
from projects.rules.project_plan import ProjectPlan


def make_plan(w: Work, project_id: int, cause: str) -> Plan | None:
    """Plan a project as of today and keep the version; None when nothing moved.

    Shape: ``cause`` is the name of what made it necessary, such as an event's.
    Effects: the dates asked for across projects are this version's from now on.
    """
    project = w.get(Project, project_id)
    if project.status is not ProjectStatus.ACTIVE:
        return None
    before = current_plan(w.session, project)
    digest = catalogue_queries.calendar_digest(w.session)
    if before is not None and _rests_on(before) == (project.revision, clock.today(), digest):
        return None
    plan = live_plan(w.session, project, today=clock.today())
    keep = kept(plan, json.loads(project.facts))
    old = read_body(json.loads(before.body)) if before else None
    moved = moved_steps(old, keep)
    if before is not None and before.revision == project.revision and old == keep:
        return None
    row = w.add(_row(w, project, plan, cause, digest, canonical(body_of(keep))))
    project.plan_id = row.id
    _spread(w, project, row, plan)
    if before is None:
        w.record(PlanMade(project.id, row.number, row.permit_on, row.lawful_start_on))
    elif moved:
        w.record(PlanChanged(project.id, row.number, row.permit_on, row.lawful_start_on, moved))
    return row


def _rests_on(plan: Plan) -> tuple[int, date, str]:
    """What a version was made from: with the same of all three, another would say the same."""
    return plan.revision, plan.as_of, plan.calendar_digest


def _row(w: Work, project: Project, plan: ProjectPlan, cause: str, calendar_digest: str, body: str) -> Plan:
    last = w.session.scalar(select(func.max(Plan.number)).where(Plan.project_id == project.id)) or 0
    holding = holding_step(plan)
    return Plan(
        project_id=project.id,
        number=last + 1,
        revision=project.revision,
        as_of=clock.today(),
        made_at=clock.now(),
        cause=cause,
        permit_on=plan.permit_on,
        lawful_start_on=plan.lawful_start_on,
        workdays_to_permit=plan.workdays_to_permit,
        serial_workdays=serial_workdays(plan),
        is_provisional=plan.is_provisional,
        calendar_digest=calendar_digest,
        holding=holding,
        holding_finish_on=plan.step(holding).finish_on if holding else None,
        body=body,
    )


def _spread(w: Work, project: Project, row: Plan, plan: ProjectPlan) -> None:
    on_way = steps_to_permit(plan)
    w.session.execute(delete(PlannedStep).where(PlannedStep.project_id == project.id))
    rows = [
        {
            "plan_id": row.id,
            "project_id": project.id,
            "code": step.code,
            "department": step.department,
            "stage": step.stage,
            "start_on": step.start_on,
            "accept_on": step.accept_on,
            "finish_on": step.finish_on,
            "total_float": step.total_float,
            "is_critical": step.critical,
            "is_on_way": step.code in on_way,
            "is_done": step.actual is not None and step.actual.finished_on is not None,
        }
        for step in plan.steps
    ]
    w.session.execute(insert(PlannedStep), rows)
