"""Record one act on a step: its days and state, its journal line, its stops and extensions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from approvals.events.case import StepMoved
from approvals.models.case import CaseMoveRow, ExtensionRow, StopRow
from approvals.models.step import Step
from approvals.queries.cases import case_of
from approvals.rules.case import NOTHING_OWED, Case, CaseTerms, Outstanding, moved
from approvals.rules.journal import Line, standing_lines
from approvals.rules.progress import Act, Move
from approvals.services.follow_case import follow_case
from concierge.kernel import clock
from concierge.kernel.work import Work


def move_step(  # noqa: PLR0913  (an act, and what the rules ask about it)
    w: Work,
    step: Step,
    act: Act,
    of: CaseTerms,
    *,
    waiting: Sequence[str] = (),
    owed: Outstanding = NOTHING_OWED,
    today: date | None = None,
) -> Case:
    """Apply one act to a locked step; answers the case after it.

    Shape: ``waiting`` and ``owed`` are as people read them, for the sentence of a refusal.
    Raises: what ``approvals.rules.case.moved`` raises.
    Effects: tells ``StepMoved``; a result, an end, or the loss of one settles or opens again what was to come
        later.
    """
    before = case_of(w.session, step)
    after = moved(before, act, of, today=today or clock.today(), waiting=waiting, owed=owed)
    line = after.lines[-1]
    _keep_days(step, after)
    _keep_stops(w, step, before, after)
    _keep_extensions(w, step, before, after)
    _keep_line(w, step, line, before)
    undone = before.lines[line.undoes - 1].move.value if line.undoes else ""
    w.record(
        StepMoved(
            step_id=step.id,
            project_id=step.project_id,
            code=step.code,
            move=act.move.value,
            on=act.on,
            state=after.state.value,
            attempt=after.attempt,
            undone=undone,
        )
    )
    if (before.finished_on, before.ended_on) != (after.finished_on, after.ended_on):
        follow_case(w, step)
    return after


def _keep_days(step: Step, case: Case) -> None:
    step.state = case.state
    step.attempt = case.attempt
    step.preparing_since = case.preparing_since
    step.received_on = case.received_on
    step.accepted_on = case.accepted_on
    step.finished_on = case.finished_on
    step.ended_on = case.ended_on
    step.promised_end_on = case.promised_end_on
    step.statutory_end_on = case.statutory_end_on
    step.result_number = _result_number(case)


def _result_number(case: Case) -> str | None:
    """The number of the result that stands."""
    if case.finished_on is None:
        return None
    results = [line.paper for line in standing_lines(case.lines) if line.move is Move.PASS]
    return results[-1] or None


def _keep_line(w: Work, step: Step, line: Line, before: Case) -> None:
    w.add(
        CaseMoveRow(
            project_id=step.project_id,
            step_id=step.id,
            attempt=line.attempt,
            move=line.move.value,
            before=line.before,
            state=line.state,
            on=line.on,
            at=clock.now(),
            actor_id=w.by.id,
            actor=w.by.label,
            basis=line.basis,
            reason=line.reason,
            number=line.paper,
            decided_by=line.decided_by,
            promised_end_on=line.promised_end_on,
            statutory_end_on=line.statutory_end_on,
            undoes=before.lines[line.undoes - 1].id if line.undoes else None,
        )
    )


def _keep_stops(w: Work, step: Step, before: Case, after: Case) -> None:
    was = {stop.opened_by: stop for stop in before.stops}
    now = {stop.opened_by: stop for stop in after.stops}
    if was == now:
        return
    rows = w.session.scalars(select(StopRow).where(StopRow.step_id == step.id, StopRow.is_void.is_(False)))
    for row in rows:
        stop = now.get(row.opened_by)
        row.is_void = stop is None
        if stop is not None:
            row.last_on, row.closed_by = stop.last_on, stop.closed_by
    for number in now.keys() - was.keys():
        stop = now[number]
        w.add(
            StopRow(
                project_id=step.project_id,
                step_id=step.id,
                attempt=stop.attempt,
                kind=stop.kind,
                basis=stop.basis,
                reason=stop.reason,
                notice_number=stop.notice_number,
                decided_by=stop.decided_by,
                first_on=stop.first_on,
                planned_last_on=stop.planned_last_on,
                opened_by=stop.opened_by,
            )
        )


def _keep_extensions(w: Work, step: Step, before: Case, after: Case) -> None:
    was, now = set(before.extensions), set(after.extensions)
    if was == now:
        return
    kept = {one.granted_by for one in now}
    rows = w.session.scalars(
        select(ExtensionRow).where(ExtensionRow.step_id == step.id, ExtensionRow.is_void.is_(False))
    )
    for row in rows:
        row.is_void = row.granted_by not in kept
    for granted in now - was:
        w.add(
            ExtensionRow(
                project_id=step.project_id,
                step_id=step.id,
                attempt=granted.attempt,
                workdays=granted.workdays,
                on=granted.on,
                approved_by=granted.approved_by,
                basis=granted.basis,
                reason=granted.reason,
                granted_by=granted.granted_by,
            )
        )
