"""Put the usual rhythm of joint reviews into a database that has none for a group yet.

A group that has a rule keeps it: what the office edited, or switched off, is never written over.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from approvals.rules.sitting_rules import check_rule, read_rules
from approvals.rules.sittings import SittingRule
from approvals.services.set_sitting_rule import put_rule
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import ConciergeError, Misconfigured
from concierge.kernel.work import work

SHIPPED = Path(__file__).parents[1] / "data" / "sitting_rules.csv"


@cache
def shipped_rules() -> tuple[SittingRule, ...]:
    """The rhythms this release brings.

    Raises: Misconfigured, when the file is broken: the release is at fault, not the office.
    """
    try:
        return tuple(read_rules(SHIPPED.read_text(encoding="utf-8")))
    except (KeyError, ValueError) as error:
        raise Misconfigured(what=f"{SHIPPED.name}: {error}") from error


def ship() -> None:
    """Take over the shipped rhythm of every group that has none and is in the published catalogue.

    Effects: tells ``SittingRuleChanged`` for each; a group whose matters the office has renamed is left for
    the office to say.
    """
    with work(SYSTEM) as w:
        published = catalogue_queries.latest_catalogue(w.session)
        if published is None:
            return
        known = reviews.sitting_rules(w.session)
        for rule in shipped_rules():
            if rule.review_group in known:
                continue
            try:
                check_rule(rule, published, known.values())
            except ConciergeError:
                continue
            put_rule(w, rule)
