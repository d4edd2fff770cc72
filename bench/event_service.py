"""One event through the service: a step is recorded, and its project placed anew among all others' bookings.

The whole way a worker goes: claim the job, read the project, its catalogue, its steps and what the others
have booked, place it, prove it, save bookings, version and dates, mark the job done, commit. On SQLite in a
file; on PostgreSQL where CONCIERGE_DATABASE_URL names an empty database.
"""

from __future__ import annotations

import math
import os
import random
import secrets
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from flask import Flask
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from approvals.models.capacity import BenchRow
from approvals.models.catalogue import DepartmentRow
from approvals.models.review import SittingRuleRow
from approvals.models.step import Step
from approvals.rules.progress import Move
from approvals.services.set_bench import set_bench
from bench.table import Table
from concierge.kernel import clock, heap, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.crew import upkeep
from concierge.kernel.db import Base, db, writing
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.setup import set_up
from projects.models.portfolio import BookedYear, BookingRow
from projects.rules.booked_days import DAYS, Booked, YearDays, YearOf, place_of, stored, taken_by
from projects.rules.identity import credit_code
from projects.services.open_project import NewEnterprise, NewProject, open_project
from scheduler.kernels import compile_all

SIZES = (1_000, 10_000)
EVENTS = 200
WARM_UP = 10
WEEKS = 50
RUNS = 3
BUSY, USUAL = 0.85, 0.8
"""How full departments are on a busy day, one that is no less busy than so large a part of all days."""
TODAY = date(2026, 4, 15)
FIRST_ID = 1_000_000
PLENTY = 999
PLANNING = "projects.handlers:plan_after_move"
SERVER = "CONCIERGE_DATABASE_URL"
LATER = {"sqlite": "date({}, '+' || copy.days || ' days')", "postgresql": "{} + copy.days"}
DEARER = {
    "sqlite": "json_set({}, '$.investment_wan', 20000 + copy.place)",
    "postgresql": "jsonb_set({}::jsonb, '{{investment_wan}}', to_jsonb(20000 + copy.place))::text",
}
"""How a database moves a day along, and gives a copy facts of its own."""


def measure() -> Table:
    """How long one event takes, by the number of projects under way."""
    rows = [_row(projects) for projects in SIZES]
    return Table(
        "One event through the service, with the database",
        f"{EVENTS} events each: a recorded move, then the worker's whole job, bookings and a new version "
        "of the plan saved and committed. Milliseconds; every project has facts of its own. “CPU” is this "
        "process's, “wall” what a clock on the wall says on this machine, its disk included. “Smallest” is "
        f"the smallest of {RUNS} runs of every event, each in an office of its own: what others on this "
        "machine cost is left out. A server’s own time is not counted.",
        (
            "projects",
            "bookings",
            "job, CPU p50",
            "p99",
            "job, wall p50",
            "p99",
            "recording the move, CPU p50",
            "p99",
            "job, smallest CPU p50",
            "p99",
        ),
        rows,
    )


def _row(projects: int) -> tuple[str, ...]:
    runs = []
    for _ in range(RUNS):
        with office():
            populate(projects)
            with Session(db.engine) as session:
                bookings = session.execute(text("SELECT count(*) FROM projects_booking")).scalar_one()
            runs.append(_events(projects))
    recorded, cpu, wall = runs[0]
    smallest = [min(same) for same in zip(*(run[1] for run in runs), strict=True)]
    columns = (cpu, wall, recorded, smallest)
    shown = [f"{share(times, part) * 1000:.1f}" for times in columns for part in (0.5, 0.99)]
    return (f"{projects:,}", f"{bookings:,}", *shown)


def share(times: Sequence[float], part: float) -> float:
    """The time that this part of all times does not exceed."""
    return sorted(times)[min(len(times) - 1, math.ceil(part * len(times)) - 1)]


@contextmanager
def office() -> Iterator[Flask]:
    """A fresh office: the embedded default on SQLite in a file, or on the empty database it is given.

    Effects: a database that was given is empty again in the end.
    """
    compile_all()  # as set-up does: no transaction is to wait for that
    server = os.environ.get(SERVER, "")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        key = secrets.token_hex(32) if server else ""
        app = create_app(
            Settings(
                home=home, today=TODAY, database_url=server, secret_key=key, allow_time_travel=bool(server)
            )
        )
        with app.app_context():
            set_up(app)
            yield app
            db.session.remove()
            if server:
                with db.engine.begin() as connection:
                    connection.execute(text("DROP SCHEMA public CASCADE"))
                    connection.execute(text("CREATE SCHEMA public"))
            db.engine.dispose()
        clock.fix(None)


def _events(projects: int) -> tuple[list[float], list[float], list[float]]:
    """Record a move in one project after another, a week late, and run its job."""
    drawn = random.Random(1).sample(range(projects), EVENTS + WARM_UP)  # noqa: S311  (a bench, no secret)
    day = TODAY + timedelta(days=7)
    recorded, cpu, wall = [], [], []
    from projects.services.record_move import record_move

    with clock.standing_at(day):
        for turn, place in enumerate(drawn):
            if turn == WARM_UP:
                heap.settle()  # as every process does once it has warmed up
            with Session(db.engine) as session:
                asked = select(Step.id).where(Step.project_id == FIRST_ID + place).order_by(Step.number)
                step_id = session.scalars(asked.limit(1)).one()
            before = time.process_time()
            record_move(step_id, Move.PREPARE, day, by=SYSTEM)
            recorded.append(time.process_time() - before)
            planning = _planning_job()
            at, began = time.perf_counter(), time.process_time()
            if not jobs.run_next(job_id=planning):
                raise RuntimeError("the event's job failed")
            cpu.append(time.process_time() - began)
            wall.append(time.perf_counter() - at)
            jobs.run_due()  # what others do with the move
            upkeep()  # as the clock of a process does while nobody waits
    return recorded[WARM_UP:], cpu[WARM_UP:], wall[WARM_UP:]


