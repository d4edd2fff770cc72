"""Who can sit in an office."""

from __future__ import annotations

from collections.abc import Sequence

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.errors import Missing
from concierge.staff.queries import spoken_name

SEATED = ("Concierge", "Chief", "Liaison")


def people(session: Session) -> Sequence[User]:
    """Those with a working account who may act on service cases, by name."""
    names = [User.roles.any(name=role) for role in SEATED]
    asked = select(User).where(User.active, names[0] | names[1] | names[2])
    return session.scalars(asked.order_by(User.last_name, User.first_name)).all()


def person_named(session: Session, person_id: int) -> str:
    """The name of one of them.

    Raises: Missing.
    """
    found = next((one for one in people(session) if one.id == person_id), None)
    if found is None:
        raise Missing
    return spoken_name(found)
