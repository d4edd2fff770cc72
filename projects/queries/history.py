"""The versions of a project's plan, and what moved between any two of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from projects.models.project import Plan, Project
from projects.queries.project_file import visible_project
from projects.rules.plan_body import read_body
from projects.rules.plan_change import PlanChange, plan_change

MOST_VERSIONS = 200


@dataclass(frozen=True, kw_only=True)
class History:
    """The versions of one project's plan, the newest first, without their bodies."""

    project: Project
    catalogue: Catalogue
    versions: Sequence[Plan]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two versions and what moved from the older to the newer."""

    old: Plan
    new: Plan
    change: PlanChange


def history(session: Session, project_id: int, actor: Actor) -> History:
    """The versions of a project in the actor's charge.

    Shape: three queries; the newest ``MOST_VERSIONS``.
    Raises: Missing.
    """
    project = visible_project(session, project_id, actor)
    columns = (
        Plan.number,
        Plan.as_of,
        Plan.made_at,
        Plan.cause,
        Plan.permit_on,
        Plan.lawful_start_on,
        Plan.is_provisional,
    )
    versions = session.scalars(
        select(Plan)
        .where(Plan.project_id == project.id)
        .options(load_only(*columns, raiseload=True))
        .order_by(Plan.number.desc())
        .limit(MOST_VERSIONS)
    ).all()
    catalogue = catalogue_queries.catalogue(project.edition_id, session)
    return History(project=project, catalogue=catalogue, versions=versions)


def compared(session: Session, project: Project, first: int, second: int) -> Compared:
    """Two versions of a plan beside each other, whichever is named first.

    Raises: Missing, when the project has no such version.
    """
    rows = session.scalars(
        select(Plan)
        .where(Plan.project_id == project.id, Plan.number.in_({first, second}))
        .order_by(Plan.number)
        .execution_options(populate_existing=True)
    ).all()
    if {row.number for row in rows} != {first, second}:
        raise Missing
    old, new = rows[0], rows[-1]
    change = plan_change(read_body(json.loads(old.body)), read_body(json.loads(new.body)))
    return Compared(old=old, new=new, change=change)
