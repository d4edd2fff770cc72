"""Questions asked of cases: their journal, the stops of their clocks, the extensions of their limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow, ExtensionRow, StopRow
from approvals.models.step import Step
from approvals.rules.case import Case
from approvals.rules.extensions import Extension
from approvals.rules.journal import Line
from approvals.rules.progress import Move
from approvals.rules.stops import ClockStop
from approvals.rules.ways import RUNNING, UNANSWERED

Fact = TypeVar("Fact")


def stops(session: Session, step_ids: Collection[int]) -> dict[int, tuple[ClockStop, ...]]:
    """The stops of the present attempt of each step that has any, in the order they were recorded.

    Shape: step → stops; those taken back are left out.
    """
    present = _stops_of(step_ids).join(Step, (Step.id == StopRow.step_id) & (Step.attempt == StopRow.attempt))
    return _by_step((row.step_id, row.facts()) for row in session.scalars(present))


def stops_ever(session: Session, step_ids: Collection[int]) -> dict[int, tuple[ClockStop, ...]]:
    """The stops of every attempt of each step that has any. Shape: as ``stops``."""
    return _by_step((row.step_id, row.facts()) for row in session.scalars(_stops_of(step_ids)))


def extensions(session: Session, step_ids: Collection[int]) -> dict[int, tuple[Extension, ...]]:
    """The extensions of the present attempt of each step that has any. Shape: as ``stops``."""
    rows = session.scalars(
        select(ExtensionRow)
        .join(Step, (Step.id == ExtensionRow.step_id) & (Step.attempt == ExtensionRow.attempt))
        .where(ExtensionRow.step_id.in_(step_ids), ExtensionRow.is_void.is_(False))
        .order_by(ExtensionRow.id)
    )
    return _by_step((row.step_id, row.facts()) for row in rows)


def journal(
    session: Session, step_id: int | None = None, *, project_id: int | None = None
) -> tuple[Line, ...]:
    """The moves of one step, or of all steps of a project, the oldest first; taken back ones included.

    Shape: ``undoes`` is a line's place in its own step's journal.
    """
    asked = select(CaseMoveRow).order_by(CaseMoveRow.id)
    if step_id is not None:
        asked = asked.where(CaseMoveRow.step_id == step_id)
    if project_id is not None:
        asked = asked.where(CaseMoveRow.project_id == project_id)
    places: dict[int, int] = {}
    counted: dict[int, int] = defaultdict(int)
    lines: list[Line] = []
    for row in session.scalars(asked):
        counted[row.step_id] += 1
        places[row.id] = counted[row.step_id]
        lines.append(row.facts(places[row.id], places.get(row.undoes) if row.undoes else None))
    return tuple(lines)


def overdue_stops(session: Session, today: date) -> dict[int, tuple[ClockStop, ...]]:
    """The stops past their planned end, by step.

    Source: CL-6, each raises a card of its own.
    """
    rows = session.scalars(
        select(StopRow)
        .where(
            StopRow.last_on.is_(None),
            StopRow.is_void.is_(False),
            StopRow.planned_last_on < today,
        )
        .order_by(StopRow.id)
    )
    return _by_step((row.step_id, row.facts()) for row in rows)


def case_of(session: Session, step: Step) -> Case:
    """Everything the rules ask about one step, all its attempts included.

    Shape: three queries at the most.
    """
    lines = journal(session, step.id)
    moves = {line.move for line in lines}
    stopped: tuple[ClockStop, ...] = ()
    extended: tuple[Extension, ...] = ()
    if moves & {Move.STOP, Move.CORRECT}:
        stopped = stops_ever(session, [step.id]).get(step.id, ())
    if Move.EXTEND in moves:
        given = select(ExtensionRow).where(ExtensionRow.step_id == step.id, ExtensionRow.is_void.is_(False))
        extended = tuple(row.facts() for row in session.scalars(given.order_by(ExtensionRow.id)))
    return Case(
        state=step.state,
        attempt=step.attempt,
        preparing_since=step.preparing_since,
        received_on=step.received_on,
        accepted_on=step.accepted_on,
        finished_on=step.finished_on,
        ended_on=step.ended_on,
        promised_end_on=step.promised_end_on,
        statutory_end_on=step.statutory_end_on,
        stops=stopped,
        extensions=extended,
        lines=lines,
    )


def unanswered(session: Session) -> tuple[int, ...]:
    """The steps whose papers are all there and nobody has answered: received, or corrected before acceptance.

    Source: AC-2.
    """
    asked = select(Step.id).where(Step.state.in_(UNANSWERED), Step.accepted_on.is_(None)).order_by(Step.id)
    return tuple(session.scalars(asked))


def projects_without_ends(session: Session) -> tuple[int, ...]:
    """The projects with a running case without a promised end: it was recorded before ends were kept."""
    asked = (
        select(Step.project_id)
        .where(Step.state.in_(RUNNING), Step.accepted_on.is_not(None), Step.promised_end_on.is_(None))
        .distinct()
        .order_by(Step.project_id)
    )
    return tuple(session.scalars(asked))


def _stops_of(step_ids: Collection[int]) -> Select[tuple[StopRow]]:
    return (
        select(StopRow).where(StopRow.step_id.in_(step_ids), StopRow.is_void.is_(False)).order_by(StopRow.id)
    )


def _by_step(facts: Iterable[tuple[int, Fact]]) -> dict[int, tuple[Fact, ...]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for step_id, fact in facts:
        found[step_id].append(fact)
    return {step_id: tuple(of_step) for step_id, of_step in found.items()}
