"""Questions about progress links: which there are, and whether one still opens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel import clock, scope, tokens
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.progress.models.links import ProgressLinkRow, ProgressOpeningRow
from concierge.progress.rules.links import (
    PREFIX,
    LinkOpens,
    LinkStanding,
    ProgressLink,
    ProgressLinkExpired,
)
from projects.models.project import Plan, PlannedStep, Project

MOST_OPENINGS = 20


def still_open(row: ProgressLinkRow | None) -> ProgressLink:
    """The link of a row, if it opens today.

    Raises: Missing, for one that is not there or was taken back, both alike; ProgressLinkExpired.
    """
    if row is None or row.standing(clock.today()) is LinkStanding.REVOKED:
        raise Missing
    if row.standing(clock.today()) is LinkStanding.EXPIRED:
        raise ProgressLinkExpired(last=row.expires_on)
    return row.facts()


def link_at(session: Session, handle: str) -> ProgressLink:
    """The link of a handle, for a visit that was begun by its key. Raises: Missing; ProgressLinkExpired."""
    return still_open(session.scalar(select(ProgressLinkRow).where(ProgressLinkRow.handle == handle)))


def link_by_key(session: Session, token: str) -> ProgressLinkRow | None:
    """The row of a key; None for a key that is not whole, not known, or was taken back: all alike."""
    if not tokens.is_whole(token, PREFIX):
        return None
    wanted = tokens.hashed(token, current_app.config["SECRET_KEY"])
    row = session.scalar(select(ProgressLinkRow).where(ProgressLinkRow.token_hash == wanted))
    return row if row is not None and row.revoked_at is None else None


def links_of_project(
    session: Session, project_id: int, opens: LinkOpens = LinkOpens.PROGRESS
) -> Sequence[ProgressLinkRow]:
    """The links of a project, those taken back too, the newest first."""
    asked = select(ProgressLinkRow).where(
        ProgressLinkRow.project_id == project_id, ProgressLinkRow.opens == opens
    )
    return session.scalars(asked.order_by(ProgressLinkRow.id.desc())).all()


def link_in_charge(session: Session, actor: Actor, link_id: int) -> ProgressLinkRow:
    """One link of a project in the actor's charge. Raises: Missing."""
    row = session.scalar(select(ProgressLinkRow).where(ProgressLinkRow.id == link_id))
    if row is None:
        raise Missing
    scope.require(session, actor, row.project_id)
    return row


def openings(session: Session, link_ids: Collection[int]) -> dict[int, list[ProgressOpeningRow]]:
    """When these links were opened, the latest first, ``MOST_OPENINGS`` of each at most; one query."""
    rows = session.scalars(
        select(ProgressOpeningRow)
        .where(ProgressOpeningRow.link_id.in_(link_ids))
        .order_by(ProgressOpeningRow.id.desc())
    )
    found: dict[int, list[ProgressOpeningRow]] = {link_id: [] for link_id in link_ids}
    for row in rows:
        if len(found[row.link_id]) < MOST_OPENINGS:
            found[row.link_id].append(row)
    return found


def project_end(session: Session, project: Project) -> date | None:
    """The last day of a project's plan; None without one."""
    if project.plan_id is None:
        return None
    return session.scalar(select(func.max(PlannedStep.finish_on)).where(PlannedStep.project_id == project.id))


def start_forecast(session: Session, project_id: int) -> date | None:
    """The day construction may start by the plan that stands; the permit's where no start is in it."""
    row = session.execute(
        select(Plan.lawful_start_on, Plan.permit_on)
        .join(Project, Project.plan_id == Plan.id)
        .where(Project.id == project_id)
    ).one_or_none()
    return (row.lawful_start_on or row.permit_on) if row is not None else None
