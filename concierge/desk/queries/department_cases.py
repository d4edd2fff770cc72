"""The cases of one department across projects: to be confirmed, in progress, and closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StepState
from concierge.desk.queries.inbox import Place
from documents.models.package import PackageRow
from projects.models.project import Enterprise, Project, ProjectStatus

WITH_THE_DEPARTMENT = (
    StepState.RECEIVED,
    StepState.ACCEPTED,
    StepState.CORRECTING,
    StepState.CORRECTED,
    StepState.WORKING,
    StepState.IN_PROCEDURE,
    StepState.PROCEDURE_OVER,
)
MOST_CLOSED = 30


@dataclass(frozen=True, kw_only=True)
class DepartmentCase:
    """One case of a department.

    Units: civil days; ``due_on`` is the promised end as it stands, ``ended_on`` when it was closed.
    Shape: ``package`` is the number of the package that stands for it, empty for none.
    """

    step_id: int
    project_code: str
    project_name: str
    enterprise: str
    number: str
    code: str
    name_zh: str
    name_en: str
    state: StepState
    version: int
    accepted_on: date | None
    due_on: date | None
    ended_on: date | None
    place: Place
    package: str


def open_cases(session: Session, department: str) -> tuple[DepartmentCase, ...]:
    """The cases with a department and the packages it has not confirmed, the one due first in front.

    Shape: one query besides the catalogues of the editions.
    """
    is_sent = and_(PackageRow.id.is_not(None), PackageRow.received_on.is_(None))
    asked = _cases(department).where(
        Project.status == ProjectStatus.ACTIVE,
        ~_is_over(),
        or_(Step.state.in_(WITH_THE_DEPARTMENT), is_sent),
    )
    found = _read(session, session.execute(asked).all())
    return tuple(sorted(found, key=lambda case: (case.due_on or date.max, case.project_code, case.number)))


def closed_cases(session: Session, department: str) -> tuple[DepartmentCase, ...]:
    """The cases a department closed last, the newest first, ``MOST_CLOSED`` at the most. One query."""
    ended_on = func.coalesce(Step.finished_on, Step.ended_on)
    asked = _cases(department).where(_is_over()).order_by(ended_on.desc(), Step.id.desc())
    return tuple(_read(session, session.execute(asked.limit(MOST_CLOSED)).all()))


def _is_over() -> ColumnElement[bool]:
    return or_(Step.finished_on.is_not(None), Step.ended_on.is_not(None))


def _cases(department: str) -> Select[Any]:
    stands = and_(
        PackageRow.step_id == Step.id,
        PackageRow.attempt == Step.attempt,
        PackageRow.department == Step.department,
        PackageRow.replaced_at.is_(None),
    )
    return (
        select(Step, Project, Enterprise.name, PackageRow.number, PackageRow.received_on)
        .join(Project, Project.id == Step.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .outerjoin(PackageRow, stands)
        .where(Step.department == department)
    )


def _read(session: Session, rows: Sequence[Row[Any]]) -> Iterator[DepartmentCase]:
    for step, project, enterprise, package, received_on in rows:
        matter = catalogue_queries.catalogue(project.edition_id, session).matter(step.code)
        ended_on = step.finished_on or step.ended_on
        is_waiting = package is not None and received_on is None
        open_place = Place.WAITING if is_waiting else Place.RUNNING
        yield DepartmentCase(
            step_id=step.id,
            project_code=project.code,
            project_name=project.name,
            enterprise=enterprise,
            number=step.number,
            code=step.code,
            name_zh=matter.spoken("zh"),
            name_en=matter.spoken("en"),
            state=step.state,
            version=step.version,
            accepted_on=step.accepted_on,
            due_on=step.promised_end_on,
            ended_on=ended_on,
            place=open_place if ended_on is None else Place.ANSWERED,
            package=package or "",
        )


def answerable(cases: Iterable[DepartmentCase]) -> Iterator[DepartmentCase]:
    """Those a list can answer: what was handed in and is with the department."""
    return (case for case in cases if case.state in WITH_THE_DEPARTMENT)
