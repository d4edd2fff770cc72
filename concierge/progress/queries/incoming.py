"""What came in by links: as its sender sees it again, and as the office's list of what waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from concierge.escalation.models.report import ReportRow
from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.outreach.models.visit import VisitRow
from concierge.progress.models.acts import IncomingRow, UploadRow
from concierge.progress.rules.acts import ActKind, IncomingState
from projects.models.project import Enterprise, Project, ProjectStatus

MOST_OWN = 30
PAGE_ROWS = 30


@dataclass(frozen=True, kw_only=True)
class OwnThing:
    """One thing a link brought, as its holder sees it again: nothing of the office's own is in it.

    Units: ``answer_by_on`` and ``wanted_on`` civil days.
    Shape: ``visitor`` is the officer who comes, ``number`` the number of a report; empty for none.
    """

    kind: ActKind
    words: str
    came_at: datetime
    state: IncomingState
    answer: str
    answer_by_on: date
    wanted_on: date | None
    begins: time | None
    material: str
    visitor: str = ""
    number: str = ""


def own_things(session: Session, link_id: int, kinds: Collection[ActKind]) -> list[OwnThing]:
    """What one link brought of these kinds, the latest first; one query."""
    rows = session.execute(
        select(IncomingRow, VisitRow.visitor, ReportRow.number)
        .outerjoin(VisitRow, _is_of(VisitRow.id, ActKind.PICK_UP, ActKind.VISIT) & (IncomingRow.place != ""))
        .outerjoin(ReportRow, _is_of(ReportRow.id, ActKind.PROBLEM))
        .where(IncomingRow.link_id == link_id, IncomingRow.kind.in_(kinds))
        .order_by(IncomingRow.id.desc())
        .limit(MOST_OWN)
    )
    return [_own(row, visitor, number) for row, visitor, number in rows]


def _is_of(column: InstrumentedAttribute[int], *kinds: ActKind) -> ColumnElement[bool]:
    return (column == IncomingRow.about_id) & IncomingRow.kind.in_(kinds)


def _own(row: IncomingRow, visitor: str | None, number: str | None) -> OwnThing:
    return OwnThing(
        kind=row.kind,
        words=row.words,
        came_at=row.came_at,
        state=row.state,
        answer=row.answer,
        answer_by_on=row.answer_by_on,
        wanted_on=row.wanted_on,
        begins=row.begins,
        material=row.material,
        visitor=visitor or "",
        number=number or "",
    )


@dataclass(frozen=True, kw_only=True)
class IncomingLine:
    """One thing of the inbox with its project and its enterprise; ``upload`` where pages came with it."""

    row: IncomingRow
    project: str
    project_code: str
    edition_id: int
    enterprise: str
    upload: UploadRow | None


def inbox(
    session: Session, reader: Actor, *, is_over: bool, page: int = 1
) -> tuple[Sequence[IncomingLine], int]:
    """A page of what came in for projects in a reader's charge, and how many there are; two queries.

    Shape: what waits comes with the first to be answered first; what is over with the latest first.
    """
    which = IncomingRow.state != IncomingState.NEW if is_over else IncomingRow.state == IncomingState.NEW
    asked = _lines().where(which, within(reader, IncomingRow.project_id))
    total = session.scalar(
        select(func.count(IncomingRow.id)).where(which, within(reader, IncomingRow.project_id))
    )
    order = (
        (IncomingRow.handled_at.desc(), IncomingRow.id.desc())
        if is_over
        else (IncomingRow.answer_by_on, IncomingRow.id)
    )
    rows = session.execute(asked.order_by(*order).limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS))
    return [_line(*row) for row in rows], total or 0


def incoming_of(session: Session, reader: Actor, incoming_id: int) -> IncomingLine:
    """One thing that came in. Raises: Missing, out of the reader's charge."""
    found = session.execute(_lines().where(IncomingRow.id == incoming_id)).one_or_none()
    if found is None:
        raise Missing
    scope.require(session, reader, found[0].project_id)
    return _line(*found)


def waiting_count(session: Session, reader: Actor) -> int:
    """How many things wait for the office in a reader's charge: the figure in the menu."""
    if reader.id is None:
        return 0
    asked = select(func.count(IncomingRow.id)).where(
        IncomingRow.state == IncomingState.NEW, within(reader, IncomingRow.project_id)
    )
    return session.scalar(asked) or 0


def waiting_in_charge(session: Session, reader: Actor) -> Sequence[tuple[IncomingRow, str]]:
    """What waits in a reader's projects under way, with their names, the first to be answered first."""
    asked = (
        select(IncomingRow, Project.name)
        .join(Project, Project.id == IncomingRow.project_id)
        .where(
            IncomingRow.state == IncomingState.NEW,
            Project.status == ProjectStatus.ACTIVE,
            within(reader, IncomingRow.project_id),
        )
        .order_by(IncomingRow.answer_by_on, IncomingRow.id)
    )
    return [(row, name) for row, name in session.execute(asked)]


def _lines() -> Select[tuple[IncomingRow, str, str, int, str, UploadRow]]:
    return (
        select(IncomingRow, Project.name, Project.code, Project.edition_id, Enterprise.name, UploadRow)
        .join(Project, Project.id == IncomingRow.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .outerjoin(UploadRow, UploadRow.incoming_id == IncomingRow.id)
    )


def _line(
    row: IncomingRow, project: str, code: str, edition_id: int, enterprise: str, upload: UploadRow | None
) -> IncomingLine:
    return IncomingLine(
        row=row,
        project=project,
        project_code=code,
        edition_id=edition_id,
        enterprise=enterprise,
        upload=upload,
    )
