"""Complaints about approvals: those in sight, one with its place, what a period had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.supervision.models.complaint import ComplaintRow
from concierge.supervision.rules.complaints import ENDED, ComplaintFinding, complaint_due
from concierge.supervision.rules.reporting_period import ReportingPeriod
from projects.models.project import Project
from scheduler import WorkCalendar

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class ComplaintFile:
    """One complaint with the project and step it names, if it names any."""

    row: ComplaintRow
    project: Project | None
    step: Step | None


@dataclass(frozen=True, kw_only=True)
class ComplaintCount:
    """What a period had of complaints. Source: SV-8."""

    came: int
    decided: int
    decided_in_time: int
    answered: int
    answered_in_time: int
    founded: int


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """The complaints somebody may see: of their projects, and those that name none."""
    return or_(ComplaintRow.project_id.is_(None), within(actor, ComplaintRow.project_id))


def complaints(session: Session, actor: Actor) -> Sequence[ComplaintFile]:
    """The complaints in sight: those that wait by the day they are due, then the settled, newest first."""
    is_over = ComplaintRow.standing.in_(ENDED)
    asked = (
        _files()
        .where(in_sight(actor))
        .order_by(is_over, ComplaintRow.answered_on.desc(), ComplaintRow.due_on, ComplaintRow.id)
        .limit(MOST_SHOWN)
    )
    return [
        ComplaintFile(row=row, project=project, step=step) for row, project, step in session.execute(asked)
    ]


def complaint_file(session: Session, complaint_id: int, actor: Actor) -> ComplaintFile:
    """One complaint in sight. Raises: Missing."""
    found = session.execute(_files().where(ComplaintRow.id == complaint_id, in_sight(actor))).first()
    if found is None:
        raise Missing
    return ComplaintFile(row=found[0], project=found[1], step=found[2])


def open_count(session: Session, actor: Actor) -> int:
    """How many complaints in sight wait for a decision or an answer."""
    asked = select(func.count(ComplaintRow.id)).where(in_sight(actor), ComplaintRow.standing.not_in(ENDED))
    return session.scalar(asked) or 0


def last_complaint(session: Session, year: int) -> int:
    """The last number given in a year, 0 for none."""
    return session.scalar(select(func.max(ComplaintRow.serial)).where(ComplaintRow.year == year)) or 0


def count_complaints(session: Session, period: ReportingPeriod, calendar: WorkCalendar) -> ComplaintCount:
    """The complaints that came in a period, and what became of them since; one query.

    Source: SV-8.
    """
    rows = session.scalars(
        select(ComplaintRow).where(ComplaintRow.came_on.between(period.first, period.last))
    ).all()
    decided = [row for row in rows if row.decided_on is not None]
    answered = [row for row in rows if row.answered_on is not None]
    return ComplaintCount(
        came=len(rows),
        decided=len(decided),
        decided_in_time=sum(_in_time(row.decided_on, _decide_by(row, calendar)) for row in decided),
        answered=len(answered),
        answered_in_time=sum(_in_time(row.answered_on, row.due_on) for row in answered),
        founded=sum(row.finding in (ComplaintFinding.FOUNDED, ComplaintFinding.PARTLY) for row in answered),
    )


def is_open(row: ComplaintRow) -> bool:
    """Whether somebody still has to do something about it."""
    return row.standing not in ENDED


def _decide_by(row: ComplaintRow, calendar: WorkCalendar) -> date:
    return complaint_due(row.way, row.came_at, row.came_on, calendar).answer_on


def _in_time(done_on: date | None, due_on: date) -> bool:
    return done_on is not None and done_on <= due_on


def _files() -> Select[tuple[ComplaintRow, Project, Step]]:
    return (
        select(ComplaintRow, Project, Step)
        .outerjoin(Project, Project.id == ComplaintRow.project_id)
        .outerjoin(Step, Step.id == ComplaintRow.step_id)
    )
