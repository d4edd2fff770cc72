"""What the system does for itself, by the clock: old jobs go, the end of the audit chain is noted outside."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete

from concierge.kernel import anchors, clock, storage
from concierge.kernel.jobs import Run
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.work import reading

KEPT = timedelta(days=30)


def sweep_settled_jobs(run: Run) -> None:
    """Remove jobs settled 30 days ago; dead ones wait for a person, events and audit are never removed."""
    before = clock.moment() - KEPT
    with run.work() as w:
        settled = Job.state.in_([JobState.DONE, JobState.IGNORED])
        w.session.execute(delete(Job).where(settled, Job.done_at < before))


def sweep_orphans(_run: Run) -> None:
    """Remove stored files that no row names a day after they came, and what broke off.

    Effects: removes files.
    """
    with reading() as session:
        storage.sweep(session, now=clock.moment())


def anchor_audit(_run: Run) -> None:
    """Note the end of the audit chain in a file outside the database.

    Effects: appends a line to ``audit-anchors.txt`` in home, when the chain has grown.
    """
    anchors.drop(current_app.config["CONCIERGE"])
