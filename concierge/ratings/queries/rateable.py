"""What whoever rates a service may see of it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from approvals.queries import cases
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock
from concierge.kernel.errors import Missing
from concierge.ratings.models.rating import (
    FollowUpRow,
    OccasionRow,
    RatedPersonRow,
    RatingReasonRow,
    RatingRow,
)
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.rules.rating import Level, Rated, RatingLinkExpired, Reason
from concierge.supervision.rules.thresholds import Used, used_of
from projects.models.project import Project
from projects.rules.owner import owner_name

SEAL_SIGNS = 24


@dataclass(frozen=True)
class SaidBefore:
    """The rating that was given, as its giver sees it again.

    Shape: ``answer`` is empty until there is one; ``again`` is the follow-up's level, if it was given.
    """

    id: int
    level: Level
    reasons: tuple[Reason, ...]
    words: str
    given_on: date
    answer: str
    answered_on: date | None
    again: Level | None
    may_rate_again: bool


@dataclass(frozen=True, kw_only=True)
class Rateable:
    """One service for its rater.

    Units: civil days; ``used`` in working days, None where no limit ran.
    Shape: ``acting`` is the name of the officer who acted on the day it closed, empty for nobody.
    """

    id: int
    handle: str
    seal: str
    kind: Rated
    project: str
    code: str
    title: str
    department: str
    catalogue: Catalogue | None
    acting: str
    closed_on: date
    used: Used | None
    expires_on: date
    is_withdrawn: bool
    said: SaidBefore | None

    def service(self, lang: str) -> str:
        """What the service is called."""
        matter = self.catalogue.matter_of.get(self.code) if self.catalogue and self.code else None
        return matter.spoken(lang) if matter else self.title or self.code

    def department_name(self, lang: str) -> str:
        """Who decided; empty for the concierge office."""
        if not self.department or self.catalogue is None:
            return ""
        return owner_name(self.catalogue.department_of.get(self.department), self.department, lang)


def rateable_by_key(session: Session, token_hash: str) -> Rateable:
    """The service a key opens the form of. Raises: Missing; RatingLinkExpired."""
    return _rateable(session, OccasionRow.token_hash == token_hash)


def rateable_at(session: Session, handle: str) -> Rateable:
    """The same by its handle, for a visit that was begun by its key. Raises: Missing; RatingLinkExpired."""
    return _rateable(session, OccasionRow.handle == handle)


def _rateable(session: Session, which: ColumnElement[bool]) -> Rateable:
    row = session.scalar(select(OccasionRow).where(which))
    if row is None or row.token_hash is None:
        raise Missing
    if row.expires_on < clock.today():
        raise RatingLinkExpired(last=row.expires_on)
    project = session.execute(
        select(Project.name, Project.edition_id).where(Project.id == row.project_id)
    ).first()
    edition_id = project.edition_id if project else catalogue_queries.latest_edition_id(session)
    acting = session.scalar(
        select(RatedPersonRow.name).where(RatedPersonRow.occasion_id == row.id, RatedPersonRow.is_acting)
    )
    return Rateable(
        id=row.id,
        handle=row.handle,
        seal=row.token_hash[:SEAL_SIGNS],
        kind=row.kind,
        project=project.name if project else "",
        code=row.code,
        title=row.title,
        department=row.department,
        catalogue=catalogue_queries.catalogue(edition_id, session) if edition_id else None,
        acting=acting or "",
        closed_on=row.closed_on,
        used=_used(session, row),
        expires_on=row.expires_on,
        is_withdrawn=row.withdrawn_at is not None,
        said=_said(session, row.id),
    )


def _used(session: Session, row: OccasionRow) -> Used | None:
    if row.kind is not Rated.STEP or row.begun_on is None or row.promised_end_on is None:
        return None
    stops = cases.stops(session, [row.source_id]).get(row.source_id, ())
    calendar = catalogue_queries.work_calendar(session)
    return used_of(row.begun_on, row.promised_end_on, stops, calendar, row.closed_on)


def _said(session: Session, occasion_id: int) -> SaidBefore | None:
    found = session.execute(
        select(RatingRow, RedressRow, FollowUpRow)
        .outerjoin(RedressRow, RedressRow.rating_id == RatingRow.id)
        .outerjoin(FollowUpRow, FollowUpRow.rating_id == RatingRow.id)
        .where(RatingRow.occasion_id == occasion_id)
    ).first()
    if found is None:
        return None
    rating, redress, again = found
    reasons = session.scalars(
        select(RatingReasonRow.reason)
        .where(RatingReasonRow.rating_id == rating.id)
        .order_by(RatingReasonRow.id)
    ).all()
    is_answered = redress is not None and redress.rectified_on is not None and redress.set_aside_on is None
    return SaidBefore(
        id=rating.id,
        level=rating.level,
        reasons=tuple(reasons),
        words=rating.words,
        given_on=rating.given_on,
        answer=redress.answer if redress is not None else "",
        answered_on=redress.rectified_on if redress is not None else None,
        again=again.level if again is not None else None,
        may_rate_again=is_answered and again is None,
    )
