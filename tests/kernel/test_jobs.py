"""A job is done once, with its effect; one that fails rests, comes back, and at last waits for a person.

Moments are given: nothing here sleeps. “Now” is when a test begins, and all else is counted from it.
"""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel import claims, clock, jobs
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.dead_letters import JobNotDead, ignore_job, replay_event, retry_job
from concierge.kernel.errors import Missing
from concierge.kernel.outbox import EventRow, Job, JobState
from concierge.kernel.work import work
from tests.kernel.trial import handlers, stamps, tasks
from tests.kernel.trial.events import Colour, PaperFiled, Sheet

STAMP = "tests.kernel.trial.tasks:stamp"
SLOW = "tests.kernel.trial.tasks:stamp_slowly"
AMY = Actor(7, "amy")


def file_paper(name, **facts):
    with work(SYSTEM) as w:
        w.record(PaperFiled(name, **facts))


def enqueue(task=STAMP, **options):
    with work(SYSTEM) as w:
        w.enqueue(task, **options)


def jobs_there():
    with Session(db.engine) as session:
        return list(session.execute(select(Job).order_by(Job.id)).scalars())


def the_job(task):
    (job,) = [job for job in jobs_there() if job.task == task]
    return job


def test_every_handler_of_an_event_gets_a_job_and_is_run_once(desk):
    file_paper("licence")

    ran = jobs.run_due()

    assert ran == jobs.Ran(done=2, failed=0)
    assert stamps.on("licence") == 1
    assert {job.state for job in jobs_there()} == {JobState.DONE}
    assert jobs.run_due() == jobs.Ran(done=0, failed=0)


def test_a_handler_gets_the_event_as_it_was_with_its_days_and_enums_and_parts(desk):
    paper = PaperFiled(
        "licence",
        filed_on=date(2026, 4, 15),
        colour=Colour.BLUE,
        sheets=(Sheet(1, date(2026, 4, 14)), Sheet(2, date(2026, 4, 15))),
    )

    with work(SYSTEM) as w:
        w.record(paper)
    jobs.run_due()

    assert handlers.seen == [paper]


def test_a_task_gets_its_arguments_as_they_were(desk):
    enqueue(paper="plan", on=date(2026, 4, 15), colours=(Colour.RED, Colour.BLUE))

    assert jobs.run_due() == jobs.Ran(done=1, failed=0)
    assert stamps.on("plan") == 1


def test_nothing_is_enqueued_when_the_work_fails(desk):
    def half_done():
        with work(SYSTEM) as w:
            w.record(PaperFiled("licence"))
            w.enqueue(STAMP, paper="plan")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        half_done()

    assert jobs_there() == []


def test_the_same_dedupe_key_makes_one_job(desk):
    enqueue(paper="plan", dedupe_key="plan of project 7, revision 3")
    enqueue(paper="plan", dedupe_key="plan of project 7, revision 3")
    enqueue(paper="plan", dedupe_key="plan of project 7, revision 4")

    jobs.run_due()

    assert stamps.on("plan") == 2


def test_a_job_for_later_waits(desk):
    enqueue(paper="reminder", after=timedelta(hours=2))

    jobs.run_due(now=clock.moment() + timedelta(hours=1))
    assert stamps.on("reminder") == 0

    jobs.run_due(now=clock.moment() + timedelta(hours=3))
    assert stamps.on("reminder") == 1


def test_jobs_are_taken_in_the_order_they_fell_due(desk):
    enqueue(paper="second", after=timedelta(minutes=2))
    enqueue(paper="first", after=timedelta(minutes=1))
    enqueue(paper="third", after=timedelta(minutes=3))

    jobs.run_due(now=clock.moment() + timedelta(hours=1))

    assert stamps.papers() == ["first", "second", "third"]


def test_no_more_than_the_limit_is_run(desk):
    for number in range(5):
        enqueue(paper=f"{number}")

    assert jobs.run_due(limit=3).done == 3
    assert jobs.run_due(limit=3).done == 2


