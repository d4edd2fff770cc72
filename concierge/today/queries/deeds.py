"""What was ticked and put off, and the places of departments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.today.models import PlaceRow, PutOffRow, TickRow
from concierge.today.rules.day import PutOff, Ticked


def ticks(session: Session, reader: Actor, on: date, keys: Collection[str]) -> tuple[Ticked, ...]:
    """The ticks of these lines that hold on a day; one query.

    Shape: ``keys`` are those of the reader's own lines; a tick about a project is everybody's, any other
        one's own.
    """
    asked = select(TickRow).where(
        TickRow.key.in_(keys),
        TickRow.undone_at.is_(None),
        or_(TickRow.ticked_on == on, TickRow.is_for_good),
        or_(TickRow.person_id == reader.id, TickRow.project_id.is_not(None)),
    )
    return tuple(
        Ticked(id=row.id, key=row.key, person_id=row.person_id, on=row.ticked_on, is_for_good=row.is_for_good)
        for row in session.scalars(asked.order_by(TickRow.id))
    )


def put_off(session: Session, reader: Actor, on: date) -> tuple[PutOff, ...]:
    """What a person has put off beyond a day; one query."""
    asked = select(PutOffRow).where(
        PutOffRow.person_id == reader.id, PutOffRow.lifted_at.is_(None), PutOffRow.until_on > on
    )
    return tuple(
        PutOff(id=row.id, key=row.key, until_on=row.until_on, note=row.note)
        for row in session.scalars(asked.order_by(PutOffRow.id))
    )


def places(session: Session) -> Sequence[PlaceRow]:
    """Where departments receive, in the order one walks there."""
    return session.scalars(select(PlaceRow).order_by(PlaceRow.position, PlaceRow.department)).all()


def place_order(session: Session) -> Mapping[str, int]:
    """The order in which places are walked to."""
    asked = select(PlaceRow.place, func.min(PlaceRow.position)).group_by(PlaceRow.place)
    return dict(session.execute(asked).tuples().all())
