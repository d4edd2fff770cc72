"""Make a project's plan from its facts, steps and calendar, and keep it as a version if anything moved."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, delete, insert

from approvals.queries import catalogue as catalogue_queries
from approvals.queries.catalogue import YearTables
from concierge.kernel import clock
from concierge.kernel.audit import canonical
from concierge.kernel.many_rows import add_rows
from concierge.kernel.work import Work
from projects.events import PlanChanged, PlanMade
from projects.models.project import Plan, PlannedStep, Project, ProjectStatus
from projects.queries.county import county, live_project
from projects.queries.placing import bookings_from, placed_alone
from projects.queries.standing import current_plan, live_plan
from projects.rules.bookings import Booking
from projects.rules.county import LiveProject
from projects.rules.county_portfolio import FROZEN_WORKDAYS
from projects.rules.plan_body import (
    body_of,
    holding_step,
    kept,
    moved_between,
    serial_workdays,
)
from projects.rules.project_plan import ProjectPlan
from projects.services.book_steps import book_steps, take_turns

ADOPTED, OVERTAKEN = "PortfolioPlanAdopted", "PortfolioPlanOvertaken"
ANEW = frozenset({ADOPTED, OVERTAKEN, "SittingAnnounced", "SittingWithdrawn"})
"""The causes that plan a project again though nothing has changed but its bookings, or others'."""
_ALL = 1 << 16
_STEPS = cast("Table", PlannedStep.__table__)
_COLUMNS = tuple(column.name for column in _STEPS.columns if column.name != "id")
_NO_LONGER = delete(_STEPS).where(
    _STEPS.c.project_id == bindparam("of"), _STEPS.c.code.in_(bindparam("gone", expanding=True))
)
_PLANS = cast("Table", Plan.__table__)
_KEPT = insert(_PLANS).returning(_PLANS.c.id)
_FROZEN = {ADOPTED: _ALL, "NewDay": _ALL, "CalendarChanged": _ALL, "FactsChanged": 0, "TermsChanged": 0}
"""How many working days ahead a project's bookings stay, by what happened; what people change keeps none."""


def make_plan(w: Work, project_id: int, cause: str) -> bool:
    """Plan a project as of today and keep the version; answers whether there was anything to keep.

    Shape: ``cause`` is the name of what made it necessary, such as an event's.
    Effects: the dates asked for across projects are this version's from now on.
    """
    project = w.get(Project, project_id)
    if project.status is not ProjectStatus.ACTIVE:
        return False
    before, years = current_plan(w.session, project), catalogue_queries.year_tables(w.session)
    if (
        cause not in ANEW
        and before is not None
        and _rests_on(before) == (project.revision, clock.today(), years.digest)
    ):
        return False
    live, bookings = _booked(w, project, cause, before, years)
    actuals, bridged = (live.actuals, live.bridged) if live else (None, None)
    plan = live_plan(
        w.session,
        project,
        today=clock.today(),
        actuals=actuals,
        bookings=bookings,
        bridged=bridged,
        calendar=years.calendar,
    )
    body = canonical(body_of(kept(plan, json.loads(project.facts))))
    if before is not None and before.revision == project.revision and before.body == body:
        return False
    moved = moved_between(before.body, body) if before is not None else ()
    number = before.number + 1 if before is not None else 1
    version = _version(project, plan, number) | {
        "cause": cause,
        "calendar_digest": years.digest,
        "body": body,
    }
    project.plan_id = w.session.connection().execute(_KEPT, version).scalar_one()
    _spread(w, project, plan, moved)
    if before is None:
        w.record(PlanMade(project.id, number, plan.permit_on, plan.lawful_start_on))
    elif moved:
        w.record(PlanChanged(project.id, number, plan.permit_on, plan.lawful_start_on, moved))
    return True


def _booked(
    w: Work, project: Project, cause: str, before: Plan | None, years: YearTables
) -> tuple[LiveProject | None, dict[str, Booking]]:
    """The project as it was read, and the days the departments expect its steps on: it is placed anew among
    all others' bookings. Nothing is read where nothing could make it wait.

    What an adopted plan of all projects has booked stays as it is while nothing has happened to the project
    since; a new day or calendar moves only what it makes impossible, other news all that is not near.
    """
    limits = county(w.session, clock.today(), years)
    if not limits.limits_anything:
        return None, {}
    take_turns(w)
    live = live_project(w.session, project, clock.today(), limits=limits)
    frozen = _FROZEN.get(cause, FROZEN_WORKDAYS) if before is not None else 0
    alone = placed_alone(w.session, live, clock.today(), frozen_workdays=frozen, limits=limits)
    if alone is None:
        return live, {}
    told = {
        code
        for code, promise in live.promises.items()
        if promise.is_announced and code in alone.booked and code not in alone.forced
    }
    told_before = [code for code, promise in live.promises.items() if promise.is_announced]
    book_steps(w, project.id, alone.booked, before=live.booked, told=told, told_before=told_before)
    return live, bookings_from(w.session, alone.booked)


def _rests_on(plan: Plan) -> tuple[int, date, str]:
    """What a version was made from: with the same of all three, another would say the same."""
    return plan.revision, plan.as_of, plan.calendar_digest


def _version(project: Project, plan: ProjectPlan, number: int) -> dict[str, object]:
    holding = holding_step(plan)
    return {
        "project_id": project.id,
        "number": number,
        "revision": project.revision,
        "as_of": clock.today(),
        "made_at": clock.now(),
        "permit_on": plan.permit_on,
        "lawful_start_on": plan.lawful_start_on,
        "workdays_to_permit": plan.workdays_to_permit,
        "serial_workdays": serial_workdays(plan),
        "is_provisional": plan.is_provisional,
        "holding": holding,
        "holding_finish_on": plan.step(holding).finish_on if holding else None,
    }


def _spread(w: Work, project: Project, plan: ProjectPlan, moved: Collection[str]) -> None:
    """Have the dated steps be this version's; ``moved`` are the codes of all that came, moved or went."""
    there = {step.code for step in plan.steps}
    gone = [code for code in moved if code not in there]
    if gone:
        w.session.connection().execute(_NO_LONGER, {"of": project.id, "gone": gone})
    rows = [
        (
            project.id,
            step.code,
            step.department,
            step.stage,
            step.start_on,
            step.accept_on,
            step.finish_on,
            step.total_float,
            step.critical,
            step.code in plan.on_way,
            step.actual is not None and step.actual.finished_on is not None,
        )
        for step in plan.steps
    ]
    add_rows(w.session, _STEPS, _COLUMNS, rows, at=("project_id", "code"))
