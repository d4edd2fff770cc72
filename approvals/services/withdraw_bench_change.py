"""Take out days with another number of reviewers: the usual number holds again."""

from __future__ import annotations

from approvals.events.reviews import BenchChanged
from approvals.models.capacity import BenchChangeRow
from approvals.services.set_bench import locked_bench
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def withdraw_bench_change(change_id: int, *, by: Actor) -> None:
    """Take one entry out; the trace keeps what it said.

    Raises: Missing.
    Effects: tells ``BenchChanged`` with no number for those days.
    """
    with work(by) as w:
        row = w.get(BenchChangeRow, change_id)
        locked_bench(w, row.department)
        w.session.delete(row)
        w.record(
            BenchChanged(
                department=row.department,
                reviewers=None,
                first_on=row.first_on,
                last_on=row.last_on,
                reason=row.reason,
            )
        )
