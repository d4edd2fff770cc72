"""Timed tasks: one job for each slot, whoever ticks, however often, whatever stood still."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel import beat, clock, jobs
from concierge.kernel.__manifest__ import ADDON as KERNEL
from concierge.kernel.actor import SYSTEM
from concierge.kernel.addon import Task
from concierge.kernel.claims import MOST_ATTEMPTS
from concierge.kernel.db import db
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.work import work
from tests.kernel.trial import stamps

MORNING = "tests.kernel.trial.tasks:stamp_each_morning"
MINUTE = "tests.kernel.trial.tasks:stamp_each_minute"


def at(day, hour, minute=0, second=0):
    """A moment of April 2026 in Asia/Shanghai."""
    return datetime(2026, 4, day, hour, minute, second, tzinfo=clock.SHANGHAI).astimezone(UTC)


def tick(moment):
    return [slot for slot in beat.tick(at=moment, day_at=moment) if "trial" in slot]


def test_a_daily_task_has_no_slot_before_its_hour():
    task = Task("a:b", daily="07:30")

    assert beat.slot_of(task, at=at(15, 7, 29), day_at=at(15, 7, 29)) is None
    assert beat.slot_of(task, at=at(15, 7, 30), day_at=at(15, 7, 30)) == "a:b:2026-04-15"


def test_a_day_is_a_day_in_shanghai():
    task = Task("a:b", daily="00:10")
    just_after_midnight = datetime(2026, 4, 14, 16, 20, tzinfo=UTC)

    assert beat.slot_of(task, at=just_after_midnight, day_at=just_after_midnight) == "a:b:2026-04-15"


def test_a_stretch_begins_where_the_clock_divides_evenly():
    task = Task("a:b", every_seconds=60)

    assert beat.slot_of(task, at=at(15, 9, 0, 59), day_at=at(15, 9)) == "a:b:20260415T010000Z"
    assert beat.slot_of(task, at=at(15, 9, 1, 0), day_at=at(15, 9)) == "a:b:20260415T010100Z"


def test_a_task_without_a_time_has_no_slot():
    assert beat.slot_of(Task("a:b"), at=at(15, 9), day_at=at(15, 9)) is None


def test_each_slot_becomes_one_job_however_often_the_clock_ticks(desk):
    assert tick(at(15, 8)) == [f"{MORNING}:2026-04-15", f"{MINUTE}:20260415T000000Z"]
    assert tick(at(15, 8)) == []
    assert tick(at(15, 8, 1)) == [f"{MINUTE}:20260415T000100Z"]

    jobs.run_due()

    assert (stamps.on("morning"), stamps.on("minute")) == (1, 2)


def test_a_morning_missed_is_caught_up_once_the_same_day(desk):
    assert f"{MORNING}:2026-04-15" in tick(at(15, 16))
    assert f"{MORNING}:2026-04-15" not in tick(at(15, 17))


def test_mornings_of_days_gone_by_are_not_caught_up(desk):
    tick(at(15, 8))

    slots = tick(at(19, 8))

    assert [slot for slot in slots if MORNING in slot] == [f"{MORNING}:2026-04-19"]


def test_a_clock_that_jumps_back_does_nothing_twice(desk):
    tick(at(15, 8, 30))

    assert tick(at(15, 8, 30) - timedelta(hours=2)) == [f"{MINUTE}:20260414T223000Z"]
    assert tick(at(15, 8, 30)) == []


def test_jobs_settled_a_month_ago_are_swept_and_dead_ones_stay(desk):
    long_ago = clock.moment() - timedelta(days=31)
    lately = clock.moment() - timedelta(days=29)
    with Session(db.engine) as session, session.begin():
        for state, settled_at in [
            (JobState.DONE, long_ago),
            (JobState.IGNORED, long_ago),
            (JobState.DONE, lately),
            (JobState.DEAD, long_ago),
        ]:
            session.add(
                Job(
                    task="a:b",
                    args="{}",
                    state=state,
                    made_at=long_ago,
                    done_at=settled_at,
                    attempts=MOST_ATTEMPTS,
                )
            )
    with work(SYSTEM) as w:
        w.enqueue("concierge.kernel.housekeeping:sweep_settled_jobs")

    assert jobs.run_due(limit=1).done == 1

    with Session(db.engine) as session:
        left = session.execute(select(Job.state).where(Job.task == "a:b").order_by(Job.id)).scalars().all()
    assert left == [JobState.DONE, JobState.DEAD]


@pytest.mark.parametrize("task", KERNEL.tasks, ids=lambda task: task.run)
def test_every_task_of_the_kernel_is_there_and_timed(desk, task):
    with work(SYSTEM) as w:
        w.enqueue(task.run)

    assert jobs.run_due(limit=1).done == 1
    assert task.daily or task.every_seconds
