"""What happened and what is to be done about it, written in the transaction of the change itself.

An event row tells what happened; a job row is one thing to do, for a handler or a task. Nothing here talks to a
broker: a relay claims due jobs (``concierge.kernel.jobs``), and a crash at any moment loses none of them.
"""

from __future__ import annotations

import enum
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from concierge.kernel import clock
from concierge.kernel.audit import canonical
from concierge.kernel.db import Base


class JobState(enum.Enum):
    """Where a job stands; a dead one waits for a person."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class EventRow(Base):
    """One event, as told by ``Work.record``. Append-only."""

    __tablename__ = "kernel_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    name: Mapped[str]
    project_id: Mapped[int | None] = mapped_column(index=True)
    facts: Mapped[str] = mapped_column(Text)


class Job(Base):
    """One thing to do. ``lease_until`` says until when somebody is at it; past it, the job is anybody's again."""

    __tablename__ = "kernel_job"
    __table_args__ = (Index("ix_kernel_job_due", "state", "run_after"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str]
    args: Mapped[str] = mapped_column(Text)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("kernel_event.id", name="fk_kernel_job_event"))
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    last_error: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


def enqueue(
    session: Session,
    task: str,
    args: dict[str, Any],
    *,
    event_id: int | None = None,
    dedupe_key: str | None = None,
    after: timedelta = timedelta(),
) -> None:
    """Add one job to the caller's transaction, unless one with the same ``dedupe_key`` exists already."""
    if dedupe_key and session.execute(select(Job.id).where(Job.dedupe_key == dedupe_key)).first():
        return
    now = clock.now()
    session.add(
        Job(
            task=task,
            args=canonical(args),
            event_id=event_id,
            run_after=now + after,
            made_at=now,
            dedupe_key=dedupe_key,
            state=JobState.QUEUED,
            attempts=0,
        )
    )
