"""What a person may do about a job that failed for good, or an event that must be told again."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import addon, clock, outbox
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing, Refusal
from concierge.kernel.events import EventReplayed, JobIgnored, JobRetried
from concierge.kernel.outbox import EventRow, Job, JobState
from concierge.kernel.work import Work, work


class JobNotDead(Refusal):
    """Only a job that gave up can be tried again or ignored; any other is in good hands."""

    message = N_("Job %(id)s has not given up; it is %(state)s. Reload the list to see where it stands.")


def retry_job(job_id: int, *, by: Actor) -> None:
    """Have a dead job tried again, from its first attempt.

    Raises: Missing, JobNotDead.
    """
    with work(by) as w:
        job = _dead(w, job_id)
        _queue(job)
        w.record(JobRetried(job.id, job.task))


def ignore_job(job_id: int, *, by: Actor) -> None:
    """Let a dead job rest for good.

    Raises: Missing, JobNotDead.
    """
    with work(by) as w:
        job = _dead(w, job_id)
        job.state = JobState.IGNORED
        job.done_at = clock.moment()
        w.record(JobIgnored(job.id, job.task))


def replay_event(event_id: int, *, by: Actor) -> int:
    """Deliver an event again to every handler that listens now; answers how many.

    A handler at work on it at this moment is left alone.
    Raises: Missing.
    """
    with work(by) as w:
        event = w.session.get(EventRow, event_id)
        if event is None:
            raise Missing
        handlers = addon.handlers_of(event.name)
        for handler in handlers:
            _deliver_again(w, event, handler)
        w.record(EventReplayed(event.id, event.name))
    return len(handlers)


def _deliver_again(w: Work, event: EventRow, handler: str) -> None:
    key = outbox.delivery_key(event.id, handler)
    if outbox.enqueue(w.session, handler, {}, event_id=event.id, dedupe_key=key):
        return
    job = w.session.execute(select(Job).where(Job.dedupe_key == key).with_for_update()).scalar_one()
    if job.state is not JobState.RUNNING:
        _queue(job)
        outbox.ring_after_commit(w.session)


def _dead(w: Work, job_id: int) -> Job:
    job = w.get(Job, job_id)
    if job.state is not JobState.DEAD:
        raise JobNotDead(id=job.id, state=job.state.value)
    outbox.ring_after_commit(w.session)
    return job


def _queue(job: Job) -> None:
    job.state = JobState.QUEUED
    job.due_at = clock.moment()
    job.attempts = 0
    job.done_at = None
