"""The broker's part: a bell. Messages carry a job's number only; the job itself is claimed in the database.

So a broker that loses everything loses nothing: jobs that were not taken are rung for again, and a message
that comes twice finds the job taken. ``run.py worker`` rings and works, ``run.py beat`` rings and keeps
time; any number of both.
"""

from __future__ import annotations

import logging
import os
import threading
from datetime import datetime
from typing import Any

from celery import Celery, signals
from flask import Flask
from kombu.exceptions import OperationalError

from concierge.kernel import beat, claims, clock, heap, jobs
from concierge.kernel.config import Settings, settings_from
from concierge.kernel.db import db

RING_EVERY_SECONDS = 0.5
TICK_EVERY_SECONDS = 5.0
LONGEST_RUN_SECONDS = int(jobs.LONGEST_RUN.total_seconds())
REST_AFTER_TROUBLE_SECONDS = 2.0
TASK = "concierge.do"
log = logging.getLogger(__name__)

# A job outlives its message by its row, so a message may be forgotten early and repeated freely.
REDIS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "unacked_restore_limit": 100,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
}
RABBIT = {"confirm_publish": True, "connect_timeout": 3}  # unconfirmed messages can vanish without an error


def bell(settings: Settings) -> Celery:
    """The Celery app that rings for these settings' jobs."""
    celery = Celery("concierge", set_as_current=False)
    celery.conf.update(
        broker_url=settings.broker_url or "memory://",
        broker_transport_options=RABBIT if settings.broker_url.startswith("amqp") else REDIS,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_default_queue="concierge",
        task_serializer="json",
        accept_content=["json"],
        result_serializer="json",
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_publish_retry=False,  # the relay itself tries again
        task_soft_time_limit=LONGEST_RUN_SECONDS,
        task_time_limit=LONGEST_RUN_SECONDS + 30,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=500,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        timezone="Asia/Shanghai",
        enable_utc=True,
    )
    return celery


def ring(celery: Celery, now: datetime | None = None) -> int:
    """Tell the broker of every due job it has not heard of; answers how many.

    Effects: when the broker does not answer, those jobs are rung for again at the next round.
    """
    due = claims.to_ring(now or clock.moment())
    for place, job_id in enumerate(due):
        try:
            celery.send_task(TASK, args=[job_id], retry=False)
        except (OperationalError, OSError) as error:
            claims.was_not_rung(due[place:])
            log.warning(
                "broker does not answer, jobs wait: jobs=%d error=%s", len(due) - place, type(error).__name__
            )
            return place
    return len(due)


class Relay:
    """Rings for due jobs, and in a beat keeps time as well, until told to stop."""

    def __init__(self, flask: Flask, celery: Celery, *, keeps_time: bool) -> None:
        self._flask = flask
        self._celery = celery
        self._keeps_time = keeps_time
        self._stopping = threading.Event()

    def run(self) -> None:
        """Ring and tick."""
        rounds_between_ticks = int(TICK_EVERY_SECONDS / RING_EVERY_SECONDS)
        rounds = 0
        while not self._stopping.is_set():
            try:
                with self._flask.app_context():
                    if self._keeps_time and rounds % rounds_between_ticks == 0:
                        beat.tick()
                    if self._flask.config["CONCIERGE"].broker_url:
                        ring(self._celery)
            except Exception:  # the relay: a passing trouble with the database must not end it
                log.exception("relay in trouble; it tries again")
                self._stopping.wait(REST_AFTER_TROUBLE_SECONDS)
            rounds += 1
            self._stopping.wait(RING_EVERY_SECONDS)

    def stop(self) -> None:
        """End after the round at hand."""
        self._stopping.set()


def furnish(celery: Celery, flask: Flask) -> None:
    """Give a worker its one task, its relay, and connections that no two processes share."""

    @celery.task(name=TASK)
    def do(job_id: int) -> None:
        with flask.app_context():
            jobs.run_next(job_id=job_id)

    relay = Relay(flask, celery, keeps_time=False)

    @signals.worker_ready.connect(weak=False)
    def _begin(**_: Any) -> None:
        threading.Thread(target=relay.run, name="relay", daemon=True).start()

    @signals.worker_shutting_down.connect(weak=False)
    def _end(**_: Any) -> None:
        relay.stop()

    @signals.worker_process_init.connect(weak=False)
    def _begin_apart(**_: Any) -> None:
        heap.settle()  # what it shares with its parent stays shared, and a job waits for no full collection
        with flask.app_context():
            db.engine.dispose(close=False)  # they are the parent's: closing them here would end its talk


app = bell(settings_from(os.environ))  # for `celery -A concierge.kernel.celery inspect ping`
