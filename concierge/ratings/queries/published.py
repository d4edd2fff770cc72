"""What the public may read: ratings and their answers, without who gave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from concierge.ratings.models.rating import FollowUpRow, OccasionRow, RatingReasonRow, RatingRow
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.rules.publishing import without_identity
from concierge.ratings.rules.rating import Level, Reason
from projects.models.project import Enterprise, Project

PAGE_ROWS = 20


@dataclass(frozen=True, kw_only=True)
class Published:
    """One rating for the public. Units: only the month it was given in, so that no date leads to a case."""

    level: Level
    code: str
    title: str
    department: str
    month: date
    reasons: tuple[Reason, ...]
    words: str
    answer: str
    again: Level | None


@dataclass(frozen=True, kw_only=True)
class PublishedPage:
    """One page of them, with the counts of all. Shape: ``counts`` is level → how many."""

    rows: Sequence[Published]
    counts: Mapping[Level, int]
    departments: Sequence[str]
    page: int
    pages: int


def counted() -> ColumnElement[bool]:
    """Every rating that an appeal did not set aside. Source: RT-6."""
    return or_(RedressRow.id.is_(None), RedressRow.set_aside_on.is_(None))


def published(session: Session, *, department: str = "", page: int = 1) -> PublishedPage:
    """A page of what was said, the newest first; four queries.

    Source: RT-7.
    """
    which = counted() if not department else and_(counted(), RatingRow.department == department)
    of_level = session.execute(
        select(RatingRow.department, RatingRow.level, func.count())
        .outerjoin(RedressRow, RedressRow.rating_id == RatingRow.id)
        .where(counted())
        .group_by(RatingRow.department, RatingRow.level)
    ).all()
    counts: Counter[Level] = Counter()
    for code, level, count in of_level:
        if department in ("", code):
            counts[level] += count
    pages = max(1, -(-sum(counts.values()) // PAGE_ROWS))
    page = min(page, pages)
    found = session.execute(
        select(RatingRow, RedressRow, FollowUpRow, OccasionRow, Project.name, Enterprise.name)
        .join(OccasionRow, OccasionRow.id == RatingRow.occasion_id)
        .outerjoin(RedressRow, RedressRow.rating_id == RatingRow.id)
        .outerjoin(FollowUpRow, FollowUpRow.rating_id == RatingRow.id)
        .outerjoin(Project, Project.id == RatingRow.project_id)
        .outerjoin(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(which)
        .order_by(RatingRow.id.desc())
        .limit(PAGE_ROWS)
        .offset((page - 1) * PAGE_ROWS)
    ).all()
    reasons = reasons_of(session, [row[0].id for row in found])
    return PublishedPage(
        rows=[
            Published(
                level=rating.level,
                code=occasion.code,
                title="" if occasion.code else without_identity(occasion.title, (project or "", owner or "")),
                department=rating.department,
                month=rating.given_on.replace(day=1),
                reasons=reasons.get(rating.id, ()),
                words=without_identity(rating.words, (rating.rater_name, project or "", owner or "")),
                answer=without_identity(
                    redress.answer if redress is not None else "",
                    (rating.rater_name, project or "", owner or ""),
                ),
                again=again.level if again is not None else None,
            )
            for rating, redress, again, occasion, project, owner in found
        ],
        counts=counts,
        departments=sorted({code for code, _level, _count in of_level if code}),
        page=page,
        pages=pages,
    )


def reasons_of(session: Session, rating_ids: Sequence[int]) -> dict[int, tuple[Reason, ...]]:
    """The reasons of each of these ratings that has any, in one query."""
    found: dict[int, tuple[Reason, ...]] = {}
    rows = session.execute(
        select(RatingReasonRow.rating_id, RatingReasonRow.reason)
        .where(RatingReasonRow.rating_id.in_(rating_ids))
        .order_by(RatingReasonRow.id)
    )
    for rating_id, reason in rows:
        found[rating_id] = (*found.get(rating_id, ()), reason)
    return found
