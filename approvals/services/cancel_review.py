"""Cancel a joint review that has no answer yet; it stays on record with its reason."""

from __future__ import annotations

from approvals.events.reviews import ReviewCancelled
from approvals.rules.giving_opinions import ReviewOver
from approvals.rules.joint_reviews import ReviewState
from approvals.rules.settling import CancelledWithoutReason
from approvals.services.hold_review import held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def cancel_review(review_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Call a joint review off.

    Raises: Missing, Stale; ReviewOver, CancelledWithoutReason.
    Effects: tells ``ReviewCancelled``.
    """
    with work(by) as w:
        row, review = held(w, review_id, version=version)
        if not review.is_open:
            raise ReviewOver
        if not reason.strip():
            raise CancelledWithoutReason
        row.state, row.cancelled_on = ReviewState.CANCELLED, clock.today()
        row.cancelled_reason = reason.strip()
        w.record(
            ReviewCancelled(
                review_id=row.id,
                project_id=row.project_id,
                review_group=row.review_group,
                reason=row.cancelled_reason,
            )
        )
