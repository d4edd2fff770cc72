"""Who answered for a project on a day: A and B, and whichever of them acted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from concierge.staff.queries import acting_on, names
from concierge.supervision.queries.holders import holders


@dataclass(frozen=True)
class Answering:
    """Somebody who answers for a service. Shape: ``post`` is A, B or C."""

    person_id: int
    name: str
    post: str
    is_acting: bool


def answering(session: Session, project_id: int, on: date) -> tuple[Answering, ...]:
    """A and B of a project on a day, and C where both were away; nobody, where it had no pair.

    Source: AB-1 to AB-3.
    """
    held = holders(session, [project_id], on).get(project_id)
    if held is None:
        return ()
    acting = acting_on(session, on, [project_id]).get(project_id)
    acting_id = acting.person_id if acting and acting.person_id is not None else held.person_id
    posts = dict(zip(held.pair, "AB", strict=True))
    if acting_id is not None:
        posts.setdefault(acting_id, "C")
    known = names(session, posts)
    return tuple(
        Answering(person_id, known.get(person_id, ""), post, person_id == acting_id)
        for person_id, post in posts.items()
    )
