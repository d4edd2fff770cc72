"""With a real broker: it carries numbers only, may lose everything, and loses nothing."""

import base64
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel import celery, claims, clock, jobs, schema
from concierge.kernel.actor import SYSTEM
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.work import work
from tests.kernel.trial import stamps
from tests.kernel.trial.desk import open_desk
from tests.services.server import Server

pytestmark = [pytest.mark.broker, pytest.mark.postgres]
ROOT = Path(__file__).parents[2]
STAMP = "tests.kernel.trial.tasks:stamp"


@pytest.fixture
def bell(broker_url):
    return celery.bell(Settings(broker_url=broker_url))


def enqueue(count):
    with work(SYSTEM) as w:
        for number in range(count):
            w.enqueue(STAMP, paper=f"{number}")


def waiting(valkey_server):
    with valkey_server.client() as client:
        return client.llen("concierge")


def test_a_due_job_is_rung_for_once_until_it_is_forgotten(postgres_desk, bell, valkey_server):
    enqueue(3)
    now = clock.moment()

    assert celery.ring(bell, now) == 3
    assert celery.ring(bell, now) == 0
    assert celery.ring(bell, now + claims.RING_AGAIN_AFTER) == 3
    assert waiting(valkey_server) == 6


def test_the_broker_hears_a_number_and_nothing_else(postgres_desk, bell, valkey_server):
    with work(SYSTEM) as w:
        w.enqueue(STAMP, paper="青禾县食品有限公司")

    celery.ring(bell)

    with valkey_server.client() as client:
        (message,) = map(json.loads, client.lrange("concierge", 0, -1))
    arguments, options, _ = json.loads(base64.b64decode(message["body"]))
    with Session(db.engine) as session:
        job = session.execute(select(Job)).scalar_one()
    assert (arguments, options) == ([job.id], {})
    assert message["headers"]["task"] == "concierge.do"


def test_no_more_than_a_handful_is_with_the_broker_at_any_time(postgres_desk, bell, valkey_server):
    enqueue(claims.MOST_RUNG + 30)
    now = clock.moment()

    assert celery.ring(bell, now) == claims.MOST_RUNG
    assert celery.ring(bell, now) == 0
    jobs.run_due(limit=10, now=now)
    assert celery.ring(bell, now) == 10
    assert waiting(valkey_server) == claims.MOST_RUNG + 10


def test_a_job_whose_worker_died_is_rung_for_again(postgres_desk, bell):
    enqueue(1)
    now = clock.moment()
    celery.ring(bell, now)
    claims.take(now)

    assert celery.ring(bell, now + timedelta(seconds=30)) == 0
    assert celery.ring(bell, now + claims.LEASE) == 1


def test_a_broker_that_is_away_keeps_nobody_from_working(postgres_desk, valkey_server, broker_url):
    enqueue(2)
    bell = celery.bell(Settings(broker_url=broker_url))
    now = clock.moment()
    valkey_server.server.kill()
    try:
        assert celery.ring(bell, now) == 0
    finally:
        valkey_server.server.start()

    assert celery.ring(bell, now) == 2


@pytest.fixture
def town(tmp_path, postgres_url, broker_url):
    """A database set up for workers in processes of their own."""
    with open_desk(tmp_path, postgres_url) as app:
        db.metadata.drop_all(db.engine)
        schema.upgrade(db.engine)
        yield app


def start(part, app, broker_url, folder, is_ready, *options):
    """Start a verb of run.py; comes back when ``is_ready``."""
    settings = app.config["CONCIERGE"]
    environment = {
        "CONCIERGE_HOME": str(settings.home),
        "CONCIERGE_DATABASE_URL": settings.database_url,
        "CONCIERGE_BROKER_URL": broker_url,
        "CONCIERGE_SECRET_KEY": settings.secret_key,
        "CONCIERGE_ADDONS": "tests.kernel.trial",
        "PYTHONPATH": str(ROOT),
    }
    folder.mkdir()
    server = Server(
        folder, [sys.executable, ROOT / "run.py", part, *options], is_ready, environment=environment
    )
    server.start()
    return server


def left():
    with Session(db.engine) as session:
        open_states = [JobState.QUEUED, JobState.RUNNING]
        asked = select(func.count()).where(Job.state.in_(open_states), Job.task == STAMP)
        return session.execute(asked).scalar_one()


def test_workers_killed_and_a_broker_emptied_lose_nothing_and_do_nothing_twice(
    town, broker_url, valkey_server, tmp_path
):
    papers = 150
    enqueue(papers)

    first = start("worker", town, broker_url, tmp_path / "first", lambda: left() <= papers - 20)
    first.kill()
    with valkey_server.client() as client:
        client.flushall()
    forget_what_was_rung()
    second = start("worker", town, broker_url, tmp_path / "second", lambda: left() <= claims.MOST_RUNG)
    second.stop()
    jobs.run_due(now=clock.moment() + claims.LEASE)

    assert sorted(stamps.papers(), key=int) == [f"{number}" for number in range(papers)]
    assert left() == 0


def forget_what_was_rung():
    """What the passing of half a minute does, without waiting for it."""
    with work(SYSTEM) as w:
        for job in w.session.execute(select(Job)).scalars():
            job.rung_until = None


def test_a_beat_keeps_time_and_rings_for_a_worker(town, broker_url, tmp_path):
    beat = start("beat", town, broker_url, tmp_path / "beat", lambda: left_of_slots() > 0)

    worker = start(
        "worker", town, broker_url, tmp_path / "worker", lambda: stamps.on("minute") > 0, "--hands=1"
    )

    assert worker.stop() == 0
    assert beat.stop() == 0


def left_of_slots():
    with Session(db.engine) as session:
        return session.execute(select(func.count()).where(Job.task.contains("each_minute"))).scalar_one()


def test_a_worker_without_a_broker_looks_into_the_table(town, tmp_path):
    enqueue(5)

    worker = start("worker", town, "", tmp_path / "worker", lambda: left() == 0)
    worker.stop()

    assert sorted(stamps.papers())[:5] == ["0", "1", "2", "3", "4"]
