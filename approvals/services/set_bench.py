"""Say how many reviewers a department has, or that they are not counted."""

from __future__ import annotations

from sqlalchemy import delete, select

from approvals.events import BenchChanged
from approvals.models.capacity import BenchChangeRow, BenchRow
from approvals.models.catalogue import DepartmentRow
from approvals.rules.benches import checked_reviewers
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing, Refusal
from concierge.kernel.work import Work, work


class BenchHasChanges(Refusal):
    """Days with another number of reviewers than a number nobody counts."""

    message = N_("There are days with another number of reviewers still to come. Take those out first.")


def set_bench(department: str, reviewers: int | None, *, by: Actor) -> bool:
    """Record how many reviewers a department has from now on; None: they are not counted.

    Answers whether that is another number than before.

    Raises: NoSuchNumberOfReviewers, BenchHasChanges, Missing.
    Effects: tells ``BenchChanged``.
    """
    with work(by) as w:
        return put_bench(w, department, reviewers)


def put_bench(w: Work, department: str, reviewers: int | None) -> bool:
    """The same in the caller's work."""
    if reviewers is not None:
        checked_reviewers(reviewers)
    known = w.session.scalar(select(DepartmentRow.id).where(DepartmentRow.code == department))
    if known is None:
        raise Missing
    row = locked_bench(w, department)
    if (row.reviewers if row else None) == reviewers:
        return False
    if row is None:
        w.add(BenchRow(department=department, reviewers=reviewers))
    elif reviewers is None:
        _stop_counting(w, row)
    else:
        row.reviewers = reviewers
    w.record(BenchChanged(department=department, reviewers=reviewers, first_on=None, last_on=None, reason=""))
    return True


def locked_bench(w: Work, department: str) -> BenchRow | None:
    """The bench of a department, locked: whoever holds it may change the days beside it."""
    return w.session.scalar(select(BenchRow).where(BenchRow.department == department).with_for_update())


def _stop_counting(w: Work, row: BenchRow) -> None:
    own = BenchChangeRow.department == row.department
    to_come = select(BenchChangeRow.id).where(own, BenchChangeRow.last_on >= clock.today()).limit(1)
    if w.session.scalar(to_come) is not None:
        raise BenchHasChanges
    w.session.execute(delete(BenchChangeRow).where(own))
    w.session.delete(row)
