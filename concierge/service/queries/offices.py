"""The offices of the tiers, who sits in them, and what each offers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from concierge.service.models.office import Listing, Office, OfficeClerk
from concierge.service.rules.tiers import Place


def places(session: Session) -> dict[str, Place]:
    """Every office by its code, in one query."""
    return {
        row.code: Place(code=row.code, name=row.name, tier=row.tier, upper=row.upper)
        for row in session.scalars(select(Office).order_by(Office.code))
    }


def offices(session: Session) -> Sequence[Office]:
    """Every office, by code."""
    return session.scalars(select(Office).order_by(Office.code)).all()


def office_by_code(session: Session, code: str) -> Office | None:
    """One office."""
    return session.scalar(select(Office).where(Office.code == code))


def clerks(session: Session, office: str = "") -> Sequence[OfficeClerk]:
    """Who sits where today, with the people, by office; or in one office."""
    asked = select(OfficeClerk).where(OfficeClerk.until_on.is_(None)).options(joinedload(OfficeClerk.person))
    if office:
        asked = asked.where(OfficeClerk.office == office)
    return session.scalars(asked.order_by(OfficeClerk.office, OfficeClerk.id)).all()


def seats_of(session: Session, person_id: int | None) -> tuple[str, ...]:
    """The offices somebody sits in today."""
    asked = select(OfficeClerk.office).where(
        OfficeClerk.person_id == person_id, OfficeClerk.until_on.is_(None)
    )
    return tuple(session.scalars(asked.order_by(OfficeClerk.office)))


def listings(session: Session, office: str, *, with_ended: bool = False) -> Sequence[Listing]:
    """An office's published list, as it stands or with what stood there once."""
    asked = select(Listing).where(Listing.office == office)
    if not with_ended:
        asked = asked.where(Listing.until_on.is_(None))
    return session.scalars(asked.order_by(Listing.until_on.is_not(None), Listing.id)).all()
