"""The ledger of people: the least that decides who is due for what, everything else sealed.

Every plain column decides an entitlement or says where it is served; a test holds that. Name, number, phone
and address are sealed; the number is found again by a keyed hash.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.outreach.rules.standing import Road, Support


class PersonRow(Versioned, Base):
    """One resident.

    Shape: ``called`` is the family name and stars; ``sealed`` opens with a stated purpose.

    Source: SF-10; S70 (个人信息保护法) arts. 6, 28, 51.
    """

    __tablename__ = "outreach_person"
    __table_args__ = (
        Index("ix_outreach_person_place", "township_id", "grid_id"),
        CheckConstraint("disability_grade BETWEEN 1 AND 4", name="ck_outreach_person_grade"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    id_hash: Mapped[str] = mapped_column(unique=True)
    called: Mapped[str]
    sealed: Mapped[bytes]
    born_on: Mapped[date]
    died_on: Mapped[date | None]
    is_registered: Mapped[bool] = mapped_column(default=True)
    township_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_township.id", name="fk_outreach_person_township")
    )
    grid_id: Mapped[int | None] = mapped_column(
        ForeignKey("outreach_grid.id", name="fk_outreach_person_grid")
    )
    disability_grade: Mapped[int | None]
    support: Mapped[Support] = mapped_column(default=Support.NONE)
    id_card_ends_on: Mapped[date | None]
    told_on: Mapped[date]


class HoldingRow(Base):
    """Something a person has already: a card, a certificate, an allowance.

    Source: SF-9.
    """

    __tablename__ = "outreach_holding"
    __table_args__ = (
        Index("ux_outreach_holding_once", "person_id", "service", "issued_on", unique=True),
        CheckConstraint("ends_on IS NULL OR ends_on >= issued_on", name="ck_outreach_holding_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_person.id", name="fk_outreach_holding_person")
    )
    service: Mapped[str]
    issued_on: Mapped[date]
    ends_on: Mapped[date | None]


class ConsentRow(Versioned, Base):
    """A person's consent to one service's use of data, and its withdrawal; nothing is overwritten.

    Shape: ``speaker`` is the person or the guardian; ``evidence`` says where the paper or recording lies.
    Source: SF-10; S70 arts. 14, 15, 29, 31.
    """

    __tablename__ = "outreach_consent"
    __table_args__ = (Index("ix_outreach_consent_person", "person_id", "service"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_person.id", name="fk_outreach_consent_person")
    )
    service: Mapped[str]
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    road: Mapped[Road]
    speaker: Mapped[str]
    evidence: Mapped[str]
    by_id: Mapped[int | None]
    by: Mapped[str]
    at: Mapped[datetime]


class RefusalRow(Versioned, Base):
    """A person said no to one service, or to all of them when ``service`` is empty.

    Source: SF-10.
    """

    __tablename__ = "outreach_refusal"
    __table_args__ = (Index("ix_outreach_refusal_person", "person_id", "service"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_person.id", name="fk_outreach_refusal_person")
    )
    service: Mapped[str] = mapped_column(default="")
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    road: Mapped[Road]
    by_id: Mapped[int | None]
    by: Mapped[str]
    at: Mapped[datetime]


class AccessRow(Base):
    """Somebody opened sealed data: who, when, whose or how many, what for. Append-only.

    Source: SF-10; S70 art. 51.
    """

    __tablename__ = "outreach_access"
    __table_args__ = (Index("ix_outreach_access_person", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("outreach_person.id", name="fk_outreach_access_person")
    )
    people: Mapped[int] = mapped_column(default=1)
    service: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str]
    by_id: Mapped[int | None]
    by: Mapped[str]
    at: Mapped[datetime]
