"""Questions about people and their projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from concierge.staff.models import Absence, Pairing
from concierge.staff.rules.absence import Away, Duty
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


def absences(session: Session, first_on: date, last_on: date | None = None) -> tuple[Away, ...]:
    """Who is away on some day of a stretch (without an end: from its first day on), by first day."""
    asked = select(Absence).where(Absence.withdrawn_at.is_(None), Absence.last_on >= first_on)
    if last_on is not None:
        asked = asked.where(Absence.first_on <= last_on)
    return tuple(
        Away(person_id=row.person_id, first_on=row.first_on, last_on=row.last_on, is_planned=row.is_planned)
        for row in session.scalars(asked.order_by(Absence.first_on, Absence.person_id))
    )


def absence_rows(session: Session, since: date) -> list[Absence]:
    """The absences that are not over on a day, with their people, by first day."""
    asked = (
        select(Absence)
        .where(Absence.withdrawn_at.is_(None), Absence.last_on >= since)
        .options(joinedload(Absence.person))
        .order_by(Absence.first_on, Absence.id)
    )
    return list(session.scalars(asked))


def duties(session: Session, person_id: int | None = None) -> tuple[Duty, ...]:
    """The pairs of the projects under way, or those with one person in them."""
    asked = select(Pairing).where(Pairing.until.is_(None)).order_by(Pairing.project_id)
    if person_id is not None:
        asked = asked.where(or_(Pairing.a_id == person_id, Pairing.b_id == person_id))
    return tuple(
        Duty(project_id=row.project_id, a_id=row.a_id, b_id=row.b_id) for row in session.scalars(asked)
    )
