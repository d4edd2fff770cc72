"""Timed work of the window: clocks that run out, and what nobody reported."""

from __future__ import annotations

from concierge.escalation.queries.reports import due_to_rise
from concierge.escalation.services.follow_report import locked_report
from concierge.escalation.services.raise_report import raise_by_itself
from concierge.kernel import clock
from concierge.kernel.jobs import Run
from concierge.kernel.work import reading

RAISE = "concierge.escalation.tasks:raise_one"


def raise_overdue(run: Run) -> None:
    """Each minute: each report whose level is over gets a job of its own; one never holds another."""
    with reading() as session:
        late = due_to_rise(session, clock.now())
    with run.work() as w:
        for report_id in late:
            w.enqueue(RAISE, report_id=report_id)


def raise_one(run: Run, report_id: int) -> None:
    """Take one report up, if its time is still over."""
    with run.work() as w:
        raise_by_itself(w, locked_report(w, report_id), clock.now())
