"""Who may act on ratings, and who a rating is about."""

from __future__ import annotations

from collections.abc import Collection

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.ratings.models.rating import RatedPersonRow
from concierge.staff.queries import spoken_name

AUTHORITY = ("Chief", "Supervisor")
"""Who calls back and decides for the service authority. Source: RT-5."""


def rated_people(session: Session, occasion_id: int) -> frozenset[int]:
    """The people a rating of this occasion is about."""
    asked = select(RatedPersonRow.person_id).where(RatedPersonRow.occasion_id == occasion_id)
    return frozenset(session.scalars(asked))


def authority(session: Session, *, but: Collection[int] = ()) -> list[str]:
    """The names of those who may act for the service authority, without some people."""
    asked = select(User).where(User.active, User.roles.any(Role.name.in_(AUTHORITY))).order_by(User.id)
    return [spoken_name(person) for person in session.scalars(asked) if person.id not in but]
