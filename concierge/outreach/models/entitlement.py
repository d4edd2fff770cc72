"""Who is due for what: the rules as the office keeps them, and what they found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base, Versioned
from concierge.outreach.rules.eligibility import Operator, PersonFact
from concierge.outreach.rules.lawful_use import Ground
from concierge.outreach.rules.standing import DueState


class EligibilityRuleRow(Versioned, Base):
    """One service that goes to whoever is due for it.

    Shape: ``ahead_days`` before somebody becomes due they are watched; ``needs_application`` is False where
        the law allows to act without one. ``purpose`` is told to the person and bounds the use of the data.
    Source: SF-8, SF-9, SF-10.
    """

    __tablename__ = "outreach_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    department: Mapped[str]
    purpose: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    ground: Mapped[Ground]
    needs_application: Mapped[bool] = mapped_column(default=True)
    holds: Mapped[str]
    ahead_days: Mapped[int] = mapped_column(default=0)
    renew_days: Mapped[int] = mapped_column(default=0)
    valid_years: Mapped[int | None]
    is_on: Mapped[bool] = mapped_column(default=True)


class EligibilityConditionRow(Versioned, Base):
    """One condition of a rule; all of them must hold.

    Source: SF-9.
    """

    __tablename__ = "outreach_rule_condition"
    __table_args__ = (Index("ux_outreach_rule_condition", "rule_id", "position", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("outreach_rule.id", name="fk_outreach_condition_rule"))
    position: Mapped[int]
    fact: Mapped[PersonFact]
    operator: Mapped[Operator]
    value: Mapped[str]


class DueRow(Versioned, Base):
    """One person is due for one service since a day, and how far it has come.

    Shape: ``case_number`` is the service case's, once one is open; ``courier`` is the agent or the mail's
        number, ``signed_by`` who received it.
    Source: SF-9, SF-14.
    """

    __tablename__ = "outreach_due"
    __table_args__ = (
        Index("ux_outreach_due_once", "rule_id", "person_id", "since_on", unique=True),
        Index("ix_outreach_due_state", "rule_id", "state", "township_id"),
        Index("ix_outreach_due_person", "person_id"),
        CheckConstraint("until_on IS NULL OR until_on >= since_on", name="ck_outreach_due_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("outreach_rule.id", name="fk_outreach_due_rule"))
    person_id: Mapped[int] = mapped_column(ForeignKey("outreach_person.id", name="fk_outreach_due_person"))
    township_id: Mapped[int] = mapped_column(
        ForeignKey("outreach_township.id", name="fk_outreach_due_township")
    )
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    found_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[DueState]
    state_at: Mapped[datetime]
    by_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(default="")
    started_on: Mapped[date | None]
    case_number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    courier: Mapped[str] = mapped_column(default="")
    signed_by: Mapped[str] = mapped_column(default="")
