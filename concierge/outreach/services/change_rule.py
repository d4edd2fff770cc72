"""Change a rule of entitlement: its figures, how far ahead it looks, whether it is on; with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import work
from concierge.outreach.events import EligibilityChanged
from concierge.outreach.models.entitlement import EligibilityConditionRow, EligibilityRuleRow
from concierge.outreach.rules.eligibility import LONGEST_DAYS, Condition


class RuleReasonNeeded(Invalid):
    """A rule is changed for a reason one can read later."""

    message = N_("Say why the rule changes, such as the paper it follows. It stands in the trace.")


class DaysOutOfRange(Invalid):
    """More days than a rule can look ahead."""

    message = N_("Give a number of days from 0 to %(most)s.")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What a rule is to say. Shape: ``values`` by the position of the condition."""

    values: Mapping[int, str]
    ahead_days: int
    renew_days: int
    basis: str
    is_on: bool
    reason: str
    version: int | None = None


def change_rule(rule_id: int, changed: Changed, *, by: Actor) -> None:
    """Let a rule say something else from now on.

    Raises: Missing, Stale; RuleConditionUnreadable, DaysOutOfRange, RuleReasonNeeded.
    Effects: the next look at the ledger follows it; what people have begun stays.
    Source: SF-9, the rules are configuration.
    """
    if not changed.reason.strip():
        raise RuleReasonNeeded(field="reason")
    for name in ("ahead_days", "renew_days"):
        if not 0 <= getattr(changed, name) <= LONGEST_DAYS:
            raise DaysOutOfRange(field=name, most=LONGEST_DAYS)
    with work(by) as w:
        row = w.get(EligibilityRuleRow, rule_id, version=changed.version)
        asked = select(EligibilityConditionRow).where(EligibilityConditionRow.rule_id == row.id)
        conditions = list(w.session.scalars(asked.order_by(EligibilityConditionRow.position)))
        before = _said(row, conditions)
        for one in conditions:
            one.value = Condition(
                one.fact, one.operator, changed.values.get(one.position, one.value).strip()
            ).value
        row.ahead_days, row.renew_days = changed.ahead_days, changed.renew_days
        row.basis, row.is_on = changed.basis.strip() or row.basis, changed.is_on
        w.session.flush()
        w.record(EligibilityChanged(row.code, before, _said(row, conditions), changed.reason.strip()))


def _said(row: EligibilityRuleRow, conditions: list[EligibilityConditionRow]) -> str:
    told = [f"{one.fact.value} {one.operator.value} {one.value}" for one in conditions]
    return (
        f"{'on' if row.is_on else 'off'}; {', '.join(told)}; ahead {row.ahead_days}; renew {row.renew_days}"
    )
