"""Say how many reviewers departments have, or that they are not counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from approvals.events.reviews import BenchChanged
from approvals.models.capacity import BenchChangeRow, BenchRow
from approvals.models.catalogue import DepartmentRow
from approvals.rules.benches import checked_reviewers
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing, Refusal, Stale
from concierge.kernel.work import Work, work


class BenchHasChanges(Refusal):
    """Days with another number of reviewers than a number nobody counts."""

    message = N_("There are days with another number of reviewers still to come. Take those out first.")


@dataclass(frozen=True)
class NewNumber:
    """The reviewers of one department, as a page showed them and as they shall be; None: not counted."""

    opened: int | None
    reviewers: int | None


def set_bench(department: str, reviewers: int | None, *, by: Actor) -> bool:
    """Record how many reviewers a department has from now on; None: they are not counted.

    Answers whether that is another number than before.

    Raises: NoSuchNumberOfReviewers, BenchHasChanges, Missing.
    Effects: tells ``BenchChanged``.
    """
    with work(by) as w:
        return _put(w, department, reviewers, locked_bench(w, department))


def set_benches(numbers: Mapping[str, NewNumber], *, by: Actor) -> int:
    """Record the numbers of several departments together; answers how many are other numbers now.

    Raises: Stale, when somebody else has changed a number since the page was opened, to another one than
        this; NoSuchNumberOfReviewers with its ``department``, BenchHasChanges, Missing.
    Effects: tells ``BenchChanged`` for each.
    """
    changed = 0
    with work(by) as w:
        for department in sorted(numbers):
            number, row = numbers[department], locked_bench(w, department)
            stands = row.reviewers if row else None
            if stands not in (number.opened, number.reviewers):
                raise Stale
            changed += _put(w, department, number.reviewers, row)
    return changed


def locked_bench(w: Work, department: str) -> BenchRow | None:
    """The bench of a department, locked: whoever holds it may change the days beside it."""
    return w.session.scalar(select(BenchRow).where(BenchRow.department == department).with_for_update())


def _put(w: Work, department: str, reviewers: int | None, row: BenchRow | None) -> bool:
    if reviewers is not None:
        checked_reviewers(reviewers, department)
    known = w.session.scalar(select(DepartmentRow.id).where(DepartmentRow.code == department))
    if known is None:
        raise Missing
    if (row.reviewers if row else None) == reviewers:
        return False
    if reviewers is None:
        _stop_counting(w, row)
    elif row is None:
        w.add(BenchRow(department=department, reviewers=reviewers))
    else:
        row.reviewers = reviewers
    w.record(BenchChanged(department=department, reviewers=reviewers, first_on=None, last_on=None, reason=""))
    return True


def _stop_counting(w: Work, row: BenchRow | None) -> None:
    if row is None:
        return
    own = BenchChangeRow.department == row.department
    to_come = select(BenchChangeRow.id).where(own, BenchChangeRow.last_on >= clock.today()).limit(1)
    if w.session.scalar(to_come) is not None:
        raise BenchHasChanges
    w.session.execute(delete(BenchChangeRow).where(own))
    w.session.delete(row)
