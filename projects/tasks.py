"""Queued and timed work of projects."""

from __future__ import annotations

from functools import partial

from approvals.queries.cases import projects_without_ends, unanswered
from concierge.kernel import clock
from concierge.kernel.errors import Refusal
from concierge.kernel.jobs import Run
from concierge.kernel.work import reading
from projects.queries.portfolio import active_project_ids
from projects.queries.portfolio_inputs import portfolio_inputs
from projects.rules.portfolio_search import NIGHTLY, NotProved, Stopped, searched
from projects.services.accept_by_silence import accept_by_silence
from projects.services.ask_portfolio_plan import ask
from projects.services.keep_portfolio_plan import begin, keep_cancelled, keep_failed, keep_made, report
from projects.services.make_plan import make_plan
from projects.services.recount_ends import recount_ends
from scheduler.errors import PlanningError


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


def recount_ends_of(run: Run, project_id: int) -> None:
    """The calendar changed: the ends of one project's running cases are counted again."""
    with run.work() as w:
        recount_ends(w, project_id)


def count_missing_ends(run: Run) -> None:
    """A new day: cases accepted before ends were kept get theirs, one job for each project."""
    with run.work() as w:
        for project_id in projects_without_ends(w.session):
            w.enqueue("projects.tasks:recount_ends_of", project_id=project_id)


def accept_the_silent(run: Run) -> None:
    """A new day: what was handed in and not answered in time counts as accepted, one job each."""
    with run.work() as w:
        for step_id in unanswered(w.session):
            w.enqueue(
                "projects.tasks:accept_one_by_silence",
                dedupe_key=f"silence:{step_id}:{clock.today().isoformat()}",
                step_id=step_id,
            )


def accept_one_by_silence(run: Run, step_id: int) -> None:
    """Accept one submission, if nobody has answered it in time."""
    with run.work() as w:
        accept_by_silence(w, step_id)


def propose_at_night(run: Run) -> None:
    """Ask for a plan of all projects unless one is being made; it is offered only if worth its moves."""
    with run.work() as w:
        try:
            ask(w, NIGHTLY)
        except Refusal:  # nothing to plan, or somebody is at it: there is another night
            return


def plan_portfolio(run: Run, plan_id: int) -> None:
    """Make a plan of all projects: read, let go of the database, search, prove, keep."""
    begun = begin(plan_id)
    if begun is None:
        return
    try:
        with reading() as session:
            inputs = portfolio_inputs(session, clock.today())
    except PlanningError as error:
        with run.work() as w:
            keep_failed(w, plan_id, [(error.message, error.facts)])
        return
    try:
        made = searched(inputs, begun, watch=partial(report, plan_id))
    except Stopped:
        with run.work() as w:
            keep_cancelled(w, plan_id)
    except (PlanningError, NotProved) as error:
        with run.work() as w:
            keep_failed(w, plan_id, inputs.told_faults(error))
    else:
        with run.work() as w:
            keep_made(w, plan_id, made)
