"""Read everything a plan of all projects is made from, and let go of the database."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from projects.models.portfolio import PortfolioPlan, PortfolioState
from projects.models.project import Plan, Project, ProjectStatus
from projects.queries.county import county, live_projects
from projects.rules.portfolio_days import Summary, read_summary
from projects.rules.portfolio_search import Inputs
from projects.rules.portfolio_worth import Told


def portfolio_inputs(session: Session, today: date) -> Inputs:
    """The live projects, the county's limits, and the days that are told now."""
    published = catalogue_queries.latest_catalogue(session)
    return Inputs(
        county=county(session, today),
        projects=live_projects(session, today),
        today=today,
        told=_told(session),
        matters={matter.code: matter.label for matter in published.matters} if published else {},
    )


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
