"""What ratings wait for from one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Matter
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.scope import ScopeRow
from concierge.ratings.models.rating import OccasionRow, RatedPersonRow, RatingRow
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.rules.rating import Level
from concierge.ratings.rules.redress import Stage, due, stage
from projects.models.project import Enterprise, Project


@dataclass(frozen=True, kw_only=True)
class WaitingCase:
    """One negative rating that waits for whoever answers for the county."""

    rating_id: int
    stage: Stage
    due_on: date | None
    level: Level
    service: Matter | str
    department: str


@dataclass(frozen=True, kw_only=True)
class WaitingInvitation:
    """One invitation that the acting officer is to hand over."""

    occasion_id: int
    project_id: int | None
    project: str
    enterprise: str
    phone: str
    invited_on: date


def waiting_cases(session: Session, reader: Actor) -> Iterator[WaitingCase]:
    """The negative ratings a person may follow: who sees the whole county, and is not rated; two queries.

    Source: RT-3 to RT-6.
    """
    calendar = catalogue_queries.work_calendar(session)
    sees_all = select(ScopeRow.id).where(ScopeRow.user_id == reader.id, ScopeRow.project_id.is_(None))
    rated = select(RatedPersonRow.id).where(
        RatedPersonRow.occasion_id == OccasionRow.id, RatedPersonRow.person_id == reader.id
    )
    rows = session.execute(
        select(RedressRow, RatingRow.level, OccasionRow, Project.edition_id)
        .join(RatingRow, RatingRow.id == RedressRow.rating_id)
        .join(OccasionRow, OccasionRow.id == RatingRow.occasion_id)
        .outerjoin(Project, Project.id == OccasionRow.project_id)
        .where(
            sees_all.exists(),
            ~rated.exists(),
            RedressRow.set_aside_on.is_(None),
            RedressRow.called_back_on.is_(None),
            or_(RedressRow.rectified_on.is_(None), RedressRow.is_named),
        )
        .order_by(RedressRow.id)
    )
    for redress, level, occasion, edition_id in rows:
        now = stage(redress.facts())
        if now is Stage.CALL_BACK and redress.rectified_by_id == reader.id:
            continue
        yield WaitingCase(
            rating_id=redress.rating_id,
            stage=now,
            due_on=due(redress.facts(), calendar),
            level=level,
            service=_service(session, occasion, edition_id),
            department=redress.department,
        )


def waiting_invitations(session: Session, reader: Actor, on: date) -> Iterator[WaitingInvitation]:
    """The invitations due for services this person acted in, whose link nobody made; one query.

    Source: RT-2.
    """
    rows = session.execute(
        select(OccasionRow, Project.name, Enterprise.name, Enterprise.phone)
        .join(RatedPersonRow, RatedPersonRow.occasion_id == OccasionRow.id)
        .outerjoin(RatingRow, RatingRow.occasion_id == OccasionRow.id)
        .outerjoin(Project, Project.id == OccasionRow.project_id)
        .outerjoin(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(
            RatedPersonRow.person_id == reader.id,
            RatedPersonRow.is_acting,
            RatingRow.id.is_(None),
            OccasionRow.invited_at.is_not(None),
            OccasionRow.link_made_at.is_(None),
            OccasionRow.withdrawn_at.is_(None),
            OccasionRow.expires_on >= on,
        )
        .order_by(OccasionRow.id)
    )
    for occasion, project, enterprise, phone in rows:
        if occasion.invited_at is not None:
            yield WaitingInvitation(
                occasion_id=occasion.id,
                project_id=occasion.project_id,
                project=project or "",
                enterprise=enterprise or "",
                phone=phone or "",
                invited_on=clock.local(occasion.invited_at).date(),
            )


def _service(session: Session, occasion: OccasionRow, edition_id: int | None) -> Matter | str:
    known = catalogue_queries.catalogue(edition_id, session) if edition_id and occasion.code else None
    return (known.matter_of.get(occasion.code) if known else None) or occasion.title or occasion.code
