"""How the office names itself in its documents now."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.models.office import OfficeRow
from documents.rules.office import OfficeFacts, usual_office


def office(session: Session, *, county: str = "", phone: str = "") -> OfficeFacts:
    """The office's words in force, or the usual ones where nobody has written any.

    Shape: ``county`` and ``phone`` are those of the settings: what the usual words begin with, and the
        telephone to name where the office has written none down.
    """
    row = office_row(session)
    if row is None:
        return usual_office(county, phone)
    return OfficeFacts(
        name=row.name,
        short_name=row.short_name,
        number_word=row.number_word,
        address=row.address,
        postcode=row.postcode,
        phone=row.phone or phone,
        is_sealed=row.is_sealed,
    )


def office_row(session: Session) -> OfficeRow | None:
    """The newest of the office's words, with who wrote them."""
    return session.scalars(select(OfficeRow).order_by(OfficeRow.id.desc()).limit(1)).first()
