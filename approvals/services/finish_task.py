"""Finish a task of a joint review."""

from __future__ import annotations

from datetime import date

from approvals.events.reviews import ReviewTaskFinished
from approvals.models.minutes import ReviewTaskRow
from approvals.rules.minutes import check_done
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def finish_task(
    task_id: int, done_on: date, *, note: str = "", version: int | None = None, by: Actor
) -> None:
    """Write down that a task is done.

    Raises: Missing, Stale; TaskDone, DoneInFuture.
    Effects: tells ``ReviewTaskFinished``.
    """
    with work(by) as w:
        finish(w, task_id, done_on, note=note, version=version)


def finish(w: Work, task_id: int, done_on: date, *, note: str = "", version: int | None = None) -> None:
    """The same in the caller's work."""
    row = w.get(ReviewTaskRow, task_id, version=version)
    check_done(row.facts(), done_on, today=clock.today())
    row.done_on, row.done_by, row.done_note = done_on, w.by.label, note.strip()
    w.record(
        ReviewTaskFinished(
            task_id=row.id,
            review_id=row.review_id,
            project_id=row.project_id,
            what=row.what,
            department=row.department,
            done_on=done_on,
        )
    )
