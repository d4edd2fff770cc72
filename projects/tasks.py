"""Queued and timed work of projects."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.jobs import Run
from concierge.kernel.work import reading
from projects.queries.portfolio import active_project_ids
from projects.services.make_plan import make_plan


def plan_again(run: Run, project_id: int, cause: str) -> None:
    """Make one project's plan again."""
    with run.work() as w:
        make_plan(w, project_id, cause)


def plan_the_day(run: Run) -> None:
    """A new day: what has not begun cannot begin yesterday, so every active project is counted again."""
    with reading() as session:
        project_ids = active_project_ids(session)
    with run.work() as w:
        for project_id in project_ids:
            w.enqueue(
                "projects.tasks:plan_again",
                dedupe_key=f"plan:{project_id}:{clock.today().isoformat()}",
                project_id=project_id,
                cause="NewDay",
            )
