"""Seals, who keeps them, and what they were put on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.staff.queries import spoken_name
from documents.models.seal import SealKeeperRow, SealRow, SealUseRow
from documents.rules.sealing import Sealable, SealFacts, SealState

KEEPER_ROLE = "SealKeeper"
LOG_ROWS = 100


@dataclass(frozen=True)
class SealCard:
    """One seal in the list: who keeps it now, and how often it was used."""

    row: SealRow
    keepers: Sequence[SealKeeperRow]
    uses: int
    waiting: int


def seal_cards(session: Session, today: date) -> list[SealCard]:
    """Every seal, those in force first. Three queries."""
    rows = session.scalars(select(SealRow).order_by(SealRow.retired_at.is_not(None), SealRow.id)).all()
    keepers: dict[int, list[SealKeeperRow]] = {}
    for one in session.scalars(_keeping(today)):
        keepers.setdefault(one.seal_id, []).append(one)
    counted = {
        seal_id: (uses, waiting)
        for seal_id, uses, waiting in session.execute(
            select(
                SealUseRow.seal_id,
                func.count().filter(SealUseRow.state == SealState.SEALED),
                func.count().filter(SealUseRow.state == SealState.ASKED),
            ).group_by(SealUseRow.seal_id)
        )
    }
    return [SealCard(row, keepers.get(row.id, ()), *counted.get(row.id, (0, 0))) for row in rows]


def seal_of(session: Session, seal_id: int) -> SealRow:
    """One seal. Raises: Missing."""
    row = session.get(SealRow, seal_id)
    if row is None:
        raise Missing
    return row


def keepers_of(session: Session, seal_id: int, today: date) -> list[SealKeeperRow]:
    """Who keeps a seal today, in the order it was handed out."""
    return list(session.scalars(_keeping(today).where(SealKeeperRow.seal_id == seal_id)))


def facts_of(session: Session, row: SealRow, today: date) -> SealFacts:
    """A seal as the rules see it."""
    keepers = keepers_of(session, row.id, today)
    return SealFacts(
        name=row.name,
        first_on=row.first_on,
        last_on=row.last_on,
        needs_two=row.needs_two,
        is_retired=row.retired_at is not None,
        keepers=frozenset(one.person_id for one in keepers),
        keeper_names="、".join(one.person for one in keepers),
    )


def seals_kept_by(session: Session, person_id: int | None, today: date) -> list[SealRow]:
    """The seals in force that a person keeps today."""
    asked = (
        select(SealRow)
        .join(SealKeeperRow, SealKeeperRow.seal_id == SealRow.id)
        .where(
            SealKeeperRow.person_id == person_id,
            SealKeeperRow.first_on <= today,
            or_(SealKeeperRow.last_on.is_(None), SealKeeperRow.last_on >= today),
            SealRow.retired_at.is_(None),
            SealRow.first_on <= today,
            SealRow.last_on >= today,
        )
        .order_by(SealRow.id)
    )
    return list(session.scalars(asked).unique())


def people_who_may_keep(session: Session) -> list[tuple[int, str]]:
    """The people whose role lets them keep a seal, by name."""
    asked = select(User).join(User.roles).where(Role.name == KEEPER_ROLE, User.active.is_(True))
    return sorted(
        ((one.id, spoken_name(one)) for one in session.scalars(asked).unique()), key=lambda one: one[1]
    )


def uses_of_seal(session: Session, seal_id: int, *, limit: int = LOG_ROWS) -> list[SealUseRow]:
    """The log of a seal, newest first."""
    asked = select(SealUseRow).where(SealUseRow.seal_id == seal_id).order_by(SealUseRow.id.desc())
    return list(session.scalars(asked.limit(limit)))


def uses_on(session: Session, subject: Sealable, subject_id: int) -> list[tuple[SealUseRow, SealRow]]:
    """What was done with seals on one document or package, oldest first."""
    asked = (
        select(SealUseRow, SealRow)
        .join(SealRow, SealRow.id == SealUseRow.seal_id)
        .where(SealUseRow.subject == subject, SealUseRow.subject_id == subject_id)
        .order_by(SealUseRow.id)
    )
    return [(use, seal) for use, seal in session.execute(asked)]


def waiting_for(session: Session, person_id: int | None, today: date) -> list[tuple[SealUseRow, SealRow]]:
    """The uses that wait for this person's word: of seals he keeps, asked for by somebody else."""
    seals = [row.id for row in seals_kept_by(session, person_id, today)]
    asked = (
        select(SealUseRow, SealRow)
        .join(SealRow, SealRow.id == SealUseRow.seal_id)
        .where(
            SealUseRow.state == SealState.ASKED,
            SealUseRow.seal_id.in_(seals),
            SealUseRow.asked_by_id != person_id,
        )
        .order_by(SealUseRow.id)
    )
    return [(use, seal) for use, seal in session.execute(asked)] if seals else []


def use_in_sight(session: Session, use_id: int, reader: Actor) -> SealUseRow:
    """One use of a seal. Raises: Missing, when there is none or its project is out of the reader's scope."""
    row = session.get(SealUseRow, use_id)
    if row is None:
        raise Missing
    if row.project_id is not None:
        scope.require(session, reader, row.project_id)
    return row


def signing_seal(session: Session, today: date) -> SealRow | None:
    """The seal whose SM2 key signs packages by itself: the newest in force that needs no second person."""
    asked = (
        select(SealRow)
        .where(
            SealRow.retired_at.is_(None),
            SealRow.needs_two.is_(False),
            SealRow.manifest_key_file != "",
            SealRow.first_on <= today,
            SealRow.last_on >= today,
        )
        .order_by(SealRow.id.desc())
        .limit(1)
    )
    return session.scalars(asked).first()


def certificates(session: Session) -> list[str]:
    """The certificates this system trusts: those of its seals, retired ones too, for what they sealed."""
    return [text for text in session.scalars(select(SealRow.certificate)) if text]


def _keeping(today: date) -> Select[tuple[SealKeeperRow]]:
    return (
        select(SealKeeperRow)
        .where(
            SealKeeperRow.first_on <= today,
            or_(SealKeeperRow.last_on.is_(None), SealKeeperRow.last_on >= today),
        )
        .order_by(SealKeeperRow.id)
    )


def _name(person: tuple[int, str]) -> str:
    return person[1]
