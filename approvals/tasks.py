"""Timed work of approvals."""

from __future__ import annotations

from approvals.queries.joint_reviews import over_since
from approvals.services.close_round import close_if_over
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


def close_rounds(run: Run) -> None:
    """A new day: who has not answered a joint review by yesterday is written down as silent."""
    with run.work() as w:
        for review_id in over_since(w.session, clock.today()):
            w.enqueue(
                "approvals.tasks:close_round",
                dedupe_key=f"review:{review_id}:{clock.today().isoformat()}",
                review_id=review_id,
            )


def close_round(run: Run, review_id: int) -> None:
    """Close one round whose day is over."""
    with run.work() as w:
        close_if_over(w, review_id)
