"""Who is at which job: taking one, keeping it, settling it, giving it back, burying it.

Each move is one statement that names the attempt it speaks for, so an attempt that lost its job (its lease
ran out and another took it) can no longer change anything. On PostgreSQL rows in other hands are skipped,
on SQLite writers come one after another: two workers never hold one job.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CTE, Connection, CursorResult, Table, Update, bindparam, func, select, update
from sqlalchemy.orm import Session

from concierge.kernel.db import db, writing
from concierge.kernel.outbox import Job, JobState

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=1)
MOST_RUNG = 64  # a broker never holds more than this: without a cap a slow worker drowns in repeats
RING_AGAIN_AFTER = timedelta(seconds=30)
LONGEST_ERROR = 4000


class LeaseLost(RuntimeError):
    """Another worker holds the job now; what this attempt did must not be kept."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One attempt at one job. ``key`` is the same for every attempt, for effects outside the database."""

    job_id: int
    task: str
    args: str
    event_id: int | None
    attempt: int
    name: str
    key: str


_JOB = cast("Table", Job.__table__)


def _due(limit: int, *also: Any) -> CTE:
    """The jobs that may be taken at ``now``, the one due longest first; those in other hands are skipped."""
    due = select(_JOB.c.id).where(_JOB.c.due_at <= bindparam("now"), *also)
    return due.order_by(_JOB.c.due_at, _JOB.c.id).limit(limit).with_for_update(skip_locked=True).cte("due")


def _taking(*also: Any) -> Any:
    return (
        update(_JOB)
        .where(_JOB.c.id.in_(select(_due(1, *also).c.id)))
        .values(
            state=JobState.RUNNING,
            due_at=bindparam("until"),
            claim=bindparam("name"),
            attempts=_JOB.c.attempts + 1,
            rung_until=None,
        )
        .returning(
            _JOB.c.id,
            _JOB.c.task,
            _JOB.c.args,
            _JOB.c.event_id,
            _JOB.c.attempts,
            _JOB.c.claim,
            _JOB.c.made_at,
            _JOB.c.last_error,
        )
    )


# Thousands of jobs a day ask the same few questions: each is composed once.
_IS_ANY_DUE = select(_JOB.c.id).where(_JOB.c.due_at <= bindparam("now")).limit(1)
_TAKE_NEXT, _TAKE_ONE = _taking(), _taking(_JOB.c.id == bindparam("job_id"))
_HELD = update(_JOB).where(
    _JOB.c.id == bindparam("job_id"), _JOB.c.claim == bindparam("held_by"), _JOB.c.state == JobState.RUNNING
)
_SETTLE = _HELD.values(
    state=JobState.DONE, due_at=None, claim=None, last_error=None, done_at=bindparam("settled_at")
)
_RENEW = _HELD.values(due_at=bindparam("until"))


@contextmanager
def _moving() -> Iterator[Connection]:
    with writing(), db.engine.begin() as connection:
        yield connection


def pause_after(attempt: int) -> timedelta:
    """How long a job rests after a failed attempt: 1, 4, 16, 64 … seconds, an hour at most."""
    return min(timedelta(seconds=4 ** (attempt - 1)), LONGEST_PAUSE)


def is_any_due(now: datetime) -> bool:
    """Whether there is a job to take; asked before taking one, so that idle workers lock nothing."""
    with db.engine.connect() as connection:
        return connection.execute(_IS_ANY_DUE, {"now": now}).first() is not None


def take(now: datetime, *, job_id: int | None = None) -> Claim | None:
    """Take the job that has been due longest, or the one named if it is due; None when there is none.

    Effects: a job taken too often without ever coming back (it kills its workers) is buried instead.
    """
    asked: dict[str, Any] = {"now": now, "until": now + LEASE}
    while True:
        asked["name"] = secrets.token_hex(8)
        with _moving() as connection:
            if job_id is None:
                taken = connection.execute(_TAKE_NEXT, asked).first()
            else:
                taken = connection.execute(_TAKE_ONE, asked | {"job_id": job_id}).first()
            if taken is None:
                return None
            if taken.attempts <= MOST_ATTEMPTS:
                return Claim(
                    job_id=taken.id,
                    task=taken.task,
                    args=taken.args,
                    event_id=taken.event_id,
                    attempt=taken.attempts,
                    name=taken.claim,
                    key=f"job-{taken.id}-{taken.made_at:%Y%m%dT%H%M%S}",
                )
            why = taken.last_error or "Its worker ended before the job did, every time."
            connection.execute(update(_JOB).where(_JOB.c.id == taken.id).values(_buried(why, MOST_ATTEMPTS)))


