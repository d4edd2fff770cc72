"""A worker killed at any moment leaves an effect with its “done”, or neither: nothing lost, nothing twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel import claims, clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.work import work
from tests.kernel.trial import stamps
from tests.kernel.trial.events import PaperFiled

ROOT = Path(__file__).parents[2]


def a_worker(app, **environment):
    """Start a worker process on the desk's database."""
    settings = app.config["CONCIERGE"]
    command = [sys.executable, "-m", "tests.kernel.trial.worker", str(settings.home), settings.database_url]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    )


def states():
    with Session(db.engine) as session:
        return [state for (state,) in session.execute(select(Job.state).order_by(Job.id))]


def kill_between_effect_and_done(app):
    with a_worker(app, DIE_STAMPING="licence") as worker:
        worker.communicate()
    assert worker.returncode == -signal.SIGKILL


def test_a_handler_killed_between_effect_and_done_leaves_neither(desk):
    with work(SYSTEM) as w:
        w.record(PaperFiled("licence"))

    kill_between_effect_and_done(desk)

    assert stamps.on("licence") == 0
    assert JobState.RUNNING in states()
    jobs.run_due(now=clock.moment() + claims.LEASE)
    assert stamps.on("licence") == 1
    assert set(states()) == {JobState.DONE}


def test_a_task_killed_between_effect_and_done_leaves_neither(desk):
    with work(SYSTEM) as w:
        w.enqueue("tests.kernel.trial.tasks:stamp_slowly", paper="licence")

    kill_between_effect_and_done(desk)

    assert stamps.on("licence") == 0
    jobs.run_due(now=clock.moment() + claims.LEASE)
    assert (stamps.on("licence"), states()) == (1, [JobState.DONE])


@pytest.mark.postgres
def test_postgres_forgets_the_effect_of_a_killed_handler_too(postgres_desk):
    test_a_handler_killed_between_effect_and_done_leaves_neither(postgres_desk)


def kill_workers_again_and_again(app, *, kills, jobs_between):
    """Kill a worker each time it has committed so many jobs; all jobs are done in the end, each once."""
    papers = [f"paper {number}" for number in range(kills * jobs_between + jobs_between)]
    with work(SYSTEM) as w:
        for paper in papers:
            w.enqueue("tests.kernel.trial.tasks:stamp", paper=paper)
    for _ in range(kills):
        with a_worker(app) as worker:
            for _ in range(jobs_between):
                worker.stdout.readline()
            worker.kill()
    jobs.run_due(now=clock.moment() + claims.LEASE + timedelta(seconds=1))
    assert sorted(stamps.papers()) == sorted(papers), "each once"
    assert set(states()) == {JobState.DONE}


def test_workers_killed_again_and_again_do_each_job_once(desk):
    kill_workers_again_and_again(desk, kills=5, jobs_between=20)


@pytest.mark.postgres
def test_workers_on_postgres_killed_again_and_again_do_each_job_once(postgres_desk):
    kill_workers_again_and_again(postgres_desk, kills=5, jobs_between=20)
