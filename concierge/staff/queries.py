"""Questions about people and their projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from concierge.staff.models import Pairing
from concierge.staff.rules.pairing import Load

AGENT = "Concierge"


def spoken_name(user: User) -> str:
    """A person's name, family name first."""
    return f"{user.last_name}{user.first_name}"


def pairings(session: Session, project_ids: Collection[int]) -> dict[int, Pairing]:
    """The A and B of each of these projects today, with their people, in one query."""
    rows = session.execute(
        select(Pairing)
        .where(Pairing.project_id.in_(project_ids), Pairing.until.is_(None))
        .options(joinedload(Pairing.a), joinedload(Pairing.b))
    )
    return {pairing.project_id: pairing for pairing in rows.scalars()}


def agents(session: Session) -> list[User]:
    """The concierge officers with a working account, by name."""
    rows = session.execute(
        select(User).where(User.active, User.roles.any(name=AGENT)).order_by(User.last_name, User.first_name)
    )
    return list(rows.scalars())


def loads(session: Session) -> list[Load]:
    """What each concierge officer has on the desk, in two queries."""
    as_a: Counter[int] = Counter()
    as_b: Counter[int] = Counter()
    partners: dict[int, Counter[int]] = defaultdict(Counter)
    for a_id, b_id in session.execute(select(Pairing.a_id, Pairing.b_id).where(Pairing.until.is_(None))):
        as_a[a_id] += 1
        as_b[b_id] += 1
        partners[a_id][b_id] += 1
        partners[b_id][a_id] += 1
    return [
        Load(
            person_id=user.id,
            name=spoken_name(user),
            as_a=as_a[user.id],
            as_b=as_b[user.id],
            with_partner=tuple(sorted(partners[user.id].items())),
        )
        for user in agents(session)
    ]
