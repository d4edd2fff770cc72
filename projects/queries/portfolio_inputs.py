"""Read everything a plan of all projects is made from, and let go of the database."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from approvals.models.capacity import BenchChangeRow, BenchRow
from approvals.models.review import RoomRow, SittingRuleRow
from approvals.queries import catalogue as catalogue_queries
from concierge.staff.models import Absence
from projects.models.portfolio import PortfolioPlan, PortfolioState
from projects.models.project import Plan, Project, ProjectStatus
from projects.queries.county import county, live_projects
from projects.rules.portfolio_days import Summary, read_summary
from projects.rules.portfolio_search import Inputs
from projects.rules.portfolio_worth import Told

_LIMITS = (BenchRow, BenchChangeRow, RoomRow, SittingRuleRow)
_WORLD = union_all(
    *(select(func.count(), func.sum(row.version), func.max(row.id)) for row in _LIMITS),
    select(func.count(Absence.withdrawn_at), func.max(Absence.id), func.sum(Absence.id)),
)


def portfolio_inputs(session: Session, today: date) -> Inputs:
    """The live projects, the county's limits, and the days that are told now."""
    published = catalogue_queries.latest_catalogue(session)
    return Inputs(
        county=county(session, today),
        projects=live_projects(session, today),
        today=today,
        told=_told(session),
        world=world(session),
        matters={matter.code: matter.label for matter in published.matters} if published else {},
    )


def world(session: Session) -> str:
    """What a plan of all projects rests on beside its projects, as one mark: the calendar, the reviewers, the
    rooms, the rhythms of sittings, who is away. Another mark, and its days may not hold any more."""
    found = [catalogue_queries.year_tables(session).digest, *map(tuple, session.connection().execute(_WORLD))]
    return sha256(repr(found).encode()).hexdigest()


def _told(session: Session) -> dict[int, Told]:
    body = session.scalar(select(PortfolioPlan.summary).where(PortfolioPlan.state == PortfolioState.ADOPTED))
    stood = read_summary(body) if body else Summary()
    rows = session.execute(
        select(Project.id, Plan.permit_on, Plan.lawful_start_on)
        .join(Plan, Plan.id == Project.plan_id)
        .where(Project.status == ProjectStatus.ACTIVE)
    )
    found = {}
    for project_id, permit_on, start_on in rows:
        line = stood.line(project_id)
        found[project_id] = Told(permit_on, start_on, line.waits if line else ())
    return found
