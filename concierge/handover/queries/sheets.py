"""The handover sheets of projects, read from the rows of their steps, papers, meetings and reviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from json import loads

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from approvals.models.case import CaseMoveRow, StopRow
from approvals.models.deferral import DeferralRow
from approvals.models.joint_review import JointReviewRow
from approvals.models.paper import PaperVersionRow
from approvals.models.review import SittingItemRow, SittingRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.deferral_course import OPEN
from approvals.rules.joint_reviews import ReviewState
from approvals.rules.lifecycle import StopKind
from approvals.rules.sittings import SittingState
from concierge.handover.rules.sheet import Deed, LineKind, Note, ProjectSheet, SheetLine, Sheets
from concierge.kernel import clock
from concierge.kernel.audit import AuditLine
from projects.models.project import PlannedStep, Project

MOST_NOTES = 8


def sheets(session: Session, project_ids: Collection[int], today: date) -> Sheets:
    """The sheets of these projects as they stand; nine queries, whatever the number of projects and steps.

    Source: AB-4.
    """
    asked = select(Project).where(Project.id.in_(project_ids)).options(joinedload(Project.enterprise))
    projects = session.scalars(asked.order_by(Project.id)).all()
    catalogues = {row.id: catalogue_queries.catalogue(row.edition_id, session) for row in projects}
    lines: dict[int, list[SheetLine]] = defaultdict(list)
    for read in (_steps, _deferrals, _sittings, _reviews):
        for project_id, line in read(session, catalogues, today):
            lines[project_id].append(line)
    notes, held = _notes(session, catalogues), _held(session, catalogues)
    return Sheets(
        projects=tuple(
            ProjectSheet(
                project_id=row.id,
                code=row.code,
                name=row.name,
                enterprise=row.enterprise.name,
                contact=row.enterprise.contact or "",
                phone=row.enterprise.phone or "",
                lines=tuple(lines[row.id]),
                notes=tuple(notes.get(row.id, ())),
                papers_held=held.get(row.id, 0),
            )
            for row in projects
        )
    )


def deeds(
    session: Session, project_ids: Collection[int], person_id: int, since: datetime, until: datetime
) -> list[tuple[int, Deed]]:
    """What one person recorded on steps of projects between two moments, the earliest first.

    Source: AB-6.
    """
    rows = session.execute(
        select(CaseMoveRow, Step.code, Project.edition_id)
        .join(Step, Step.id == CaseMoveRow.step_id)
        .join(Project, Project.id == CaseMoveRow.project_id)
        .where(
            CaseMoveRow.project_id.in_(project_ids),
            CaseMoveRow.actor_id == person_id,
            CaseMoveRow.at >= since,
            CaseMoveRow.at < until,
        )
        .order_by(CaseMoveRow.id)
    )
    found = []
    for row, code, edition_id in rows:
        matter = catalogue_queries.catalogue(edition_id, session).matter_of.get(code)
        found.append(
            (
                row.project_id,
                Deed(
                    at=clock.local(row.at).isoformat(),
                    by=row.actor,
                    act=row.state.value,
                    name_zh=matter.name_zh if matter else code,
                    name_en=matter.name_en if matter else code,
                ),
            )
        )
    return found


def _line(
    catalogue: Catalogue,
    code: str,
    kind: LineKind,
    due_on: date | None,
    *,
    number: str = "",
    detail: str = "",
) -> SheetLine:
    matter = catalogue.matter_of.get(code)
    department = catalogue.department_of.get(matter.lead_department) if matter else None
    return SheetLine(
        kind=kind,
        number=number,
        name_zh=matter.name_zh if matter else code,
        name_en=matter.name_en if matter else code,
        department_zh=department.name_zh if department else "",
        department_en=department.name_en if department else "",
        due_on=due_on,
        detail=detail,
    )


def _steps(
    session: Session, catalogues: dict[int, Catalogue], today: date
) -> Iterable[tuple[int, SheetLine]]:
    """Steps with a department, those to be corrected, and those the plan has filed next."""
    correction = and_(
        StopRow.step_id == Step.id,
        StopRow.kind == StopKind.CORRECTION,
        StopRow.last_on.is_(None),
        StopRow.is_void.is_(False),
    )
    planned = and_(PlannedStep.project_id == Step.project_id, PlannedStep.code == Step.code)
    rows = session.execute(
        select(
            Step,
            func.max(StopRow.planned_last_on),
            func.min(PlannedStep.accept_on),
            func.min(PlannedStep.finish_on),
        )
        .outerjoin(StopRow, correction)
        .outerjoin(PlannedStep, planned)
        .where(Step.project_id.in_(catalogues), Step.finished_on.is_(None), Step.ended_on.is_(None))
        .group_by(Step.id)
        .order_by(Step.project_id, Step.id)
    )
    for step, correct_by, accept_on, finish_on in rows:
        catalogue = catalogues[step.project_id]
        if correct_by is not None:
            kind, due_on = LineKind.CORRECTION, correct_by
        elif step.received_on or step.accepted_on:
            kind, due_on = LineKind.STEP, step.promised_end_on or step.statutory_end_on or finish_on
        elif accept_on is not None:
            kind, due_on = LineKind.START, max(accept_on, today)
        else:
            continue
        yield step.project_id, _line(catalogue, step.code, kind, due_on, number=step.number)


def _deferrals(
    session: Session, catalogues: dict[int, Catalogue], _today: date
) -> Iterable[tuple[int, SheetLine]]:
    rows = session.execute(
        select(DeferralRow, Step.code)
        .join(Step, Step.id == DeferralRow.step_id)
        .where(DeferralRow.project_id.in_(catalogues), DeferralRow.state.in_(OPEN))
        .order_by(DeferralRow.due_on, DeferralRow.id)
    )
    for row, code in rows:
        catalogue = catalogues[row.project_id]
        material = next((one for one in catalogue.materials if one.code == row.material), None)
        department = _line(catalogue, code, LineKind.DEFERRAL, row.due_on)
        yield (
            row.project_id,
            SheetLine(
                kind=LineKind.DEFERRAL,
                number=row.number,
                name_zh=material.name_zh if material else row.material,
                name_en=material.name_en if material else row.material,
                department_zh=department.department_zh,
                department_en=department.department_en,
                due_on=row.due_on,
                detail=row.signed_by,
            ),
        )


def _sittings(
    session: Session, catalogues: dict[int, Catalogue], today: date
) -> Iterable[tuple[int, SheetLine]]:
    rows = session.execute(
        select(SittingItemRow.project_id, SittingItemRow.code, SittingRow.on, SittingRow.begins_at)
        .join(SittingRow, SittingRow.id == SittingItemRow.sitting_id)
        .where(
            SittingItemRow.project_id.in_(catalogues),
            SittingRow.state == SittingState.ANNOUNCED,
            SittingRow.on >= today,
        )
        .order_by(SittingRow.on, SittingRow.id)
    )
    for project_id, code, on, begins_at in rows:
        line = _line(catalogues[project_id], code, LineKind.SITTING, on, detail=f"{begins_at:%H:%M}")
        yield project_id, line


def _reviews(
    session: Session, catalogues: dict[int, Catalogue], _today: date
) -> Iterable[tuple[int, SheetLine]]:
    open_ones = or_(
        JointReviewRow.state == ReviewState.GATHERING,
        and_(JointReviewRow.answered_on.is_(None), JointReviewRow.cancelled_on.is_(None)),
    )
    rows = session.execute(
        select(
            JointReviewRow.project_id,
            JointReviewRow.steps,
            JointReviewRow.opinions_due_on,
            JointReviewRow.subject,
        )
        .where(JointReviewRow.project_id.in_(catalogues), open_ones)
        .order_by(JointReviewRow.opinions_due_on)
    )
    for project_id, steps, due_on, subject in rows:
        code = steps.split(",")[0].strip()
        yield project_id, _line(catalogues[project_id], code, LineKind.REVIEW, due_on, detail=subject)


def _notes(session: Session, catalogues: dict[int, Catalogue]) -> dict[int, list[Note]]:
    """The latest notes beside steps, the newest first: often what was promised on the telephone."""
    rows = session.execute(
        select(AuditLine.project_id, AuditLine.at, AuditLine.actor, AuditLine.facts)
        .where(AuditLine.project_id.in_(catalogues), AuditLine.act == "StepNoted")
        .order_by(AuditLine.id.desc())
        .limit(MOST_NOTES * max(len(catalogues), 1))
    )
    found: dict[int, list[Note]] = defaultdict(list)
    for project_id, at, by, facts in rows:
        if project_id is not None and len(found[project_id]) < MOST_NOTES:
            text = str(loads(facts).get("text", ""))
            found[project_id].append(Note(on=clock.local(at).date(), by=by, text=text))
    return found


def _held(session: Session, catalogues: dict[int, Catalogue]) -> Counter[int]:
    rows = session.execute(
        select(PaperVersionRow.project_id, func.count(PaperVersionRow.material.distinct()))
        .where(PaperVersionRow.project_id.in_(catalogues), PaperVersionRow.withdrawn_at.is_(None))
        .group_by(PaperVersionRow.project_id)
    )
    return Counter(dict(rows.tuples().all()))
