"""Questions asked of visits and of the problems heard there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import ColumnElement, Row, Select, or_, select, true
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.outreach.models.place import GridRow
from concierge.outreach.models.visit import ProblemRow, VisitRow
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.standing import VisitState
from projects.models.project import Project

MOST = 300
VISITORS = ("Concierge", "Chief", "Liaison")


def visitors(session: Session) -> list[User]:
    """Whoever may make a visit or look after what was heard: officers, chiefs and liaisons, by name."""
    asked = select(User).where(User.active, User.roles.any(Role.name.in_(VISITORS)))
    return list(session.scalars(asked.order_by(User.last_name, User.first_name, User.id)))


def visible(reader: Actor) -> ColumnElement[bool]:
    """The visits a reader may see: own ones, those of projects in scope, those of grids in charge."""
    if reader.is_system:
        return true()
    of_projects = VisitRow.project_id.is_not(None) & within(reader, VisitRow.project_id)
    grids = select(GridRow.id).where(in_charge(reader, GridRow.township_id))
    return or_(VisitRow.visitor_id == reader.id, of_projects, VisitRow.grid_id.in_(grids))


def _files() -> Select[Any]:
    return (
        select(VisitRow, Project.name, GridRow.name)
        .outerjoin(Project, Project.id == VisitRow.project_id)
        .outerjoin(GridRow, GridRow.id == VisitRow.grid_id)
    )


def visits(
    session: Session, reader: Actor, *, mine: bool, states: Sequence[VisitState] = ()
) -> list[Row[tuple[VisitRow, str | None, str | None]]]:
    """Visits with the names of their projects and grids: planned ones by day, then the latest."""
    asked = _files().where(VisitRow.visitor_id == reader.id if mine else visible(reader))
    if states:
        asked = asked.where(VisitRow.state.in_(states))
    order = VisitRow.planned_on if states == (VisitState.PLANNED,) else VisitRow.planned_on.desc()
    return list(session.execute(asked.order_by(order, VisitRow.planned_at, VisitRow.id).limit(MOST)))


def visit(session: Session, visit_id: int, reader: Actor) -> Row[tuple[VisitRow, str | None, str | None]]:
    """One visit. Raises: Missing, out of the reader's sight."""
    row = session.execute(_files().where(VisitRow.id == visit_id, visible(reader))).one_or_none()
    if row is None:
        raise Missing
    return row


def problems_of(session: Session, visit_id: int) -> list[ProblemRow]:
    """The problems heard on one visit."""
    return list(
        session.scalars(select(ProblemRow).where(ProblemRow.visit_id == visit_id).order_by(ProblemRow.id))
    )


def open_problems(session: Session, reader: Actor, *, mine: bool) -> list[Row[tuple[ProblemRow, VisitRow]]]:
    """The problems without an answer, those due first."""
    asked = (
        select(ProblemRow, VisitRow)
        .join(VisitRow, VisitRow.id == ProblemRow.visit_id)
        .where(ProblemRow.settled_on.is_(None))
        .where(
            ProblemRow.holder_id == reader.id
            if mine
            else or_(visible(reader), ProblemRow.holder_id == reader.id)
        )
    )
    return list(session.execute(asked.order_by(ProblemRow.due_on, ProblemRow.id).limit(MOST)))


def problem(session: Session, problem_id: int, reader: Actor) -> Row[tuple[ProblemRow, VisitRow]]:
    """One problem with its visit. Raises: Missing, when neither held nor in sight."""
    row = session.execute(
        select(ProblemRow, VisitRow)
        .join(VisitRow, VisitRow.id == ProblemRow.visit_id)
        .where(ProblemRow.id == problem_id, or_(ProblemRow.holder_id == reader.id, visible(reader)))
    ).one_or_none()
    if row is None:
        raise Missing
    return row


def planned_visits(session: Session, person_id: int, until: date) -> list[VisitRow]:
    """The visits somebody has planned until a day, by day and time."""
    asked = select(VisitRow).where(
        VisitRow.visitor_id == person_id, VisitRow.state == VisitState.PLANNED, VisitRow.planned_on <= until
    )
    return list(session.scalars(asked.order_by(VisitRow.planned_on, VisitRow.planned_at)))


def held_visit(session: Session, visit_id: int) -> Row[tuple[VisitRow, str | None, str | None]]:
    """One visit for whoever holds a problem heard there. Raises: Missing."""
    row = session.execute(_files().where(VisitRow.id == visit_id)).one_or_none()
    if row is None:
        raise Missing
    return row
