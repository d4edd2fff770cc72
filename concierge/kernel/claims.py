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

from sqlalchemy import CTE, CursorResult, Update, func, select, update
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


@contextmanager
def _moving() -> Iterator[Session]:
    with writing(), Session(db.engine) as session, session.begin():
        yield session


def pause_after(attempt: int) -> timedelta:
    """How long a job rests after a failed attempt: 1, 4, 16, 64 … seconds, an hour at most."""
    return min(timedelta(seconds=4 ** (attempt - 1)), LONGEST_PAUSE)


def is_any_due(now: datetime) -> bool:
    """Whether there is a job to take; asked before taking one, so that idle workers lock nothing."""
    with Session(db.engine) as session:
        return session.execute(select(Job.id).where(Job.due_at <= now).limit(1)).first() is not None


def take(now: datetime, *, job_id: int | None = None) -> Claim | None:
    """Take the job that has been due longest, or the one named if it is due; None when there is none.

    Effects: a job taken too often without ever coming back (it kills its workers) is buried instead.
    """
    while True:
        with _moving() as session:
            taken = session.execute(_taking(now, job_id)).mappings().first()
            if taken is None:
                return None
            if taken["attempts"] <= MOST_ATTEMPTS:
                return Claim(
                    job_id=taken["id"],
                    task=taken["task"],
                    args=taken["args"],
                    event_id=taken["event_id"],
                    attempt=taken["attempts"],
                    name=taken["claim"],
                    key=f"job-{taken['id']}-{taken['made_at']:%Y%m%dT%H%M%S}",
                )
            why = taken["last_error"] or "Its worker ended before the job did, every time."
            session.execute(update(Job).where(Job.id == taken["id"]).values(_buried(why, MOST_ATTEMPTS)))


def _due(now: datetime, job_id: int | None, limit: int, *also: Any) -> CTE:
    due = select(Job.id).where(Job.due_at <= now, *also)
    due = due.where(Job.id == job_id) if job_id is not None else due.order_by(Job.due_at, Job.id)
    return due.limit(limit).with_for_update(skip_locked=True).cte("due")


def _taking(now: datetime, job_id: int | None) -> Any:
    due = _due(now, job_id, 1)
    return (
        update(Job)
        .where(Job.id.in_(select(due.c.id)))
        .values(
            state=JobState.RUNNING,
            due_at=now + LEASE,
            claim=secrets.token_hex(8),
            attempts=Job.attempts + 1,
            rung_until=None,
        )
        .returning(
            Job.id, Job.task, Job.args, Job.event_id, Job.attempts, Job.claim, Job.made_at, Job.last_error
        )
        .execution_options(synchronize_session=False)
    )


def _held(claim: Claim) -> Update:
    return (
        update(Job)
        .where(Job.id == claim.job_id, Job.claim == claim.name, Job.state == JobState.RUNNING)
        .execution_options(synchronize_session=False)
    )


def _has_moved(session: Session, move: Update) -> bool:
    return cast("CursorResult[Any]", session.execute(move)).rowcount == 1


def settle(session: Session, claim: Claim, now: datetime) -> None:
    """Mark the job done in the transaction of its own effect: both are kept, or neither.

    Raises: LeaseLost, when the job is no longer this attempt's.
    """
    done = _held(claim).values(state=JobState.DONE, due_at=None, claim=None, last_error=None, done_at=now)
    if not _has_moved(session, done):
        raise LeaseLost


def renew(claim: Claim, now: datetime) -> bool:
    """Keep the job for another lease; False when it is in other hands already."""
    with _moving() as session:
        return _has_moved(session, _held(claim).values(due_at=now + LEASE))


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
    with _moving() as session:
        session.execute(_held(claim).values(values))
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
    with _moving() as session:
        rung = select(func.count()).where(Job.rung_until > now, Job.state == JobState.QUEUED)
        room = MOST_RUNG - session.execute(rung).scalar_one()
        if room <= 0:
            return []
        due = _due(now, None, room, (Job.rung_until.is_(None)) | (Job.rung_until <= now))
        ringing = (
            update(Job)
            .where(Job.id.in_(select(due.c.id)))
            .values(rung_until=now + RING_AGAIN_AFTER)
            .returning(Job.id)
            .execution_options(synchronize_session=False)
        )
        return sorted(session.execute(ringing).scalars())


def was_not_rung(job_ids: list[int]) -> None:
    """The broker did not answer: these jobs may be rung for again at once."""
    with _moving() as session:
        session.execute(update(Job).where(Job.id.in_(job_ids)).values(rung_until=None))


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
