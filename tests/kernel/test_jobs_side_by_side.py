"""Many workers share one table: no job is done twice, no trace is torn, nobody waits for a broker."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel import audit, beat, claims, clock, jobs, serving
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.crew import Crew, Settling
from concierge.kernel.db import db
from concierge.kernel.outbox import EventRow, Job, JobState
from concierge.kernel.work import work
from tests.kernel.trial import handlers, stamps, tasks
from tests.kernel.trial.events import PaperFiled

STAMP = "tests.kernel.trial.tasks:stamp"


def in_threads(app, count, do):
    """Do something in many threads at once, each in the app's context; the first error is raised here."""
    start = threading.Barrier(count)

    def body(number):
        with app.app_context():
            start.wait()
            do(number)

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(body, range(count)))


def each_job_is_done_once(app, *, workers, papers):
    with work(SYSTEM) as w:
        for number in range(papers):
            w.enqueue(STAMP, paper=f"{number}")

    done = []
    in_threads(app, workers, lambda _: done.append(jobs.run_due()))

    assert sorted(stamps.papers(), key=int) == [f"{number}" for number in range(papers)]
    assert sum(ran.done for ran in done) == papers
    assert {attempt for _, attempt in tasks.runs} == {1}


def test_four_workers_on_sqlite_do_each_job_once(desk):
    each_job_is_done_once(desk, workers=4, papers=60)


@pytest.mark.postgres
def test_twelve_workers_on_postgres_do_each_job_once(postgres_desk):
    each_job_is_done_once(postgres_desk, workers=12, papers=300)


@pytest.mark.postgres
def test_a_worker_on_postgres_passes_over_a_job_in_other_hands(postgres_desk):
    with work(SYSTEM) as w:
        w.enqueue(STAMP, paper="first")
        w.enqueue(STAMP, paper="second")
    now = clock.moment()

    with Session(db.engine) as other, other.begin():
        other.execute(select(Job).order_by(Job.id).limit(1).with_for_update()).scalar_one()
        claim = claims.take(now)

    assert claim is not None
    assert '"second"' in claim.args


@pytest.mark.postgres
def test_two_attempts_on_postgres_at_once_keep_one_effect(postgres_desk):
    with work(SYSTEM) as w:
        w.enqueue("tests.kernel.trial.tasks:stamp_slowly", paper="plan")
    after_the_lease = clock.moment() + claims.LEASE + timedelta(seconds=1)
    tasks.in_between.append(lambda: tasks.in_between.clear() or in_threads(
        postgres_desk, 1, lambda _: jobs.run_due(now=after_the_lease)
    ))  # fmt: skip

    jobs.run_due(limit=1)

    assert stamps.on("plan") == 1


def record_in_threads(app, *, threads, each):
    def record(number):
        for turn in range(each):
            with work(SYSTEM) as w:
                w.record(PaperFiled(f"{number}-{turn}", project_id=number))

    in_threads(app, threads, record)
    with Session(db.engine) as session:
        counts = [
            session.execute(select(func.count()).select_from(row)).scalar_one()
            for row in (AuditLine, EventRow, Job)
        ]
        assert counts == [threads * each, threads * each, threads * each * 2]
        assert audit.first_altered(session) is None


def test_many_writers_on_sqlite_make_one_whole_chain(desk):
    record_in_threads(desk, threads=4, each=10)


@pytest.mark.postgres
def test_many_writers_on_postgres_make_one_whole_chain(postgres_desk):
    record_in_threads(postgres_desk, threads=10, each=15)


@pytest.mark.postgres
def test_two_works_on_postgres_may_enqueue_the_same_thing_at_once(postgres_desk):
    def plan(_):
        with work(SYSTEM) as w:
            w.enqueue(STAMP, paper="plan", dedupe_key="plan of project 7, revision 3")

    in_threads(postgres_desk, 8, plan)

    jobs.run_due()
    assert stamps.on("plan") == 1


@pytest.mark.postgres
def test_two_clocks_on_postgres_make_one_job_of_a_slot(postgres_desk):
    at = clock.moment()
    made = []

    in_threads(postgres_desk, 6, lambda _: made.extend(beat.tick(at=at, day_at=at)))

    assert len(made) == len(set(made)) >= 2, "one stretch of the kernel's, one of the trial's, at any hour"
    with Session(db.engine) as session:
        assert claims.how_many(session)[JobState.QUEUED] == len(made)


def test_a_crew_takes_a_job_the_moment_it_is_committed(desk):
    crew = Crew(desk)
    crew.start()
    stamped = threading.Event()
    tasks.in_between.append(stamped.set)

    with work(SYSTEM) as w:
        w.enqueue("tests.kernel.trial.tasks:stamp_slowly", paper="plan")

    assert stamped.wait(timeout=10)
    crew.stop()
    assert stamps.on("plan") == 1


def test_beside_a_broker_a_web_process_keeps_itself_and_leaves_jobs_and_time_alone(desk, monkeypatch):
    kept, ticked = threading.Event(), []
    monkeypatch.setattr("concierge.kernel.crew.upkeep", lambda: False)
    monkeypatch.setattr(Settling, "tick", lambda _: kept.set())
    monkeypatch.setattr(beat, "tick", lambda: ticked.append("tick"))
    with work(SYSTEM) as w:
        w.enqueue("tests.kernel.trial.tasks:stamp_slowly", paper="others'")
    server = serving.WebServer(desk, replace(desk.config["CONCIERGE"], broker_url="redis://broker"))

    server._begin_work(None)

    assert kept.wait(timeout=10)
    server._end_work(None, None)
    assert (stamps.on("others'"), ticked) == (0, [])


def test_a_crew_that_is_told_to_stop_finishes_what_it_is_at(desk):
    crew = Crew(desk, hands=1)
    at_it, may_go_on = threading.Event(), threading.Event()
    tasks.in_between.append(lambda: (at_it.set(), may_go_on.wait(timeout=10)))
    with work(SYSTEM) as w:
        w.enqueue("tests.kernel.trial.tasks:stamp_slowly", paper="begun")
        w.enqueue("tests.kernel.trial.tasks:stamp_slowly", paper="not begun")
    crew.start()

    assert at_it.wait(timeout=10)
    stopping = threading.Thread(target=crew.stop)
    stopping.start()
    may_go_on.set()
    stopping.join(timeout=20)

    assert stamps.papers() == ["begun"]


def test_the_handlers_of_one_event_do_not_wait_for_each_other(desk):
    with work(SYSTEM) as w:
        w.record(PaperFiled("torn"))

    jobs.run_due()

    assert [paper.name for paper in handlers.seen] == ["torn"]
    with Session(db.engine) as session:
        assert claims.how_many(session)[JobState.QUEUED] == 1
