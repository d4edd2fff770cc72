"""Extend the limit of a joint handling, once, with the government's approval."""

from __future__ import annotations

from approvals.events.reviews import ReviewExtended
from approvals.queries import catalogue
from approvals.rules.giving_opinions import ReviewOver
from approvals.rules.joint_limits import check_extension, joint_end
from approvals.services.hold_review import held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def extend_review(
    review_id: int, workdays: int, *, approved_by: str, reason: str, version: int | None = None, by: Actor
) -> None:
    """Give a joint handling more time.

    Units: working days.
    Raises: Missing, Stale; ReviewOver; everything ``check_extension`` refuses.
    Effects: tells ``ReviewExtended``.
    Source: AC-8.
    """
    with work(by) as w:
        row, review = held(w, review_id, version=version)
        if not review.is_open:
            raise ReviewOver
        end_on = joint_end(review.sent_on, 0, catalogue.work_calendar(w.session))
        check_extension(
            end_on=end_on,
            extended_workdays=review.extended_workdays,
            workdays=workdays,
            approved_by=approved_by,
            reason=reason,
            today=clock.today(),
        )
        row.extended_workdays, row.extension_approved_by = workdays, approved_by.strip()
        row.extension_reason = reason.strip()
        w.record(
            ReviewExtended(
                review_id=row.id,
                project_id=row.project_id,
                workdays=workdays,
                approved_by=row.extension_approved_by,
                reason=row.extension_reason,
            )
        )
