"""What is recorded of the days of a project's steps, read for the question where they went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow, StopRow
from approvals.models.step import Step
from approvals.rules.catalogue import PERMIT, START
from approvals.rules.lifecycle import StepState
from projects.queries.project_file import ProjectFile
from projects.rules.day_split import Awaited, CaseRecord, Pause, ProjectDays, Turn, project_days
from projects.rules.plan_body import holding_step
from projects.rules.progress import OWNERS
from projects.rules.project_plan import ProjectPlan


def days_of_project(session: Session, file: ProjectFile, *, today: date) -> ProjectDays | None:
    """Where the days of a project went so far, in two queries; None where it has no plan on a calendar.

    Units: civil days, from the project's first day to its headline's result, or to today without one.
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
        until=given_on or max(today, file.project.start_on),
        calendar=plan.calendar,
    )


def case_records(session: Session, steps: Sequence[Step]) -> dict[str, CaseRecord]:
    """What is recorded of these steps of one project, by their codes, in two queries."""
    ids = [step.id for step in steps]
    turns, pauses = _turns(session, ids), _pauses(session, ids)
    return {
        step.code: CaseRecord(
            code=step.code,
            is_owners=step.department in OWNERS,
            turns=turns.get(step.id) or _turns_of_days(step),
            pauses=pauses.get(step.id, ()),
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


def _turns(session: Session, step_ids: Collection[int]) -> dict[int, tuple[Turn, ...]]:
    """The states the steps came to, by the journal, without what was taken back."""
    rows = session.execute(
        select(CaseMoveRow.id, CaseMoveRow.step_id, CaseMoveRow.on, CaseMoveRow.state, CaseMoveRow.undoes)
        .where(CaseMoveRow.step_id.in_(step_ids))
        .order_by(CaseMoveRow.id)
    ).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    found: dict[int, list[Turn]] = defaultdict(list)
    for row in rows:
        if row.undoes is None and row.id not in undone:
            found[row.step_id].append(Turn(row.on, row.state))
    return {step_id: tuple(_by_day(turns)) for step_id, turns in found.items()}


def _pauses(session: Session, step_ids: Collection[int]) -> dict[int, tuple[Pause, ...]]:
    rows = session.execute(
        select(StopRow.step_id, StopRow.first_on, StopRow.last_on, StopRow.kind)
        .where(StopRow.step_id.in_(step_ids), StopRow.is_void.is_(False))
        .order_by(StopRow.first_on, StopRow.id)
    )
    found: dict[int, list[Pause]] = defaultdict(list)
    for step_id, first_on, last_on, kind in rows:
        found[step_id].append(Pause(first_on, last_on, kind))
    return {step_id: tuple(pauses) for step_id, pauses in found.items()}


def _by_day(turns: Iterable[Turn]) -> list[Turn]:
    return sorted(turns, key=lambda turn: turn.on)


def _turns_of_days(step: Step) -> tuple[Turn, ...]:
    """The states of a step whose moves were recorded before there was a journal, by its days."""
    days = (
        (step.preparing_since, StepState.PREPARING),
        (step.received_on, StepState.RECEIVED),
        (step.accepted_on, StepState.ACCEPTED),
        (step.finished_on, StepState.PASSED),
    )
    return tuple(_by_day(Turn(on, state) for on, state in days if on is not None))
