"""Running jobs: a handler or a task, its effect and its “done” in one transaction.

A handler is ``handler(w, event)``. A task is ``task(run, **args)``; it may read and think first, holding
nothing, and writes in ``with run.work() as w:``, once. Either way the commit that keeps the effect also
marks the job done, so a crash can repeat the thinking but never the effect. For effects outside the
database (storage, mail) ``run.key`` is the same at every attempt, and they come before ``run.work()``.
"""

from __future__ import annotations

import json
import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
from flask import Flask, current_app
from sqlalchemy import bindparam, select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from concierge.kernel import addon, claims, clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.claims import Claim, LeaseLost
from concierge.kernel.facts import rebuild_arguments, rebuild_dataclass
from concierge.kernel.outbox import EventRow, JobState
from concierge.kernel.work import Work, work

LONGEST_RUN = timedelta(minutes=15)
FRAMES_KEPT = 6
_TOLD = select(EventRow.name, EventRow.facts).where(EventRow.id == bindparam("event_id"))
MAY_QUOTE_ROWS = (IntegrityError, DataError, psycopg.IntegrityError, psycopg.DataError)
log = logging.getLogger(__name__)


class Undeclared(LookupError):
    """No manifest names this task or handler: it was renamed, or its addon is no longer installed."""


@dataclass(frozen=True)
class Ran:
    """What came of a round of work."""

    done: int
    failed: int


class Run:
    """One attempt at a task, handed to it as its first argument."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._is_settled = False
        self.is_writing = False

    @property
    def key(self) -> str:
        """The key of this job at every attempt: hand it to whatever is told outside the database."""
        return self._claim.key

    @property
    def attempt(self) -> int:
        """Which try this is, from 1."""
        return self._claim.attempt

    @property
    def is_settled(self) -> bool:
        """Whether the one work of this task is committed."""
        return self._is_settled

    @contextmanager
    def work(self, by: Actor = SYSTEM) -> Iterator[Work]:
        """The one work of this task; its commit marks the job done.

        Raises: RuntimeError, the second time; LeaseLost, when another worker has the job by now.
        """
        if self._is_settled:
            raise RuntimeError("run.work() a second time: a task has one work, or it could be half done.")
        self.is_writing = True  # from here the transaction itself holds the job: no lease to renew
        with work(by) as w:
            claims.settle(w.session, self._claim, clock.moment())
            yield w
        self._is_settled = True


def run_due(limit: int = 1000, *, now: datetime | None = None) -> Ran:
    """Run what is due, one after another in this thread, and what that makes due; at most ``limit`` jobs.

    Units: ``now`` is the moment to judge by, the present one unless given.
    """
    done = failed = 0
    while done + failed < limit:
        outcome = run_next(now)
        if outcome is None:
            break
        done, failed = done + outcome, failed + (not outcome)
    return Ran(done, failed)


def run_next(now: datetime | None = None, *, job_id: int | None = None) -> bool | None:
    """Run one due job; answers whether it was done, None when there was none to take."""
    moment = now or clock.moment()
    if job_id is None and not claims.is_any_due(moment):
        return None
    claim = claims.take(moment, job_id=job_id)
    return None if claim is None else _attempt(claim, now)


def _attempt(claim: Claim, now: datetime | None) -> bool:
    """Run one claimed job; a failure is written on the job, never swallowed."""
    try:
        _do(claim)
    except LeaseLost:
        log.warning("lease lost: job=%d task=%s attempt=%d", claim.job_id, claim.task, claim.attempt)
        return False
    except Exception as error:  # noqa: BLE001  the relay: whatever goes wrong in a job stays with the job
        why = _said(error)
        is_hopeless = isinstance(error, Undeclared)
        state = claims.give_back(claim, why, now or clock.moment(), is_hopeless=is_hopeless)
        say = log.error if state is JobState.DEAD else log.warning
        say("job failed: job=%d task=%s attempt=%d: %s", claim.job_id, claim.task, claim.attempt, why)
        return False
    return True


def _said(error: Exception) -> str:
    """What went wrong and where, without the values a row held: those may be a person's."""
    root: BaseException = error
    while root.__cause__ is not None:
        root = root.__cause__
    cause = "" if root is error else f" ({type(root).__name__}: {_sentence(root)})"
    frames = traceback.extract_tb(root.__traceback__) + traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename][-FRAMES_KEPT:]
    places = "".join(f"\n{frame.filename}:{frame.lineno} {frame.name}" for frame in ours)
    return f"{type(error).__name__}: {_sentence(error)}{cause}{places}"


def _sentence(error: BaseException) -> str:
    if isinstance(error, MAY_QUOTE_ROWS):
        return "the database refused the values"
    return str(error).partition("\n")[0]


def _do(claim: Claim) -> None:
    run = Run(claim)
    if claim.event_id is None:
        _do_task(claim, run)
    else:
        _do_handler(claim, run)


def _do_handler(claim: Claim, run: Run) -> None:
    """Deliver an event to one of its handlers; it is read in the transaction of its effect."""
    with run.work() as w:
        name, facts = w.session.connection().execute(_TOLD, {"event_id": claim.event_id}).one()
        if claim.task not in addon.handlers_of(name):
            raise Undeclared(f"no addon lets {claim.task} listen to {name}")
        event = rebuild_dataclass(addon.resolve(name, of="the kernel"), json.loads(facts))
        w.event_id = claim.event_id
        addon.resolve(claim.task, of="the kernel")(w, event)


def _do_task(claim: Claim, run: Run) -> None:
    """Run a task, keeping its lease while it thinks; one that wrote nothing is done when it ends."""
    if claim.task not in {task.run for task in addon.tasks()}:
        raise Undeclared(f"no addon declares the task {claim.task}")
    task = addon.resolve(claim.task, of="the kernel")
    arguments = rebuild_arguments(task, json.loads(claim.args))
    with _kept(claim, run):
        task(run, **arguments)
        if not run.is_settled:
            with run.work():
                pass


@contextmanager
def _kept(claim: Claim, run: Run) -> Iterator[None]:
    """Renew the lease while the block runs, for ``LONGEST_RUN`` at most: a task that hangs is given up."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  (for the thread)
    ended = threading.Event()

    def keep() -> None:
        third = claims.LEASE.total_seconds() / 3
        rounds = int(LONGEST_RUN.total_seconds() / third)
        for _ in range(rounds):
            if ended.wait(third) or run.is_writing:
                return
            with app.app_context():
                _renew(claim)

    keeper = threading.Thread(target=keep, name=f"lease of job {claim.job_id}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _renew(claim: Claim) -> None:
    try:
        claims.renew(claim, clock.moment())
    except (
        OperationalError
    ):  # the database is busy or away: the next round tries again, well inside the lease
        log.warning("lease not renewed: job=%d task=%s", claim.job_id, claim.task)
