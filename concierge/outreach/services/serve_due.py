"""Start, issue, deliver or drop entitlements: one, those ticked, or everybody a filter shows, at one key."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, insert, literal, select, update

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.outreach.events import DueMoved
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.models.people import HoldingRow, RefusalRow
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.serving import TO, Deed, NobodyChosen, NobodyToServe, ends_on, states_before
from concierge.outreach.rules.standing import Road
from concierge.outreach.services.close_due_cases import CLOSING
from concierge.outreach.services.open_due_cases import OPENING

MOST_TICKED = 500


def serve_due(
    deed: Deed,
    rule_id: int,
    *,
    by: Actor,
    ticked: Collection[int] | None = None,
    township_id: int = 0,
    told: dict[str, str] | None = None,
) -> int:
    """Do one deed for those ticked, or for all of a rule (and township); answers for how many.

    Shape: ``told`` may hold ``courier`` and ``signed_by`` of a delivery.
    Raises: Missing; NobodyChosen, NobodyToServe.
    Effects: beginning opens a service case for each, soon after; issuing writes down that they hold it
        now, so nobody is found twice; dropping writes down that the person said no; both end the case.
    Source: SF-8, SF-9, SF-14.
    """
    if ticked is not None and not ticked:
        raise NobodyChosen
    today = clock.today()
    with work(by) as w:
        rule = w.get(EligibilityRuleRow, rule_id)
        chosen = _chosen(deed, rule, by, today)
        if ticked is not None:
            chosen.append(DueRow.id.in_(sorted(ticked)[:MOST_TICKED]))
        if township_id:
            chosen.append(DueRow.township_id == township_id)
        count = w.session.scalar(select(func.count(DueRow.id)).where(*chosen)) or 0
        if not count:
            raise NobodyToServe
        _follow(w, deed, rule, chosen)
        w.session.execute(
            update(DueRow)
            .where(*chosen)
            .values(**_values(deed, by, told or {}))
            .execution_options(synchronize_session=False)
        )
        if deed is Deed.START:
            w.enqueue(OPENING, rule_id=rule.id)
        else:
            w.enqueue(CLOSING, rule_id=rule.id, after_id=0)
        w.record(DueMoved(rule.code, TO[deed].value, count, township_id or None))
        return count


def _chosen(deed: Deed, rule: EligibilityRuleRow, by: Actor, today: date) -> list[ColumnElement[bool]]:
    states = states_before(deed, needs_application=rule.needs_application)
    chosen = [DueRow.rule_id == rule.id, DueRow.state.in_(states), in_charge(by, DueRow.township_id)]
    if deed is Deed.ISSUE:
        chosen.append(DueRow.since_on <= today)
    return chosen


def _values(deed: Deed, by: Actor, told: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "state": TO[deed],
        "state_at": clock.now(),
        "by_id": by.id,
        "by": by.label,
        "version": DueRow.version + 1,
    }
    day = {Deed.START: "started_on", Deed.ISSUE: "issued_on", Deed.DELIVER: "delivered_on"}.get(deed)
    if day:
        values[day] = clock.today()
    if deed is Deed.DELIVER:
        values |= {"courier": told.get("courier", "").strip(), "signed_by": told.get("signed_by", "").strip()}
    return values


def _follow(w: Work, deed: Deed, rule: EligibilityRuleRow, chosen: list[ColumnElement[bool]]) -> None:
    """What else a deed writes down, for all of them in one statement."""
    today = clock.today()
    if deed is Deed.ISSUE and rule.holds:
        held = select(
            DueRow.person_id, literal(rule.holds), literal(today), literal(ends_on(today, rule.valid_years))
        ).where(*chosen)
        w.session.execute(
            insert(HoldingRow).from_select(["person_id", "service", "issued_on", "ends_on"], held)
        )
    if deed is Deed.DECLINE:
        numbers = w.session.scalars(select(DueRow.person_id).where(*chosen)).all()
        w.session.execute(
            insert(RefusalRow),
            [
                {
                    "person_id": number,
                    "service": rule.code,
                    "since_on": today,
                    "road": Road.PHONE,
                    "by_id": by_id,
                    "by": label,
                    "at": clock.now(),
                    "version": 1,
                }
                for number in numbers
                for by_id, label in [(w.by.id, w.by.label)]
            ],
        )
