"""Everything about one step of a project: its row, its dates, what it waits for, what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import cases
from approvals.queries.deferrals import bridged, owed
from approvals.rules.catalogue import Matter
from approvals.rules.deferral_course import Owed
from approvals.rules.extensions import Extension
from approvals.rules.journal import Line, standing_lines
from approvals.rules.progress import Move
from approvals.rules.stops import ClockStop
from concierge.kernel.actor import Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing
from projects.queries.project_file import ProjectFile, project_file
from projects.rules.expand import StepDraft
from projects.rules.project_plan import PlannedStep
from projects.rules.terms import GatesMode
from projects.rules.waiting import waiting_for

MOST_NOTES = 50


@dataclass(frozen=True, kw_only=True)
class StepFile:
    """One step as the office sees it now, with the project it belongs to.

    Shape: ``journal`` is every move of it, the oldest first, those taken back included; ``stops`` and
        ``extensions`` are those of this attempt; ``notes`` are what people wrote down beside it, the newest
        first; ``owed`` are its papers still to come; ``bridged`` are the project's waitings a granted
        deferral relaxed.
    """

    file: ProjectFile
    row: Step
    journal: Sequence[Line]
    stops: Sequence[ClockStop]
    extensions: Sequence[Extension]
    notes: Sequence[AuditLine]
    owed: Sequence[Owed]
    bridged: Sequence[tuple[str, str]]

    @property
    def planned(self) -> PlannedStep:
        """Its dates."""
        return self.file.plan.step(self.row.code)

    @cached_property
    def matter(self) -> Matter:
        """The matter of the project's own edition."""
        return self.file.catalogue.matter(self.row.code)

    @cached_property
    def draft(self) -> StepDraft:
        """The step as the project's facts put it on the list."""
        draft = self.file.plan.expansion.step(self.row.code)
        assert draft is not None  # noqa: S101  (the query has looked)
        return draft

    @property
    def is_open(self) -> bool:
        """Whether a result of it can still come."""
        return self.row.finished_on is None and not self.file.is_closed

    @cached_property
    def passed(self) -> frozenset[str]:
        """The steps of the project that have their result."""
        return frozenset(step.code for step in self.file.steps if step.finished_on is not None)

    @cached_property
    def told(self) -> Line | None:
        """The line that told the faults of this attempt; None while nobody did."""
        told = (
            line
            for line in standing_lines(self.journal)
            if line.move is Move.CORRECT and line.attempt == self.row.attempt
        )
        return next(told, None)

    def waits_for(self, move: Move) -> list[PlannedStep]:
        """The steps whose results this move needs and has not got."""
        plan = self.file.plan
        gates = GatesMode(self.file.project.gates)
        codes = waiting_for(plan.expansion, gates, self.row.code, move, self.passed, self.bridged)
        return [plan.step(code) for code in codes]


def step_file(session: Session, project_id: int, number: str, actor: Actor, *, today: date) -> StepFile:
    """The file of one step, by its number on the project's list.

    Shape: six queries on top of the project's own; the newest ``MOST_NOTES`` of its notes.
    Raises: Missing.
    """
    file = project_file(session, project_id, actor, today=today)
    row = next((step for step in file.steps if step.number == number), None)
    if row is None or file.plan.expansion.step(row.code) is None:
        raise Missing
    notes = session.execute(
        select(AuditLine)
        .where(
            AuditLine.project_id == project_id,
            AuditLine.act == "StepNoted",
            AuditLine.facts.contains(f'"code":"{row.code}"', autoescape=True),
        )
        .order_by(AuditLine.id.desc())
        .limit(MOST_NOTES)
    )
    return StepFile(
        file=file,
        row=row,
        journal=cases.journal(session, row.id),
        stops=cases.stops(session, [row.id]).get(row.id, ()),
        extensions=cases.extensions(session, [row.id]).get(row.id, ()),
        notes=notes.scalars().all(),
        owed=owed(session, row.id),
        bridged=bridged(session, project_id),
    )
