"""What is recorded of the days of a project's steps, read for the question where they went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries.cases import journal, stops_ever
from approvals.rules.catalogue import PERMIT, START
from approvals.rules.journal import Line, standing_lines
from projects.queries.project_file import ProjectFile
from projects.rules.day_split import Awaited, CaseRecord, ProjectDays, project_days
from projects.rules.plan_body import holding_step
from projects.rules.progress import OWNERS
from projects.rules.project_plan import ProjectPlan


def days_of_project(session: Session, file: ProjectFile, *, today: date) -> ProjectDays | None:
    """Where the days of a project went so far, in two queries; None where it has no plan on a calendar.

    Units: civil days, to its headline's result; without one to the project's end, or to today.
    """
    plan = file.plan
    last = _last(plan)
    if plan.calendar is None or last is None:
        return None
    records = case_records(session, file.steps)
    given_on = records[last].finished_on
    return project_days(
        records,
        _awaited(plan),
        last,
        start_on=file.project.start_on,
        until=given_on or max(file.project.ended_on or today, file.project.start_on),
        calendar=plan.calendar,
    )


def case_records(session: Session, steps: Sequence[Step]) -> dict[str, CaseRecord]:
    """What is recorded of these steps of one project, by their codes, in two queries."""
    lines = _lines(session, steps[0].project_id) if steps else {}
    stops = stops_ever(session, [step.id for step in steps])
    return {
        step.code: CaseRecord(
            code=step.code,
            is_owners=step.department in OWNERS,
            lines=lines.get(step.id, ()),
            stops=stops.get(step.id, ()),
            finished_on=step.finished_on,
            own_end_on=step.promised_end_on,
        )
        for step in steps
    }


def _last(plan: ProjectPlan) -> str | None:
    """The step whose result ends the span: the headline's, or the one that holds it now."""
    there = {step.code for step in plan.steps}
    head = PERMIT if PERMIT in there else START if START in there else None
    if head is None:
        return None
    actual = plan.step(head).actual
    return head if actual is not None and actual.finished_on is not None else holding_step(plan) or head


def _awaited(plan: ProjectPlan) -> Mapping[str, Sequence[Awaited]]:
    found: dict[str, list[Awaited]] = defaultdict(list)
    for edge in plan.edges:
        if edge.gate != "info":
            found[edge.successor].append(Awaited(edge.predecessor, edge.gate == "accept"))
    return found


def _lines(session: Session, project_id: int) -> dict[int, tuple[Line, ...]]:
    """The moves of each step that still count, by day."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in journal(session, project_id=project_id):
        found[line.step_id or 0].append(line)
    return {
        step_id: tuple(sorted(standing_lines(lines), key=lambda line: line.on))
        for step_id, lines in found.items()
    }
