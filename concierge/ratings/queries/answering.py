"""Who answered for a project on a day: A and B, and whichever of them acted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.staff.queries import spoken_name
from concierge.supervision.queries.holders import holders


@dataclass(frozen=True)
class Answering:
    """Somebody who answers for a service. Shape: ``post`` is A, B or empty."""

    person_id: int
    name: str
    post: str
    is_acting: bool


def answering(session: Session, project_id: int, on: date) -> tuple[Answering, ...]:
    """A and B of a project on a day; nobody, where it had no pair. Three queries.

    Source: AB-1, AB-2.
    """
    held = holders(session, [project_id], on).get(project_id)
    if held is None:
        return ()
    names = {
        person.id: spoken_name(person)
        for person in session.scalars(select(User).where(User.id.in_(held.pair)))
    }
    return tuple(
        Answering(person_id, names.get(person_id, ""), post, person_id == held.person_id)
        for person_id, post in zip(held.pair, "AB", strict=True)
    )
