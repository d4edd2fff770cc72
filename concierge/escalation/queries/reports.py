"""Questions asked of reports: the open ones, the closed ones, one with its whole story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from concierge.escalation.models.report import (
    AssignmentRow,
    ReportActRow,
    ReportMeetingRow,
    ReportOpinionRow,
    ReportRow,
    StageRow,
)
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from projects.models.project import Project

PAGE_LENGTH = 20


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """One report in a list, with the levels it reached in this round."""

    report: ReportRow
    project: str
    stages: Sequence[StageRow] = ()


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """One page of reports."""

    lines: Sequence[ReportLine]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, kw_only=True)
class ReportFile:
    """One report with everything about it."""

    report: ReportRow
    project: Project | None
    step: Step | None
    stages: Sequence[StageRow]
    acts: Sequence[ReportActRow]
    opinions: Sequence[ReportOpinionRow]
    meetings: Sequence[ReportMeetingRow]
    assignments: Sequence[AssignmentRow] = field(default=())

    @property
    def current(self) -> StageRow:
        """The level it stands at, or stood at when it was closed."""
        return self.stages[-1]

    @property
    def departments(self) -> int:
        """How many departments it concerns: the one it is about, and all that spoke."""
        return len({self.report.department, *(one.department for one in self.opinions)})


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Which reports somebody may see: of the projects in sight, and those he or she wrote or owns."""
    seen = within(actor, ReportRow.project_id)
    if actor.is_system:
        return seen
    return or_(seen, ReportRow.registered_by_id == actor.id, ReportRow.owner_id == actor.id)


def counts(session: Session, actor: Actor) -> tuple[int, int]:
    """How many reports in sight are open, and how many closed."""
    asked = (
        select(func.count(), func.count(ReportRow.closed_at)).select_from(ReportRow).where(in_sight(actor))
    )
    every, closed = session.execute(asked).one()
    return every - closed, closed


def open_count(session: Session, actor: Actor) -> int:
    """How many reports in sight are open."""
    return counts(session, actor)[0]


def report_page(session: Session, actor: Actor, *, is_closed: bool, page: int) -> ReportPage:
    """A page of reports, the open ones by what rises first, the closed ones newest first; three queries."""
    state = ReportRow.closed_at.is_not(None) if is_closed else ReportRow.closed_at.is_(None)
    where = (in_sight(actor), state)
    total = session.scalar(select(func.count()).select_from(ReportRow).where(*where)) or 0
    pages = max(1, -(-total // PAGE_LENGTH))
    page = min(page, pages)
    order = (
        (ReportRow.closed_at.desc(),)
        if is_closed
        else (ReportRow.due_on, ReportRow.level_due_at, ReportRow.id)
    )
    rows = session.execute(
        select(ReportRow, Project.name)
        .outerjoin(Project, Project.id == ReportRow.project_id)
        .where(*where)
        .order_by(*order)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    ).all()
    stages = stages_of(session, [report.id for report, _ in rows])
    lines = [
        ReportLine(report=report, project=name or "", stages=stages.get(report.id, ()))
        for report, name in rows
    ]
    return ReportPage(lines=lines, page=page, pages=pages, total=total)


def stages_of(session: Session, report_ids: Collection[int]) -> dict[int, list[StageRow]]:
    """The levels each of these reports reached, in order."""
    found: dict[int, list[StageRow]] = defaultdict(list)
    asked = select(StageRow).where(StageRow.report_id.in_(report_ids)).order_by(StageRow.id)
    for row in session.scalars(asked):
        found[row.report_id].append(row)
    return dict(found)


def current_stage(session: Session, report_id: int) -> StageRow:
    """The level a report stands at. Raises: Missing."""
    asked = select(StageRow).where(StageRow.report_id == report_id).order_by(StageRow.id.desc()).limit(1)
    row = session.scalar(asked)
    if row is None:
        raise Missing
    return row


def report_file(session: Session, report_id: int, actor: Actor) -> ReportFile:
    """One report with its whole story; six queries. Raises: Missing, when it is out of sight."""
    row = session.execute(
        select(ReportRow, Project, Step)
        .outerjoin(Project, Project.id == ReportRow.project_id)
        .outerjoin(Step, Step.id == ReportRow.step_id)
        .where(ReportRow.id == report_id, in_sight(actor))
    ).first()
    if row is None:
        raise Missing
    report, project, step = row
    acts = select(ReportActRow).where(ReportActRow.report_id == report_id).order_by(ReportActRow.id.desc())
    return ReportFile(
        report=report,
        project=project,
        step=step,
        stages=stages_of(session, [report_id])[report_id],
        acts=session.scalars(acts).all(),
        opinions=opinions_of(session, report_id),
        meetings=meetings_of(session, report_id),
        assignments=assignments_of(session, report_id),
    )


def opinions_of(session: Session, report_id: int) -> Sequence[ReportOpinionRow]:
    """What the departments say about a report."""
    asked = select(ReportOpinionRow).where(ReportOpinionRow.report_id == report_id)
    return session.scalars(asked.order_by(ReportOpinionRow.id)).all()


def meetings_of(session: Session, report_id: int) -> Sequence[ReportMeetingRow]:
    """The meetings and appointments of a report, the earliest first."""
    asked = select(ReportMeetingRow).where(ReportMeetingRow.report_id == report_id)
    return session.scalars(asked.order_by(ReportMeetingRow.at, ReportMeetingRow.id)).all()


def assignments_of(session: Session, report_id: int) -> Sequence[AssignmentRow]:
    """The assignment orders of a report."""
    asked = select(AssignmentRow).where(AssignmentRow.report_id == report_id)
    return session.scalars(asked.order_by(AssignmentRow.id)).all()


def assignment_file(session: Session, assignment_id: int, actor: Actor) -> tuple[AssignmentRow, ReportFile]:
    """One assignment order with its report. Raises: Missing, when it is out of sight."""
    row = session.get(AssignmentRow, assignment_id)
    if row is None:
        raise Missing
    return row, report_file(session, row.report_id, actor)


def due_to_rise(session: Session, now: datetime) -> list[int]:
    """The open reports whose level is over by now, the longest waiting first."""
    asked = select(ReportRow.id).where(ReportRow.closed_at.is_(None), ReportRow.level_due_at <= now)
    return list(session.scalars(asked.order_by(ReportRow.level_due_at, ReportRow.id)))


def open_of_project(session: Session, project_id: int) -> Sequence[ReportRow]:
    """The open reports of one project."""
    asked = select(ReportRow).where(ReportRow.project_id == project_id, ReportRow.closed_at.is_(None))
    return session.scalars(asked.order_by(ReportRow.id)).all()


def known_occasion(session: Session, occasion: str) -> ReportRow | None:
    """The report the platform made of something, if it has."""
    return session.scalar(select(ReportRow).where(ReportRow.occasion == occasion))


def open_of_step(session: Session, step_id: int) -> ReportRow | None:
    """The open report about a step, if there is one."""
    asked = select(ReportRow).where(ReportRow.step_id == step_id, ReportRow.closed_at.is_(None))
    return session.scalar(asked.order_by(ReportRow.id).limit(1))