def _has_moved(connection: Connection, move: Update, claim: Claim, **values: Any) -> bool:
    asked = {"job_id": claim.job_id, "held_by": claim.name, **values}
    return cast("CursorResult[Any]", connection.execute(move, asked)).rowcount == 1


def settle(session: Session, claim: Claim, now: datetime) -> None:
    """Mark the job done in the transaction of its own effect: both are kept, or neither.

    Raises: LeaseLost, when the job is no longer this attempt's.
    """
    if not _has_moved(session.connection(), _SETTLE, claim, settled_at=now):
        raise LeaseLost


def renew(claim: Claim, now: datetime) -> bool:
    """Keep the job for another lease; False when it is in other hands already."""
    with _moving() as connection:
        return _has_moved(connection, _RENEW, claim, until=now + LEASE)


def give_back(claim: Claim, why: str, now: datetime, *, is_hopeless: bool = False) -> JobState:
    """After a failed attempt: rest the job a while, or bury it after the last; answers where it stands."""
    is_last = is_hopeless or claim.attempt >= MOST_ATTEMPTS
    values = (
        _buried(why, claim.attempt)
        if is_last
        else {
            "state": JobState.QUEUED,
            "due_at": now + pause_after(claim.attempt),
            "claim": None,
            "last_error": why[:LONGEST_ERROR],
        }
    )
    with _moving() as connection:
        _has_moved(connection, _HELD.values(values), claim)
    return JobState.DEAD if is_last else JobState.QUEUED


def _buried(why: str, attempts: int) -> dict[str, Any]:
    return {
        "state": JobState.DEAD,
        "due_at": None,
        "claim": None,
        "attempts": attempts,
        "last_error": why[:LONGEST_ERROR],
    }


def to_ring(now: datetime) -> list[int]:
    """The due jobs a broker should hear of now, marked so that no other relay rings for them too.

    Shape: no more than ``MOST_RUNG`` are with the broker at any time.
    """
    with _moving() as connection:
        rung = select(func.count()).where(_JOB.c.rung_until > now, _JOB.c.state == JobState.QUEUED)
        room = MOST_RUNG - connection.execute(rung).scalar_one()
        if room <= 0:
            return []
        due = _due(room, (_JOB.c.rung_until.is_(None)) | (_JOB.c.rung_until <= now))
        ringing = (
            update(_JOB)
            .where(_JOB.c.id.in_(select(due.c.id)))
            .values(rung_until=now + RING_AGAIN_AFTER)
            .returning(_JOB.c.id)
        )
        return sorted(connection.execute(ringing, {"now": now}).scalars())


def was_not_rung(job_ids: list[int]) -> None:
    """The broker did not answer: these jobs may be rung for again at once."""
    with _moving() as connection:
        connection.execute(update(_JOB).where(_JOB.c.id.in_(job_ids)).values(rung_until=None))


def how_many(session: Session) -> dict[JobState, int]:
    """The number of jobs in each state."""
    counted = session.execute(select(Job.state, func.count()).group_by(Job.state)).all()
    return dict.fromkeys(JobState, 0) | {row[0]: row[1] for row in counted}


def oldest_due_seconds(session: Session, now: datetime) -> float:
    """How long the job that is due longest has been waiting; 0 when none waits.

    Units: seconds.
    """
    oldest = session.execute(select(func.min(Job.due_at)).where(Job.due_at <= now)).scalar_one()
    return (now - oldest).total_seconds() if oldest else 0.0
