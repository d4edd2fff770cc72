"""Who held a case on a day: A, or B because A was away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from concierge.staff.models import Pairing
from concierge.staff.queries import absences, spoken_name
from concierge.staff.rules.absence import Away, Duty, acting


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who held a project's cases on one day, and the absence that made it so.

    Shape: ``person_id`` is None where both were away; ``pair`` are A and B.
    """

    person_id: int | None
    name: str
    role: str
    pair: tuple[int, int]
    away: Away | None = None


def holders(session: Session, project_ids: Collection[int], on: date) -> dict[int, Holder]:
    """Who held each of these projects on a day; projects without a pair are left out. Two queries.

    Source: SV-5, AB-1 to AB-3.
    """
    first, second = aliased(User), aliased(User)
    rows = session.execute(
        select(Pairing, first, second)
        .join(first, first.id == Pairing.a_id)
        .join(second, second.id == Pairing.b_id)
        .where(
            Pairing.project_id.in_(project_ids),
            Pairing.since <= on,
            or_(Pairing.until.is_(None), Pairing.until > on),
        )
        .order_by(Pairing.id)
    ).all()
    gone = absences(session, on, on)
    found = {}
    for pairing, a, b in rows:
        duty = Duty(project_id=pairing.project_id, a_id=a.id, b_id=b.id)
        person_id = acting(duty, on, gone)
        found[pairing.project_id] = Holder(
            person_id=person_id,
            name={a.id: spoken_name(a), b.id: spoken_name(b)}.get(person_id or 0, ""),
            role={a.id: "A", b.id: "B"}.get(person_id or 0, ""),
            pair=(a.id, b.id),
            away=next((one for one in gone if one.person_id == a.id and person_id != a.id), None),
        )
    return found
