"""The timed tasks: each slot of each task becomes one job, however many clocks tick and whatever stood still.

A slot is a civil day for ``daily`` and a stretch of time for ``every_seconds``; its name is the job's
dedupe key. A daily slot missed while everything was down is caught up when the first clock ticks again that
day, once.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel import addon, clock, outbox
from concierge.kernel.actor import SYSTEM
from concierge.kernel.addon import Task
from concierge.kernel.db import db
from concierge.kernel.outbox import Job
from concierge.kernel.work import work


def slot_of(task: Task, *, at: datetime, day_at: datetime) -> str | None:
    """The slot a timed task is in, None for one without a time or before its time of day.

    Units: ``at`` is the machine's moment, for stretches; ``day_at`` the desk's, for civil days in
    Asia/Shanghai.
    """
    if task.every_seconds:
        started = int(at.timestamp()) // task.every_seconds * task.every_seconds
        return f"{task.run}:{datetime.fromtimestamp(started, UTC):%Y%m%dT%H%M%SZ}"
    local = clock.local(day_at)
    if not task.daily or local.time() < time.fromisoformat(task.daily):
        return None
    return f"{task.run}:{local.date().isoformat()}"


def tick(*, at: datetime | None = None, day_at: datetime | None = None) -> list[str]:
    """Put a job in the outbox for each slot that has none; answers the slots that are new.

    Units: the present moment and the desk's day, unless given.
    """
    at, day_at = at or clock.moment(), day_at or clock.now()
    slots = {slot_of(task, at=at, day_at=day_at): task.run for task in addon.tasks()}
    with Session(db.engine) as session:
        known = set(
            session.execute(select(Job.dedupe_key).where(Job.dedupe_key.in_(filter(None, slots)))).scalars()
        )
    return [slot for slot, run in slots.items() if slot and slot not in known and _is_new(slot, run)]


def _is_new(slot: str, run: str) -> bool:
    with work(SYSTEM) as w:
        return outbox.enqueue(w.session, run, {}, dedupe_key=slot)
