"""Questions asked of the ledger of people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, true
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.scope import ScopeRow
from concierge.outreach.models.people import AccessRow, ConsentRow, HoldingRow, PersonRow, RefusalRow
from concierge.outreach.models.place import GridRow, TownshipRow
from concierge.outreach.rules.eligibility import EVER, Person
from concierge.outreach.rules.watching import Wishes

AT_ONCE = 10_000
Holdings = tuple[tuple[str, int], ...]


def people(session: Session, only: Collection[int] | None = None) -> Iterator[Person]:
    """What the rules may know of everybody of the ledger, by number, or of some of them."""
    held = _held(session, only)
    asked = select(
        PersonRow.id,
        PersonRow.born_on,
        PersonRow.died_on,
        PersonRow.is_registered,
        PersonRow.disability_grade,
        PersonRow.support,
        PersonRow.id_card_ends_on,
    ).order_by(PersonRow.id)
    if only is not None:
        asked = asked.where(PersonRow.id.in_(only))
    for row in session.execute(asked.execution_options(yield_per=AT_ONCE)):
        yield Person(
            person_id=row[0],
            born_on=row[1],
            died_on=row[2],
            is_registered=row[3],
            disability_grade=row[4],
            support=row[5],
            id_card_ends_on=row[6],
            holdings=held.get(row[0], ()),
        )


def _held(session: Session, only: Collection[int] | None) -> dict[int, Holdings]:
    asked = select(HoldingRow.person_id, HoldingRow.service, HoldingRow.ends_on)
    if only is not None:
        asked = asked.where(HoldingRow.person_id.in_(only))
    held: dict[int, Holdings] = {}
    for person_id, service, ends_on in session.execute(asked.execution_options(yield_per=AT_ONCE)):
        held[person_id] = (*held.get(person_id, ()), (service, ends_on.toordinal() if ends_on else EVER))
    return held


def wishes(session: Session, today: date) -> Wishes:
    """The consents and refusals that stand today."""
    given = select(ConsentRow.person_id, ConsentRow.service).where(
        ConsentRow.given_on <= today, or_(ConsentRow.withdrawn_on.is_(None), ConsentRow.withdrawn_on > today)
    )
    said_no = select(RefusalRow.person_id, RefusalRow.service).where(
        RefusalRow.since_on <= today, or_(RefusalRow.until_on.is_(None), RefusalRow.until_on > today)
    )
    return Wishes(
        consents=frozenset((row[0], row[1]) for row in session.execute(given)),
        refusals=frozenset((row[0], row[1]) for row in session.execute(said_no)),
    )


def in_charge(reader: Actor, township_id: Any) -> ColumnElement[bool]:
    """The condition that keeps a query to the townships somebody looks after; those who see all see all.

    Source: SF-10, nobody opens more than the post needs.
    """
    if reader.is_system:
        return true()
    sees_all = (
        select(ScopeRow.id).where(ScopeRow.user_id == reader.id, ScopeRow.project_id.is_(None)).exists()
    )
    windows = select(TownshipRow.id).where(TownshipRow.agent_id == reader.id)
    grids = select(GridRow.township_id).where(GridRow.keeper_id == reader.id)
    return or_(sees_all, township_id.in_(windows), township_id.in_(grids))


def townships(session: Session, reader: Actor) -> list[TownshipRow]:
    """The townships a reader looks after, by code."""
    asked = select(TownshipRow).where(in_charge(reader, TownshipRow.id)).order_by(TownshipRow.code)
    return list(session.scalars(asked))


def grids(session: Session, reader: Actor) -> list[Row[tuple[GridRow, str]]]:
    """The grids a reader looks after with the names of their townships, by code."""
    asked = (
        select(GridRow, TownshipRow.name)
        .join(TownshipRow, TownshipRow.id == GridRow.township_id)
        .where(in_charge(reader, GridRow.township_id))
        .order_by(GridRow.code)
    )
    return list(session.execute(asked))


def person_row(session: Session, person_id: int, reader: Actor) -> PersonRow | None:
    """One person, when in the reader's charge."""
    asked = select(PersonRow).where(PersonRow.id == person_id, in_charge(reader, PersonRow.township_id))
    return session.scalar(asked)


def population(session: Session, reader: Actor) -> int:
    """How many people the reader's part of the ledger holds."""
    asked = select(func.count(PersonRow.id)).where(in_charge(reader, PersonRow.township_id))
    return session.scalar(asked) or 0


def accesses(session: Session, *, person_id: int | None = None, most: int = 200) -> list[AccessRow]:
    """The latest openings of sealed data, of everybody or of one person."""
    asked = select(AccessRow).order_by(AccessRow.id.desc()).limit(most)
    if person_id is not None:
        asked = asked.where(AccessRow.person_id == person_id)
    return list(session.scalars(asked))


def consents(session: Session, person_id: int) -> list[ConsentRow]:
    """What a person consented to, the latest first."""
    asked = select(ConsentRow).where(ConsentRow.person_id == person_id).order_by(ConsentRow.id.desc())
    return list(session.scalars(asked))


def refusals(session: Session, person_id: int) -> list[RefusalRow]:
    """What a person said no to, the latest first."""
    asked = select(RefusalRow).where(RefusalRow.person_id == person_id).order_by(RefusalRow.id.desc())
    return list(session.scalars(asked))


def holdings(session: Session, person_id: int) -> list[HoldingRow]:
    """What a person has already, the latest first."""
    asked = select(HoldingRow).where(HoldingRow.person_id == person_id).order_by(HoldingRow.issued_on.desc())
    return list(session.scalars(asked))
