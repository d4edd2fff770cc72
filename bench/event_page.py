"""From an officer's click to the page with the new plan: the form, the worker, the page.

The embedded default: one process, SQLite in a file, the worker inside. The jobs of the move run in the order
the worker takes them, until the project has its new plan; then the page of the project is asked for.
"""

from __future__ import annotations

import contextvars
import random
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from approvals.models.step import Step
from bench.event_service import FIRST_ID, TODAY, WARM_UP, office, populate, share
from bench.table import Table
from concierge.kernel import clock, heap, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.crew import upkeep
from concierge.kernel.db import db, writing
from concierge.kernel.scope import ScopeRow
from concierge.kernel.security import accounts, sessions
from concierge.kernel.views.signing_in import KEY
from concierge.kernel.work import work
from projects.models.project import Plan, Project

PROJECTS = 1_000
EVENTS = 60
PASSWORD = "green-wheat-horse"  # noqa: S105  (nobody's but the bench's)
MOST_JOBS = 20
Taken = tuple[float, float]
"""How long something took. Units: seconds of this process's CPU, and by a clock on the wall."""
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def measure() -> Table:
    """How long an officer waits for the new plan, by the parts of the way."""
    with office() as app:
        populate(PROJECTS)
        parts = _events(app)
    rows = [
        (
            name,
            *(
                f"{share([one[clock_] for one in times], part) * 1000:.0f}"
                for clock_ in (0, 1)
                for part in (0.5, 0.99)
            ),
        )
        for name, times in parts.items()
    ]
    return Table(
        "From the click to the page with the new plan",
        f"{PROJECTS:,} projects, {EVENTS} moves recorded through the form of the step page. Milliseconds; "
        "“CPU” is this process's, “wall” what a clock on the wall says on this machine, its disk included. "
        "The goal for all of it is 300.",
        ("part", "CPU p50", "p99", "wall p50", "p99"),
        rows,
    )


def _events(app: Flask) -> dict[str, list[Taken]]:
    parts: dict[str, list[Taken]] = {"recording": [], "planning": [], "the page": [], "all of it": []}
    day = TODAY + timedelta(days=7)
    drawn = random.Random(3).sample(range(PROJECTS), EVENTS + WARM_UP)  # noqa: S311  (a bench, no secret)
    with clock.standing_at(day):
        browser = _officer(app)
        for turn, place in enumerate(drawn):
            if turn == WARM_UP:
                heap.settle()  # as every process does once it has warmed up
            taken = _event(browser, FIRST_ID + place, day.isoformat())
            if turn >= WARM_UP:
                whole = sum(cpu for cpu, _ in taken), sum(wall for _, wall in taken)
                for name, one in zip(parts, (*taken, whole), strict=True):
                    parts[name].append(one)
            jobs.run_due()  # what others do with the move
            upkeep()  # as the clock of a process does while nobody waits
    return parts


def _event(browser: FlaskClient, project_id: int, on: str) -> tuple[Taken, Taken, Taken]:
    number, version = _first_step(project_id)
    page = f"/projects/{project_id}/steps/{number}"
    found = _TOKEN.search(_asked(browser.get, page).text)
    if found is None:
        raise RuntimeError("the step page has no form")
    typed = {"csrf_token": found[1], "move": "prepare", "on": on, "version": str(version)}
    before = _version(project_id)
    recording = _taken(lambda: _expect(303, _asked(browser.post, page, data=typed)))
    planning = _taken(lambda: _plan(project_id, before))
    showing = _taken(lambda: _expect(200, _asked(browser.get, f"/projects/{project_id}")))
    return recording, planning, showing


def _taken(do: Callable[[], None]) -> Taken:
    cpu, wall = time.process_time(), time.perf_counter()
    do()
    return time.process_time() - cpu, time.perf_counter() - wall


def _expect(status: int, answer: TestResponse) -> None:
    if answer.status_code != status:
        raise RuntimeError(f"{answer.request.path} answered {answer.status_code}")


def _plan(project_id: int, before: int) -> None:
    """Run what is due, in the worker's order, until the project has its new plan."""
    for _ in range(MOST_JOBS):
        jobs.run_next()
        if _version(project_id) > before:
            return
    raise RuntimeError("no new plan")


def _asked(ask: Callable[..., TestResponse], path: str, **sent: Any) -> TestResponse:
    """Ask as a browser does, outside the app context of the bench."""
    return contextvars.Context().run(ask, path, **sent)


def _first_step(project_id: int) -> tuple[str, int]:
    with Session(db.engine) as session:
        asked = select(Step).where(Step.project_id == project_id).order_by(Step.number).limit(1)
        step = session.scalars(asked).one()
        return step.number, step.version


def _version(project_id: int) -> int:
    """The number of the plan that stands."""
    with Session(db.engine) as session:
        asked = select(Plan.number).join(Project, Project.plan_id == Plan.id).where(Project.id == project_id)
        return session.scalars(asked).one()


def _officer(app: Flask) -> FlaskClient:
    """Somebody in charge of every project, signed in."""
    id_, _ = accounts.open_account("bench", "Bench", ("Chief",), by=SYSTEM, password=PASSWORD)
    with writing(), Session(db.engine) as session, session.begin():
        session.add(ScopeRow(user_id=id_, project_id=None))
    with work(SYSTEM) as w:
        key = sessions.begin(w.session, id_, now=clock.moment(), address="127.0.0.1", program="bench")
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie.update({KEY: key, "_user_id": str(id_), "locale": "en"})
    return browser


if __name__ == "__main__":
    import sys

    sys.stdout.write(measure().as_markdown() + "\n")
