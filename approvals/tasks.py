"""Timed work of approvals."""

from __future__ import annotations

from approvals.services.watch_deferrals import watch, watched_ids
from concierge.kernel import clock
from concierge.kernel.jobs import Run


def watch_deferrals(run: Run) -> None:
    """A new day: due days come nearer, pass, and default; each deferral is looked at in its own work."""
    with run.work() as w:
        for deferral_id in watched_ids(w):
            w.enqueue(
                "approvals.tasks:watch_deferral",
                dedupe_key=f"deferral:{deferral_id}:{clock.today().isoformat()}",
                deferral_id=deferral_id,
            )


def watch_deferral(run: Run, deferral_id: int) -> None:
    """Do to one deferral what the day brings."""
    with run.work() as w:
        watch(w, deferral_id)