def test_jobs_run_on_though_the_desk_stands_at_another_day(desk):
    with clock.standing_at(date(2019, 1, 1)):
        enqueue(paper="plan")
    with clock.standing_at(date(2018, 1, 1)):
        assert jobs.run_due().done == 1


def test_a_failing_handler_leaves_no_effect_and_rests_before_it_comes_back(desk):
    file_paper("torn")
    now = clock.moment()

    ran = jobs.run_due(now=now)

    job = the_job("tests.kernel.trial.handlers:stamp_paper")
    assert ran == jobs.Ran(done=1, failed=1)
    assert stamps.on("torn") == 0
    assert (job.state, job.attempts, job.due_at) == (JobState.QUEUED, 1, now + timedelta(seconds=1))
    assert jobs.run_due(now=now) == jobs.Ran(0, 0)


def test_the_error_is_kept_with_its_place_and_without_anything_from_a_row(desk):
    enqueue(paper="torn")

    jobs.run_due()

    said = the_job(STAMP).last_error
    assert re.match(r"ValueError: the paper is torn\n.*tasks\.py:\d+ stamp$", said, re.S)


def test_the_pause_grows_fourfold_up_to_an_hour(desk):
    seconds = [claims.pause_after(attempt).total_seconds() for attempt in range(1, 9)]

    assert seconds == [1, 4, 16, 64, 256, 1024, 3600, 3600]


def test_after_eight_attempts_a_job_is_dead_and_waits_for_a_person(desk):
    enqueue(paper="torn")
    now = clock.moment()

    for _ in range(12):
        jobs.run_due(now=now)
        now += timedelta(hours=2)

    job = the_job(STAMP)
    assert (job.state, job.attempts, job.due_at) == (JobState.DEAD, 8, None)
    assert len(tasks.runs) == 8
    assert {key for key, _ in tasks.runs} == {f"job-{job.id}-{job.made_at:%Y%m%dT%H%M%S}"}
    assert [attempt for _, attempt in tasks.runs] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_task_no_manifest_declares_is_dead_at_once(desk):
    enqueue("os:abort")

    jobs.run_due()

    assert the_job("os:abort").state is JobState.DEAD


def test_a_task_that_writes_nothing_is_done_when_it_ends(desk):
    enqueue("tests.kernel.trial.tasks:say_nothing")

    assert jobs.run_due() == jobs.Ran(done=1, failed=0)
    assert the_job("tests.kernel.trial.tasks:say_nothing").state is JobState.DONE


def test_a_task_may_write_in_one_work_only(desk):
    enqueue(SLOW, paper="twice")

    jobs.run_due()

    job = the_job(SLOW)
    assert stamps.on("twice") == 1, "what was committed with the job's “done” stays"
    assert job.state is JobState.DONE


def test_nothing_is_held_while_a_task_thinks(desk):
    enqueue(SLOW, paper="plan")
    tasks.in_between.append(lambda: file_paper("filed meanwhile"))

    jobs.run_due()

    assert stamps.on("plan") == stamps.on("filed meanwhile") == 1


def test_a_job_whose_lease_ran_out_is_taken_by_another(desk):
    enqueue(paper="plan")
    now = clock.moment()
    left_lying = claims.take(now)

    assert left_lying is not None
    assert claims.take(now + claims.LEASE - timedelta(seconds=1)) is None
    assert jobs.run_due(now=now + claims.LEASE) == jobs.Ran(done=1, failed=0)
    assert stamps.on("plan") == 1


def test_a_lease_renewed_is_a_job_kept(desk):
    enqueue(paper="plan")
    now = clock.moment()
    claim = claims.take(now)

    assert claims.renew(claim, now + timedelta(seconds=40))

    assert claims.take(now + claims.LEASE) is None


