"""Put a default on record: the bare fact, for as long as it may be seen."""

from __future__ import annotations

from datetime import date

from approvals.events.deferrals import CreditRecorded
from approvals.models.deferral import AssuranceRow, CreditRow, DeferralRow
from approvals.rules.credit import published_until
from approvals.rules.deferral_course import DeferralMove
from approvals.services.move_deferral import move_deferral
from concierge.kernel import clock
from concierge.kernel.work import Work


def record_default(w: Work, row: DeferralRow, promised: str, *, reason: str = "") -> CreditRow:
    """Record that a promise was not kept, on a deferral the caller holds that is in default.

    Shape: ``promised`` is the paper's name.
    Raises: NoSuchDeferralMove.
    Effects: tells ``CreditRecorded``.
    Source: DF-11, DF-12.
    """
    move_deferral(w, row, DeferralMove.RECORD_CREDIT, reason=reason)
    was_supplied = row.supplied_on is not None
    return record_credit(w, row, promised, due_on=row.course().due_on, was_supplied=was_supplied)


def record_credit(
    w: Work, of: DeferralRow | AssuranceRow, promised: str, *, due_on: date, was_supplied: bool
) -> CreditRow:
    """Record of an enterprise that something promised did not come, or came after its time.

    Effects: tells ``CreditRecorded``.
    Source: DF-11, DF-12.
    """
    today = clock.today()
    credit = w.add(
        CreditRow(
            project_id=of.project_id,
            uscc=of.uscc,
            number=of.number,
            promised=promised,
            due_on=due_on,
            was_supplied=was_supplied,
            recorded_on=today,
            published_until=published_until(today),
        )
    )
    w.record(
        CreditRecorded(
            credit_id=credit.id,
            project_id=of.project_id,
            uscc=of.uscc,
            number=of.number,
            due_on=due_on,
            was_supplied=was_supplied,
        )
    )
    return credit
