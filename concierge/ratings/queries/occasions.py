"""Finished services that nobody has rated yet, and whether their enterprises were invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.ratings.models.rating import OccasionRow, RatingRow
from projects.models.project import Enterprise, Project

PAGE_ROWS = 30


@dataclass(frozen=True)
class Unrated:
    """One finished service without a rating."""

    row: OccasionRow
    project: str
    enterprise: str
    contact: str
    phone: str


def unrated(session: Session, actor: Actor, page: int = 1) -> tuple[Sequence[Unrated], int]:
    """A page of what is in a person's charge, the latest first, and how many there are; two queries."""
    total = session.scalar(select(func.count()).select_from(_asked(actor).subquery())) or 0
    rows = session.execute(
        _asked(actor)
        .order_by(OccasionRow.closed_on.desc(), OccasionRow.id.desc())
        .limit(PAGE_ROWS)
        .offset((page - 1) * PAGE_ROWS)
    )
    return [_of(tuple(row)) for row in rows], total


def unrated_one(session: Session, actor: Actor, occasion_id: int) -> Unrated:
    """One of them. Raises: Missing."""
    row = session.execute(_asked(actor).where(OccasionRow.id == occasion_id)).first()
    if row is None:
        raise Missing
    return _of(tuple(row))


def _asked(actor: Actor) -> Select[tuple[OccasionRow, str, str, str | None, str | None]]:
    return (
        select(OccasionRow, Project.name, Enterprise.name, Enterprise.contact, Enterprise.phone)
        .outerjoin(Project, Project.id == OccasionRow.project_id)
        .outerjoin(Enterprise, Enterprise.id == Project.enterprise_id)
        .outerjoin(RatingRow, RatingRow.occasion_id == OccasionRow.id)
        .where(
            RatingRow.id.is_(None),
            OccasionRow.withdrawn_at.is_(None),
            OccasionRow.expires_on >= clock.today(),
            or_(OccasionRow.project_id.is_(None), within(actor, OccasionRow.project_id)),
        )
    )


def _of(row: tuple[OccasionRow, str | None, str | None, str | None, str | None]) -> Unrated:
    occasion, project, enterprise, contact, phone = row
    return Unrated(occasion, project or "", enterprise or "", contact or "", phone or "")
