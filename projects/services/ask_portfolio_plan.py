"""Ask for a plan of all live projects, as the world is or as a question changes it; a task makes it."""

from __future__ import annotations

import json

from sqlalchemy import func, select

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.audit import canonical
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.work import Work, work
from concierge.staff.queries import agents
from projects.events import PortfolioPlanAsked
from projects.models.portfolio import PortfolioPlan, PortfolioState
from projects.models.project import Project, ProjectStatus
from projects.queries.portfolio_plan import OPEN, is_given_up, job_key, next_number
from projects.rules.county_scenario import CountyScenario, Office, check_scenario, scenario_body
from projects.rules.portfolio_search import usual_effort
from projects.services.book_steps import take_turns
from projects.services.keep_portfolio_plan import keep_failed

MOST_EFFORT = 1_000_000
GIVEN_UP = N_(
    "It could not be finished: the program failed at it several times and gave up. Whoever looks after the"
    " system finds the cause among the failed jobs. The days that stand are untouched."
)
TASK = "projects.tasks:plan_portfolio"


class NothingToPlan(Refusal):
    """No project is under way."""

    message = N_("No project is under way, so there is nothing to plan. Open a project first.")


class PlanUnderWay(Refusal):
    """Another plan of all projects is being made."""

    message = N_("Plan no. %(number)s is being made. Wait for it, or cancel it first.")


class EffortOutOfRange(Invalid):
    """A search that would do nothing, or never end."""

    message = N_("Between 1 and %(most)s plans can be built for one proposal.")
    field = "effort"


def ask_portfolio_plan(
    cause: str,
    scenario: CountyScenario | None = None,
    *,
    effort: int | None = None,
    seed: int = 0,
    by: Actor,
) -> int:
    """Ask for a plan of all live projects; answers its number. Nothing changes until somebody adopts it.

    Units: ``effort`` is how many plans are built before the best is proposed, None for as many as is usual
        for an office of this size; ``seed`` makes the search repeatable.
    Raises: NothingToPlan, PlanUnderWay, EffortOutOfRange; NoBenchRecorded, NobodyOfThatNumber,
        GroupDoesNotSit, DayIsThatAlready for a scenario the office knows nothing of.
    """
    with work(by) as w:
        return ask(w, cause, scenario, effort=effort, seed=seed)


def ask(
    w: Work, cause: str, scenario: CountyScenario | None = None, *, effort: int | None = None, seed: int = 0
) -> int:
    """The same inside the caller's transaction."""
    if effort is not None and not 1 <= effort <= MOST_EFFORT:
        raise EffortOutOfRange(most=MOST_EFFORT)
    live = select(func.count(Project.id)).where(Project.status == ProjectStatus.ACTIVE)
    projects = w.session.scalars(live).one()
    if not projects:
        raise NothingToPlan
    take_turns(w)
    _make_room(w)
    if scenario is not None:
        check_scenario(scenario, _office(w))
    row = w.add(
        PortfolioPlan(
            number=next_number(w.session),
            state=PortfolioState.ASKED,
            cause=cause,
            scenario=None if scenario is None else canonical(scenario_body(scenario)),
            as_of=clock.today(),
            asked_at=clock.now(),
            asked_by=w.by.label,
            asker_id=w.by.id,
            seed=seed,
            effort=usual_effort(projects) if effort is None else effort,
            faults=json.dumps([]),
        )
    )
    w.enqueue(TASK, dedupe_key=job_key(row.id), plan_id=row.id)
    w.record(PortfolioPlanAsked(row.id, row.number, cause, scenario is not None))
    return row.number


def _make_room(w: Work) -> None:
    """One plan is made at a time; one that nobody makes any more stands in nobody's way.

    Raises: PlanUnderWay.
    """
    asked = select(PortfolioPlan).where(PortfolioPlan.state.in_(OPEN)).with_for_update()
    for row in w.session.scalars(asked):
        if not is_given_up(w.session, row.id):
            raise PlanUnderWay(number=row.number)
        keep_failed(w, row.id, [(GIVEN_UP, {})])


def _office(w: Work) -> Office:
    """What of the office a question may name."""
    return Office(
        benches=frozenset(reviews.benches(w.session)),
        groups=frozenset(code for code, rule in reviews.sitting_rules(w.session).items() if rule.is_active),
        officers=frozenset(user.id for user in agents(w.session)),
        calendar=catalogue_queries.work_calendar(w.session),
    )