def _planning_job() -> int:
    with Session(db.engine) as session:
        asked = select(Job.id).where(Job.task == PLANNING, Job.state == JobState.QUEUED)
        return session.scalars(asked).one()


# --- a county with many projects, made of one ---------------------------------------------------------------


def populate(projects: int) -> None:
    """Fill an office with projects under way, their days booked."""
    model = _model_project()
    week_of = random.Random(2)  # noqa: S311  (a bench, no secret)
    weeks = [week_of.randrange(WEEKS) for _ in range(projects)]
    with writing(), Session(db.engine) as session, session.begin():
        dialect = session.get_bind().dialect.name
        if dialect == "postgresql":
            session.execute(text("SET LOCAL statement_timeout = 0"))
        session.execute(text("CREATE TEMP TABLE copy (place INTEGER PRIMARY KEY, days INTEGER)"))
        session.execute(
            text("INSERT INTO copy VALUES (:place, :days)"),
            [{"place": place, "days": 7 * week} for place, week in enumerate(weeks)],
        )
        new = f"{FIRST_ID} + copy.place"
        facts = DEARER[dialect].format("projects_project.facts")
        _copied(
            session,
            "projects_project",
            f"id = {model}",
            {"id": new, "plan_id": new, "code": "'C' || copy.place", "facts": facts},
        )
        asked = text("SELECT plan_id FROM projects_project WHERE id = :model")
        plan = session.execute(asked, {"model": model}).scalar_one()
        _copied(session, "projects_plan", f"id = {plan}", {"id": new, "project_id": new})
        own = f"project_id = {model}"
        _copied(session, "approvals_step", own, {"id": None, "project_id": new})
        _copied(session, "projects_planned_step", own, {"id": None, "project_id": new})
        _copied(session, "projects_booking", own, {"id": None, "project_id": new})
        _count(session, model, Counter(weeks))
    with db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))  # as a database in use has long done by itself


def _model_project() -> int:
    with Session(db.engine) as session:
        departments = session.scalars(select(DepartmentRow.code)).all()
    for department in departments:
        set_bench(department, PLENTY, by=SYSTEM)
    with writing(), Session(db.engine) as session, session.begin():
        for weekday, rule in enumerate(
            session.scalars(select(SittingRuleRow).order_by(SittingRuleRow.id)), 1
        ):
            rule.weekdays = str(weekday)  # one group a day: copies a week apart never want one member twice
    owner = NewEnterprise(name="样本企业", uscc=credit_code("91439921MA7000001"))
    facts = {"investment_wan": 20000}
    project_id = open_project(
        NewProject(
            code="2603-439921-04-01-000001",
            name="样本项目",
            enterprise=owner,
            template="private-building",
            facts=facts,
            start_on=TODAY,
        ),
        by=SYSTEM,
    )
    jobs.run_due()
    return project_id


def _copied(session: Session, table: str, where: str, changed: Mapping[str, str | None]) -> None:
    """Every row of a table that the condition names, once for each copy; its days moved along.

    Shape: the rows of a copy lie side by side, as those of a project do that was opened in one go.
    """
    columns, values = [], []
    for column in Base.metadata.tables[table].columns:
        value = changed.get(column.name, f"{table}.{column.name}")
        if value is None:
            continue
        if column.name.endswith("_on") and column.name not in changed:
            value = LATER[session.get_bind().dialect.name].format(value)
        columns.append(f'"{column.name}"')
        values.append(value)
    into, chosen = ", ".join(columns), ", ".join(values)
    of = f"{table} CROSS JOIN copy WHERE {table}.{where} ORDER BY copy.place, {table}.id"
    source = f"SELECT {chosen} FROM {of}"  # noqa: S608  (our own tables)
    session.execute(text(f"INSERT INTO {table} ({into}) {source}"))


def _count(session: Session, model: int, weeks: Counter[int]) -> None:
    """What is booked by the day, and as many reviewers and seats as make everybody busy."""
    own = taken_by(
        row.days() for row in session.scalars(select(BookingRow).where(BookingRow.project_id == model))
    )
    used: Counter[tuple[Booked, str, date, int]] = Counter()
    for week, copies in weeks.items():
        for taken, more in own.by_day().items():
            used[taken.kind, taken.key, taken.day + timedelta(days=7 * week), taken.half] += more * copies
    years: defaultdict[YearOf, YearDays] = defaultdict(lambda: np.zeros(DAYS, np.int32))
    for (kind, key, day, half), count in used.items():
        years[YearOf(kind, key, half, day.year)][place_of(day)] += count
    session.execute(text("DELETE FROM projects_booked_year"))
    session.execute(
        insert(BookedYear), [{**of._asdict(), "taken": stored(days)} for of, days in years.items()]
    )
    for kind, rule in ((Booked.BENCH, BenchRow), (Booked.SEAT, SittingRuleRow)):
        for row in session.scalars(select(rule)):
            key = row.department if isinstance(row, BenchRow) else row.review_group
            busy = [count for (of, whose, _, _), count in used.items() if of is kind and whose == key]
            enough = math.ceil(share(busy, USUAL) / BUSY) if busy else PLENTY
            if isinstance(row, BenchRow):
                row.reviewers = max(1, enough)
            else:
                row.projects_per_sitting = max(1, enough)


if __name__ == "__main__":
    import sys

    SIZES = tuple(int(size) for size in sys.argv[1:]) or SIZES
    sys.stdout.write(measure().as_markdown() + "\n")
