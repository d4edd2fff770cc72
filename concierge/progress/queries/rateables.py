"""The finished services of a project that its enterprise may rate, and those it rated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.rules.rating import Level
from projects.models.project import Project


@dataclass(frozen=True, kw_only=True)
class RateableLine:
    """One service. Shape: ``handle`` names it where no key may stand; ``level`` once it was rated."""

    handle: str
    service: str
    closed_on: date
    level: Level | None


def rateables(session: Session, project_id: int, lang: str) -> list[RateableLine]:
    """What may be rated of a project, the latest first, and what was; two queries."""
    today = clock.today()
    rows = session.execute(
        select(OccasionRow, RatingRow.level, Project.edition_id)
        .join(Project, Project.id == OccasionRow.project_id)
        .outerjoin(RatingRow, RatingRow.occasion_id == OccasionRow.id)
        .where(
            OccasionRow.project_id == project_id,
            OccasionRow.withdrawn_at.is_(None),
            or_(RatingRow.id.is_not(None), OccasionRow.expires_on >= today),
        )
        .order_by(OccasionRow.closed_on.desc(), OccasionRow.id.desc())
    ).all()
    if not rows:
        return []
    catalogue = catalogue_queries.catalogue(rows[0][2], session)
    found = []
    for row, level, _ in rows:
        matter = catalogue.matter_of.get(row.code) if row.code else None
        name = matter.spoken(lang) if matter is not None else row.title or row.code
        found.append(RateableLine(handle=row.handle, service=name, closed_on=row.closed_on, level=level))
    return found