def test_an_attempt_that_lost_its_lease_commits_nothing(desk):
    enqueue(SLOW, paper="plan")
    later = clock.moment() + timedelta(minutes=5)
    tasks.in_between.append(lambda: tasks.in_between.clear() or jobs.run_due(now=later))

    ran = jobs.run_due(limit=1)

    assert ran == jobs.Ran(done=0, failed=1)
    assert stamps.on("plan") == 1, "the second worker's, not the first's"
    assert the_job(SLOW).state is JobState.DONE
    assert the_job(SLOW).attempts == 2


def test_an_attempt_whose_job_is_in_other_hands_commits_nothing(desk):
    enqueue(SLOW, paper="plan")
    later = clock.moment() + timedelta(minutes=5)
    tasks.in_between.append(lambda: tasks.in_between.clear() or claims.take(later))

    ran = jobs.run_due(limit=1)

    assert ran == jobs.Ran(done=0, failed=1)
    assert stamps.on("plan") == 0
    assert (the_job(SLOW).state, the_job(SLOW).attempts) == (JobState.RUNNING, 2), "still the other's"


def test_a_failure_of_an_attempt_that_lost_its_job_is_not_written_on_it(desk):
    enqueue(SLOW, paper="plan")
    later = clock.moment() + timedelta(minutes=5)

    def lose_the_job_and_fail():
        claims.take(later)
        raise ValueError("too late to matter")

    tasks.in_between.append(lose_the_job_and_fail)

    jobs.run_due(limit=1)

    assert (the_job(SLOW).state, the_job(SLOW).last_error) == (JobState.RUNNING, None)


def test_a_job_that_kills_its_worker_every_time_is_buried(desk):
    enqueue(paper="plan")
    now = clock.moment()
    for _ in range(claims.MOST_ATTEMPTS):
        assert claims.take(now) is not None
        now += claims.LEASE

    assert claims.take(now) is None

    job = the_job(STAMP)
    assert (job.state, job.attempts) == (JobState.DEAD, 8)
    assert job.last_error == "Its worker ended before the job did, every time."


def a_dead_job(paper="torn"):
    enqueue(paper=paper)
    now = clock.moment()
    for _ in range(claims.MOST_ATTEMPTS):
        jobs.run_due(now=now)
        now += timedelta(hours=2)
    return the_job(STAMP)


def test_a_person_has_a_dead_job_tried_again_and_it_is_in_the_trace(desk):
    job = a_dead_job()

    retry_job(job.id, by=AMY)

    again = the_job(STAMP)
    assert (again.state, again.attempts) == (JobState.QUEUED, 0)
    assert jobs.run_due(now=clock.moment()).failed == 1
    assert last_trace() == ("amy", "JobRetried", f'{{"job_id":{job.id},"task":"{STAMP}"}}')


def test_a_person_ignores_a_dead_job_and_it_is_in_the_trace(desk):
    job = a_dead_job()

    ignore_job(job.id, by=AMY)

    assert the_job(STAMP).state is JobState.IGNORED
    assert jobs.run_due(now=clock.moment() + timedelta(days=9)) == jobs.Ran(0, 0)
    assert last_trace()[:2] == ("amy", "JobIgnored")


@pytest.mark.parametrize("move", [retry_job, ignore_job])
def test_only_a_dead_job_can_be_retried_or_ignored(desk, move):
    enqueue(paper="plan")

    with pytest.raises(JobNotDead):
        move(the_job(STAMP).id, by=AMY)
    with pytest.raises(Missing):
        move(99, by=AMY)


def test_an_event_told_again_reaches_every_handler_again(desk):
    file_paper("licence")
    jobs.run_due()

    assert replay_event(the_event().id, by=AMY) == 2
    jobs.run_due()

    assert stamps.on("licence") == 2
    assert len(jobs_there()) == 2, "the same two deliveries, not new ones"
    assert last_trace()[:2] == ("amy", "EventReplayed")


def last_trace():
    with Session(db.engine) as session:
        line = session.execute(select(AuditLine).order_by(AuditLine.id.desc())).scalars().first()
        return line.actor, line.act, line.facts


def the_event():
    with Session(db.engine) as session:
        return session.execute(select(EventRow).where(EventRow.name.endswith(":PaperFiled"))).scalars().one()
