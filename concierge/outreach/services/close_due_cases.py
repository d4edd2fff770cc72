"""Close the service cases of entitlements that were issued, or that the person did not want."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import String, cast, literal, select

from concierge.kernel.work import Work
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.rules.standing import DueState
from concierge.outreach.services.open_due_cases import ORIGIN
from concierge.service.models.case import ServiceCase
from concierge.service.rules.case import CaseState, Outcome
from concierge.service.services.finish_step import close_elsewhere

CLOSING = "concierge.outreach.tasks:close_cases"
AT_ONCE = 100
"""So many cases one transaction closes."""
ENDS: Mapping[DueState, tuple[Outcome, str]] = {
    DueState.ISSUED: (Outcome.DONE, "已按应享人员名单办结发放"),
    DueState.DELIVERED: (Outcome.DONE, "已按应享人员名单办结发放"),
    DueState.DECLINED: (Outcome.WITHDRAWN, "本人表示不需要办理"),
}
"""How a case ends with its entitlement, and the reason its closing slip gives."""


def close_due_cases(w: Work, rule_id: int, after_id: int) -> int:
    """Close the next cases of one rule, and ask for more of the same; answers how many.

    Shape: ``after_id`` is the last entitlement looked at; a case somebody closed before is left alone.
    Source: SF-4, one closing; SF-9, one-key issue.
    """
    rule = w.get(EligibilityRuleRow, rule_id)
    asked = (
        select(DueRow.id, DueRow.state, ServiceCase.id)
        .join(ServiceCase, ServiceCase.origin == literal(ORIGIN) + cast(DueRow.id, String))
        .where(
            DueRow.rule_id == rule.id,
            DueRow.id > after_id,
            DueRow.state.in_(ENDS),
            DueRow.case_number != "",
            ServiceCase.state != CaseState.CLOSED,
        )
        .order_by(DueRow.id)
        .limit(AT_ONCE)
    )
    rows = w.session.execute(asked).tuples().all()
    for _, state, case_id in rows:
        case = w.get(ServiceCase, case_id)
        if case.state is not CaseState.CLOSED:
            close_elsewhere(w, case, *ENDS[state])
    if rows:
        w.enqueue(CLOSING, rule_id=rule_id, after_id=rows[-1][0])
    return len(rows)
