"""Say that a department has another number of reviewers from one day to another."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.reviews import BenchChanged
from approvals.models.capacity import BenchChangeRow
from approvals.rules.benches import BenchChange, check_change
from approvals.services.set_bench import locked_bench
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.work import work


class BenchNotCounted(Refusal):
    """Another number than a number nobody counts."""

    message = N_("The reviewers of this department are not counted yet. Say first how many it usually has.")


def change_bench(change: BenchChange, *, by: Actor) -> int:
    """Record days on which a department has another number of reviewers; answers the entry's number.

    Raises: BenchNotCounted, NoSuchNumberOfReviewers, ChangeEndsBeforeItBegins, ChangeWithoutReason,
        ChangesOverlap.
    Effects: tells ``BenchChanged``.
    """
    with work(by) as w:
        if locked_bench(w, change.department) is None:
            raise BenchNotCounted
        own = select(BenchChangeRow).where(BenchChangeRow.department == change.department)
        check_change(change, (row.facts() for row in w.session.scalars(own)))
        row = w.add(
            BenchChangeRow(
                department=change.department,
                first_on=change.first_on,
                last_on=change.last_on,
                reviewers=change.reviewers,
                reason=change.reason.strip(),
            )
        )
        w.record(
            BenchChanged(
                department=change.department,
                reviewers=change.reviewers,
                first_on=change.first_on,
                last_on=change.last_on,
                reason=row.reason,
            )
        )
        return row.id
