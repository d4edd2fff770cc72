"""Workers inside a process: threads that take due jobs as soon as they are committed, and one keeps time.

The embedded default has nothing else; on PostgreSQL without a broker every web process and every ``run.py
worker`` has a crew, and they share the table.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from flask import Flask

from concierge.kernel import beat, jobs
from concierge.kernel.db import db, write_back
from concierge.kernel.heap import Settling, sweep
from concierge.kernel.outbox import bell

HANDS = 2
LOOK_EVERY_SECONDS = 1.0  # a pause or a lease runs out without a bell
TICK_EVERY_SECONDS = 5.0
REST_AFTER_TROUBLE_SECONDS = 2.0
log = logging.getLogger(__name__)


def upkeep() -> bool:
    """What a process does for itself every few seconds, so that no job and no page has to; answers whether
    garbage was swept.
    """
    write_back(db.engine)
    return sweep()


class Crew:
    """The worker threads and the clock of one process.

    Shape: where a broker shares out the jobs, a process that only serves has no hands and does not keep time:
        its clock is there for its own upkeep.
    """

    def __init__(self, app: Flask, hands: int = HANDS, *, keeps_time: bool = True) -> None:
        self._app = app
        self._is_beating = keeps_time
        self._stopping = threading.Event()
        self._settling = Settling()
        self._threads = [
            *(threading.Thread(target=self._work, name=f"worker {n + 1}") for n in range(hands)),
            threading.Thread(target=self._keep_time, name="timed tasks" if keeps_time else "upkeep"),
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.daemon = True  # a hung job must not keep the process from ending: its lease gives it up
            thread.start()

    def stop(self, *, limit_seconds: float = 20.0) -> None:
        """Take no more jobs and come back when the ones at hand are done, or at the limit."""
        self._stopping.set()
        bell.ring()
        for thread in self._threads:
            thread.join(limit_seconds)

    def _work(self) -> None:
        while not self._stopping.is_set():
            heard = bell.strokes
            if not self._tried(lambda: jobs.run_next() is not None):
                bell.wait(heard, limit_seconds=LOOK_EVERY_SECONDS)

    def _keep_time(self) -> None:
        while not self._stopping.is_set():
            if self._is_beating:
                self._tried(lambda: bool(beat.tick()))
            self._tried(upkeep)
            self._settling.tick()
            self._stopping.wait(TICK_EVERY_SECONDS)

    def _tried(self, step: Callable[[], bool]) -> bool:
        """Do one step in the app's context; trouble with the database is logged and waited out."""
        try:
            with self._app.app_context():
                return step()
        except Exception:  # the relay: a worker that dies of a passing trouble would leave the jobs lying
            log.exception("worker in trouble; it tries again")
            self._stopping.wait(REST_AFTER_TROUBLE_SECONDS)
            return False
