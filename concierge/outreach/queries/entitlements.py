"""Questions asked of the rules of entitlement, and of what they found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.outreach.models.entitlement import DueRow, EligibilityConditionRow, EligibilityRuleRow
from concierge.outreach.models.people import PersonRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.queries.people import AT_ONCE, in_charge
from concierge.outreach.rules.eligibility import Condition, Rule
from concierge.outreach.rules.standing import DueState
from concierge.outreach.rules.watching import Known

NEW_DAYS = 7
PAGE = 50


@dataclass(frozen=True)
class Kept:
    """One rule as it is kept, and as it is matched."""

    row: EligibilityRuleRow
    rule: Rule


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entitlements somebody asks for; empty for all."""

    rule_id: int = 0
    township_id: int = 0
    states: tuple[DueState, ...] = ()
    is_new_on: date | None = None


def rules(session: Session, *, only_on: bool = False) -> list[Kept]:
    """The rules with their conditions, in two queries, in the order they were added."""
    conditions: dict[int, list[Condition]] = defaultdict(list)
    asked = select(EligibilityConditionRow).order_by(
        EligibilityConditionRow.rule_id, EligibilityConditionRow.position
    )
    for row in session.scalars(asked):
        conditions[row.rule_id].append(Condition(row.fact, row.operator, row.value))
    kept = select(EligibilityRuleRow).order_by(EligibilityRuleRow.id)
    if only_on:
        kept = kept.where(EligibilityRuleRow.is_on)
    return [Kept(row, _rule(row, conditions[row.id])) for row in session.scalars(kept)]


def _rule(row: EligibilityRuleRow, conditions: Sequence[Condition]) -> Rule:
    return Rule(
        code=row.code,
        conditions=tuple(conditions),
        holds=row.holds,
        ahead_days=row.ahead_days,
        renew_days=row.renew_days,
    )


def known(session: Session) -> Iterator[Known]:
    """Every entitlement there is, as the watching compares it."""
    asked = select(DueRow.id, DueRow.person_id, EligibilityRuleRow.code, DueRow.since_on, DueRow.state).join(
        EligibilityRuleRow, EligibilityRuleRow.id == DueRow.rule_id
    )
    for row in session.execute(asked.execution_options(yield_per=AT_ONCE)):
        yield Known(*row)


def counted(session: Session, reader: Actor, today: date) -> dict[int, dict[DueState | None, int]]:
    """How many entitlements of each rule are in each state; under None those found in the last days."""
    counts: dict[int, dict[DueState | None, int]] = defaultdict(dict)
    asked = select(DueRow.rule_id, DueRow.state, func.count(DueRow.id)).where(
        in_charge(reader, DueRow.township_id)
    )
    for rule_id, state, count in session.execute(asked.group_by(DueRow.rule_id, DueRow.state)):
        counts[rule_id][state] = count
    fresh = (
        select(DueRow.rule_id, func.count(DueRow.id))
        .where(in_charge(reader, DueRow.township_id), DueRow.found_on > today - timedelta(days=NEW_DAYS))
        .where(DueRow.state.in_((DueState.ASK, DueState.FOUND)))
    )
    for rule_id, count in session.execute(fresh.group_by(DueRow.rule_id)):
        counts[rule_id][None] = count
    return counts


def by_township(session: Session, reader: Actor) -> list[Row[tuple[str, DueState, int]]]:
    """How many entitlements each township has in each state, the township by code."""
    asked = (
        select(TownshipRow.name, DueRow.state, func.count(DueRow.id))
        .join(TownshipRow, TownshipRow.id == DueRow.township_id)
        .where(in_charge(reader, DueRow.township_id))
        .group_by(TownshipRow.code, TownshipRow.name, DueRow.state)
        .order_by(TownshipRow.code)
    )
    return list(session.execute(asked))


def dues(
    session: Session, wanted: Wanted, reader: Actor, *, page: int = 1
) -> list[Row[tuple[DueRow, PersonRow, str]]]:
    """One page of entitlements with their people and townships: those due longest first."""
    asked = (
        _narrowed(select(DueRow, PersonRow, TownshipRow.name), wanted, reader)
        .join(PersonRow, PersonRow.id == DueRow.person_id)
        .join(TownshipRow, TownshipRow.id == DueRow.township_id)
        .order_by(DueRow.since_on, DueRow.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return list(session.execute(asked))


def how_many(session: Session, wanted: Wanted, reader: Actor) -> int:
    """How many entitlements that is."""
    return session.scalar(_narrowed(select(func.count(DueRow.id)), wanted, reader)) or 0


def dues_of(session: Session, person_id: int) -> list[Row[tuple[DueRow, EligibilityRuleRow]]]:
    """Everything that was found for one person, the latest first."""
    asked = (
        select(DueRow, EligibilityRuleRow)
        .join(EligibilityRuleRow, EligibilityRuleRow.id == DueRow.rule_id)
        .where(DueRow.person_id == person_id)
        .order_by(DueRow.since_on.desc(), DueRow.id)
    )
    return list(session.execute(asked))


def _narrowed(asked: Select[Any], wanted: Wanted, reader: Actor) -> Select[Any]:
    asked = asked.where(in_charge(reader, DueRow.township_id))
    if wanted.rule_id:
        asked = asked.where(DueRow.rule_id == wanted.rule_id)
    if wanted.township_id:
        asked = asked.where(DueRow.township_id == wanted.township_id)
    if wanted.states:
        asked = asked.where(DueRow.state.in_(wanted.states))
    if wanted.is_new_on:
        asked = asked.where(DueRow.found_on > wanted.is_new_on - timedelta(days=NEW_DAYS))
    return asked
