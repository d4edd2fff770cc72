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
from approvals.rules.extensions import Extension
from approvals.rules.journal import Line
from approvals.rules.progress import Move
from approvals.rules.stops import ClockStop
from concierge.kernel.actor import Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing
from projects.queries.project_file import ProjectFile, project_file
from projects.rules.project_plan import PlannedStep
from projects.rules.terms import GatesMode
from projects.rules.waiting import waiting_for

MOST_LINES = 50


@dataclass(frozen=True, kw_only=True)
class StepFile:
    """One step as the office sees it now, with the project it belongs to.

    Shape: ``journal`` is every move of it, the oldest first, those taken back included; ``notes`` are what
        people wrote down beside it, the newest first.
    """

    file: ProjectFile
    row: Step
    journal: Sequence[Line]
    stops: Sequence[ClockStop]
    extensions: Sequence[Extension]
    log: Sequence[AuditLine]

    @property
    def planned(self) -> PlannedStep:
        """Its dates."""
        return self.file.plan.step(self.row.code)

    @cached_property
    def passed(self) -> frozenset[str]:
        """The steps of the project that have their result."""
        return frozenset(step.code for step in self.file.steps if step.finished_on is not None)

    def waits_for(self, move: Move) -> list[PlannedStep]:
        """The steps whose results this move needs and has not got."""
        plan = self.file.plan
        gates = GatesMode(self.file.project.gates)
        return [
            plan.step(code) for code in waiting_for(plan.expansion, gates, self.row.code, move, self.passed)
        ]


def step_file(session: Session, project_id: int, number: str, actor: Actor, *, today: date) -> StepFile:
    """The file of one step, by its number on the project's list.

    Shape: twelve queries at the most; the newest ``MOST_LINES`` of its log.
    Raises: Missing.
    """
    file = project_file(session, project_id, actor, today=today)
    row = next((step for step in file.steps if step.number == number), None)
    if row is None or file.plan.expansion.step(row.code) is None:
        raise Missing
    lines = session.execute(
        select(AuditLine)
        .where(
            AuditLine.project_id == project_id,
            AuditLine.act == "StepMoved",
            AuditLine.facts.contains(f'"code":"{row.code}"', autoescape=True),
        )
        .order_by(AuditLine.id.desc())
        .limit(MOST_LINES)
    )
    return StepFile(
        file=file,
        row=row,
        journal=cases.journal(session, row.id),
        stops=cases.stops(session, [row.id]).get(row.id, ()),
        extensions=cases.extensions(session, [row.id]).get(row.id, ()),
        log=lines.scalars().all(),
    )
