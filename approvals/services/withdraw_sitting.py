"""Withdraw an announced sitting: it stays on record with its reason, and its steps wait for another."""

from __future__ import annotations

from approvals.events.reviews import SittingWithdrawn
from approvals.models.review import SittingRow
from approvals.queries import reviews
from approvals.rules.convening import WithdrawnWithoutReason, check_open
from approvals.rules.sittings import SittingState
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def withdraw_sitting(sitting_id: int, reason: str, *, by: Actor) -> None:
    """Call a sitting off.

    Raises: WithdrawnWithoutReason, SittingCalledOff, SittingIsOver; Missing, also when one of its projects
        is out of scope.
    Effects: tells ``SittingWithdrawn`` once for each step on the list.
    """
    with work(by) as w:
        withdraw(w, sitting_id, reason)


def withdraw(w: Work, sitting_id: int, reason: str) -> None:
    """The same in the caller's work."""
    if not reason.strip():
        raise WithdrawnWithoutReason
    row = w.get(SittingRow, sitting_id)
    sitting = reviews.sitting(w.session, sitting_id)
    for project_id in sorted({item.project_id for item in sitting.items}):
        scope.require(w.session, w.by, project_id)
    check_open(sitting, clock.today())
    row.state, row.withdrawn_at = SittingState.WITHDRAWN, clock.now()
    row.withdrawn_reason = reason.strip()
    w.session.flush()
    for item in sitting.items:
        w.record(
            SittingWithdrawn(
                sitting_id=row.id,
                project_id=item.project_id,
                code=item.code,
                review_group=row.review_group,
                on=row.on,
                half=row.half.value,
                reason=row.withdrawn_reason,
            )
        )
