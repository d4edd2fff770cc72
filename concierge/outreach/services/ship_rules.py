"""Put the usual entitlements into a database that lacks them; what was changed stays."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import ConciergeError, Misconfigured
from concierge.kernel.work import Work, work
from concierge.outreach.models.entitlement import EligibilityConditionRow, EligibilityRuleRow
from concierge.outreach.rules.eligibility import Condition, Operator, PersonFact
from concierge.outreach.rules.lawful_use import Ground

SHIPPED = Path(__file__).parents[1] / "data" / "eligibility.yaml"
GIVEN = ("code", "name", "name_en", "department", "purpose", "basis")


@cache
def shipped_rules() -> tuple[dict[str, Any], ...]:
    """The entitlements this release brings, their conditions checked.

    Raises: Misconfigured, when the file is broken: the release is at fault, not the office.
    """
    try:
        told = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["rules"]
        for rule in told:
            rule["conditions"] = [
                Condition(PersonFact(fact), Operator(operator), str(value))
                for fact, operator, value in rule["conditions"]
            ]
            rule["ground"] = Ground(rule["ground"])
    except (KeyError, ValueError, ConciergeError) as error:
        raise Misconfigured(what=f"{SHIPPED.name}: {error}") from error
    return tuple(told)


def ship() -> None:
    """Add every shipped entitlement whose code is not there yet; nobody is matched by that."""
    with work(SYSTEM) as w:
        known = set(w.session.scalars(select(EligibilityRuleRow.code)))
        for rule in shipped_rules():
            if rule["code"] not in known:
                _add(w, rule)


def _add(w: Work, rule: dict[str, Any]) -> None:
    row = w.add(
        EligibilityRuleRow(
            **{name: rule[name] for name in GIVEN},
            ground=rule["ground"],
            needs_application=rule.get("needs_application", True),
            holds=rule.get("holds", rule["code"]),
            ahead_days=rule.get("ahead_days", 0),
            renew_days=rule.get("renew_days", 0),
            valid_years=rule.get("valid_years"),
        )
    )
    for position, condition in enumerate(rule["conditions"]):
        w.add(
            EligibilityConditionRow(
                rule_id=row.id,
                position=position,
                fact=condition.fact,
                operator=condition.operator,
                value=condition.value,
            )
        )
