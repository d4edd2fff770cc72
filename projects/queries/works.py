"""How a project stands between its construction permit and its works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import PERMIT, START
from approvals.rules.validity import lapses_on, read_validity
from approvals.rules.works import StartExtension, WorksStop, last_day_to_begin
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from projects.models.project import Project, ProjectStatus
from projects.models.works import StartExtensionRow, WorksStopRow


@dataclass(frozen=True, kw_only=True)
class Works:
    """The permit and the works of one project.

    Units: civil days. Shape: ``permit_on`` and ``last_on`` are None without a permit; ``stops`` the last
        first, with the reason each was given.
    """

    permit_on: date | None
    began_on: date | None
    last_on: date | None
    extensions: tuple[StartExtension, ...]
    stops: tuple[tuple[WorksStop, str], ...]


def works_of(session: Session, project: Project) -> Works:
    """Read them; three queries."""
    asked = select(Step.code, Step.finished_on).where(
        Step.project_id == project.id, Step.code.in_((PERMIT, START))
    )
    done: dict[str, date | None] = dict(session.execute(asked).tuples().all())
    extensions = extensions_of(session, project.id)
    permit_on = done.get(PERMIT)
    stops = session.scalars(
        select(WorksStopRow).where(WorksStopRow.project_id == project.id).order_by(WorksStopRow.id.desc())
    )
    return Works(
        permit_on=permit_on,
        began_on=done.get(START),
        last_on=_last_on(session, project.edition_id, permit_on, extensions),
        extensions=extensions,
        stops=tuple((row.facts(), row.reason) for row in stops),
    )


def extensions_of(session: Session, project_id: int) -> tuple[StartExtension, ...]:
    """The times the beginning was put off, in order; one query."""
    rows = session.scalars(
        select(StartExtensionRow)
        .where(StartExtensionRow.project_id == project_id)
        .order_by(StartExtensionRow.number)
    )
    return tuple(row.facts() for row in rows)


def extended_until(session: Session, project_ids: Iterable[int]) -> dict[int, date]:
    """The last day to begin of the projects whose beginning was put off; one query."""
    asked = (
        select(StartExtensionRow.project_id, func.max(StartExtensionRow.until_on))
        .where(StartExtensionRow.project_id.in_(set(project_ids)))
        .group_by(StartExtensionRow.project_id)
    )
    return dict(session.execute(asked).tuples().all())


def standing_works(session: Session, reader: Actor) -> list[tuple[WorksStop, int, str]]:
    """The works that stand still in the reader's active projects, with project number and name; one query."""
    asked = (
        select(WorksStopRow, Project.id, Project.name)
        .join(Project, Project.id == WorksStopRow.project_id)
        .where(
            within(reader, Project.id),
            Project.status == ProjectStatus.ACTIVE,
            WorksStopRow.resumed_on.is_(None),
        )
        .order_by(WorksStopRow.stopped_on, Project.id)
    )
    return [(row.facts(), project_id, name) for row, project_id, name in session.execute(asked)]


def _last_on(
    session: Session, edition_id: int, permit_on: date | None, extensions: tuple[StartExtension, ...]
) -> date | None:
    matter = catalogue_queries.catalogue(edition_id, session).matter_of.get(PERMIT)
    validity = read_validity(matter.result_validity) if matter is not None else None
    if permit_on is None or validity is None:
        return None
    by_permit_on = lapses_on(validity, permit_on)
    return None if by_permit_on is None else last_day_to_begin(by_permit_on, extensions)
