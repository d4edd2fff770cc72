"""What happened and what is to be done about it, written in the transaction of the change itself.

An event row tells what happened; a job row is one thing to do, for a handler or a task. Nothing here talks to
a broker: workers claim due jobs (``claims.py``, ``jobs.py``), and a crash at any moment loses none of them.
"""

from __future__ import annotations

import enum
import json
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, Text, event, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from concierge.kernel import clock
from concierge.kernel.db import Base
from concierge.kernel.facts import plain


class JobState(enum.Enum):
    """Where a job stands; a dead one waits for a person, who has it tried again or ignores it."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    IGNORED = "ignored"


class EventRow(Base):
    """One event, as told by ``Work.record``. Append-only."""

    __tablename__ = "kernel_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    name: Mapped[str]
    project_id: Mapped[int | None] = mapped_column(index=True)
    facts: Mapped[str] = mapped_column(Text)


class Job(Base):
    """One thing to do.

    ``due_at`` is when anybody may take it: the end of its pause while queued, the end of its lease while
    running, empty once it is settled. ``claim`` names the attempt that holds it; ``rung_until`` keeps a
    broker's bell from ringing twice for one job.
    """

    __tablename__ = "kernel_job"
    __table_args__ = (
        Index("ix_kernel_job_due", "due_at"),
        Index("ix_kernel_job_state", "state", "done_at"),
        CheckConstraint(
            "(due_at IS NOT NULL) = (state IN ('queued', 'running'))", name="ck_kernel_job_due_while_open"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str]
    args: Mapped[str] = mapped_column(Text)
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("kernel_event.id", name="fk_kernel_job_event"), index=True
    )
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    due_at: Mapped[datetime | None]
    rung_until: Mapped[datetime | None]
    claim: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    last_error: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


_JOB, _EVENT = cast("Table", Job.__table__), cast("Table", EventRow.__table__)
_HAPPENED, _ADDED = insert(_EVENT).returning(_EVENT.c.id), insert(_JOB)
# Two works may enqueue the same thing at the same moment; neither must fail for it.
_ADDED_ONCE: dict[str, Any] = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(_JOB)
    .on_conflict_do_nothing(index_elements=[_JOB.c.dedupe_key])
    .returning(_JOB.c.id)
    for dialect in (sqlite, postgresql)
}


class Bell:
    """Wakes the workers of this process the moment a job is committed."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._strokes = 0

    @property
    def strokes(self) -> int:
        """How often it rang: what a listener remembers before it looks for work."""
        return self._strokes

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._rung:
            self._strokes += 1
            self._rung.notify_all()

    def wait(self, heard: int, *, limit_seconds: float) -> None:
        """Wait for a stroke after the one ``heard``, or until the limit."""
        with self._rung:
            self._rung.wait_for(lambda: self._strokes != heard, limit_seconds)


bell = Bell()


def delivery_key(event_id: int, handler: str) -> str:
    """The dedupe key of an event's delivery to one handler."""
    return f"{event_id}:{handler}"


def ring_after_commit(session: Session) -> None:
    """Wake the workers of this process when the session's transaction is committed."""
    if not session.info.get("rings the bell"):
        session.info["rings the bell"] = True
        event.listen(session, "after_commit", lambda _: bell.ring())


def enqueue(
    session: Session,
    task: str,
    args: dict[str, Any],
    *,
    event_id: int | None = None,
    dedupe_key: str | None = None,
    after: timedelta = timedelta(),
) -> bool:
    """Add one job to the caller's transaction, unless one with the same ``dedupe_key`` was ever added.

    Effects: once committed, the workers of this process wake up. Answers whether there is a new job.
    """
    values = _new(task, args, event_id=event_id, dedupe_key=dedupe_key, after=after)
    added = session.connection().execute(_ADDED_ONCE[session.get_bind().dialect.name], values).first()
    ring_after_commit(session)
    return added is not None


def tell(session: Session, happened: dict[str, Any], handlers: Sequence[str]) -> int:
    """Write down what happened, with one job for each that listens; answers the event's number.

    Shape: ``happened`` is the columns of its row; its number is new, so nobody else can add its deliveries.
    """
    session.flush()
    connection = session.connection()
    event_id = int(connection.execute(_HAPPENED, happened).scalar_one())
    if handlers:
        new = [_new(one, {}, event_id=event_id, dedupe_key=delivery_key(event_id, one)) for one in handlers]
        connection.execute(_ADDED, new)
        ring_after_commit(session)
    return event_id


def _new(
    task: str,
    args: dict[str, Any],
    *,
    event_id: int | None,
    dedupe_key: str | None,
    after: timedelta = timedelta(),
) -> dict[str, Any]:
    """The columns of a job that waits for its moment."""
    now = clock.moment()
    return {
        "task": task,
        "args": json.dumps(plain(args), ensure_ascii=False, sort_keys=True),
        "event_id": event_id,
        "due_at": now + after,
        "made_at": now,
        "dedupe_key": dedupe_key,
        "state": JobState.QUEUED,
        "attempts": 0,
    }
