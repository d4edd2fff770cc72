"""How a project stands: its edition, its facts, its steps and what has happened to them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from approvals.models.case import CaseMoveRow
from approvals.models.step import Step, StepState
from approvals.queries import cases, deferrals
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.extensions import Extension
from approvals.rules.periods import DaysMode
from approvals.rules.stops import ClockStop
from approvals.rules.ways import ENDED
from concierge.kernel.remembered import Remembered
from concierge.staff.queries import spoken_name
from projects.models.portfolio import BookingRow
from projects.models.project import Plan, Project
from projects.rules.bookings import Booking
from projects.rules.expand import Expansion, expand
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.terms import Actual, GatesMode, PlanTerms, WhatIf
from scheduler import WorkCalendar

# An edition never changes, so neither does what the same facts make of one of its templates.
_expanded: Remembered[Expansion] = Remembered()
_DAYS = Step.preparing_since, Step.received_on, Step.accepted_on, Step.finished_on, Step.ended_on
_BEGUN = (
    select(Step.id, Step.project_id, Step.code, Step.state, Step.attempt, *_DAYS)
    .where(Step.project_id.in_(bindparam("ids", expanding=True)), Step.state != StepState.NOT_REQUIRED)
    .where(or_(Step.attempt > 1, *(day.is_not(None) for day in _DAYS)))
    .order_by(Step.project_id, Step.number)
)


def expansion_of(session: Session, project: Project) -> tuple[Catalogue, Expansion]:
    """The catalogue a project keeps, and what its facts make of its template."""
    catalogue = catalogue_queries.catalogue(project.edition_id, session)
    template, facts = project.template, project.facts
    return catalogue, _expanded.get(
        session,
        (project.edition_id, template, facts),
        lambda: expand(catalogue, template, json.loads(facts)),
    )


def steps_of(session: Session, project_id: int) -> Sequence[Step]:
    """The steps on a project's list, by number, without those no longer required."""
    rows = session.execute(
        select(Step)
        .where(Step.project_id == project_id, Step.state != StepState.NOT_REQUIRED)
        .order_by(Step.number)
    )
    return rows.scalars().all()


def begun_steps(session: Session, ids: Collection[int]) -> Sequence[Any]:
    """The steps of these projects to which anything has happened, with what ``happened`` asks of a step."""
    return session.execute(_BEGUN, {"ids": list(ids)}).all()


def actuals_of(session: Session, steps: Sequence[Step]) -> list[Actual]:
    """What has happened to the steps of a project, as the planner takes it, in their order."""
    return list(happened(session, steps).values())


def happened(session: Session, steps: Sequence[Any]) -> dict[int, Actual]:
    """The same for steps of any number of projects, by the number of the step's row.

    Shape: ``steps`` are rows, or what ``begun_steps`` found. No query where nothing runs; else one for stops
        and one for extensions, and one more where a step was begun anew.
    """
    running = [step.id for step in steps if _is_running(step)]
    stops = cases.stops(session, running) if running else {}
    extensions = cases.extensions(session, running) if running else {}
    anew = [step.id for step in steps if step.attempt > 1 and step.ended_on is None]
    before = last_ends(session, anew) if anew else {}
    return {
        step.id: _actual(step, stops.get(step.id, ()), extensions.get(step.id, ()), before.get(step.id))
        for step in steps
        if _has_begun(step)
    }


def _is_running(step: Step) -> bool:
    """Whether its papers lie with a department that has given no result."""
    return (step.received_on or step.accepted_on) is not None and (step.finished_on or step.ended_on) is None


def _has_begun(step: Step) -> bool:
    """Whether anything has happened to it, in this attempt or in one before."""
    return step.attempt > 1 or any(getattr(step, day.key) is not None for day in _DAYS)


def _actual(
    step: Step,
    stops: tuple[ClockStop, ...],
    extensions: tuple[Extension, ...],
    before: tuple[date, StepState] | None,
) -> Actual:
    """What has happened to one step; a case that ended without a result is prepared anew from that day."""
    if step.ended_on is not None:
        return Actual(
            step=step.code,
            started_on=step.ended_on,
            attempt=step.attempt + 1,
            ended_on=step.ended_on,
            ended_as=step.state,
        )
    ended_on, ended_as = before or (None, None)
    return Actual(
        step=step.code,
        started_on=step.preparing_since or step.received_on or step.accepted_on or ended_on,
        received_on=step.received_on,
        accepted_on=step.accepted_on,
        finished_on=step.finished_on,
        state=step.state,
        stops=stops,
        extensions=extensions,
        attempt=step.attempt,
        ended_on=ended_on,
        ended_as=ended_as,
    )


def last_ends(session: Session, step_ids: Collection[int]) -> dict[int, tuple[date, StepState]]:
    """When and how the last case of these steps ended without a result; what was taken back left out."""
    rows = session.execute(
        select(CaseMoveRow.id, CaseMoveRow.undoes, CaseMoveRow.step_id, CaseMoveRow.on, CaseMoveRow.state)
        .where(CaseMoveRow.step_id.in_(step_ids))
        .where(CaseMoveRow.state.in_(ENDED) | CaseMoveRow.undoes.is_not(None))
        .order_by(CaseMoveRow.id)
    ).all()
    gone = {row.undoes for row in rows if row.undoes is not None}
    return {
        row.step_id: (row.on, row.state)
        for row in rows
        if row.undoes is None and row.id not in gone and row.state in ENDED
    }


def live_plan(  # noqa: PLR0913  (a question that starts with “what if” may replace each part)
    session: Session,
    project: Project,
    *,
    today: date,
    actuals: Sequence[Actual] | None = None,
    facts: Mapping[str, object] | None = None,
    terms: PlanTerms | None = None,
    what_if: WhatIf | None = None,
    bookings: Mapping[str, Booking] | None = None,
    bridged: Collection[tuple[str, str]] | None = None,
    calendar: WorkCalendar | None = None,
) -> ProjectPlan:
    """The plan of a project counted now, from its own edition and today's calendar; nothing is kept.

    Shape: ``facts`` and ``terms`` replace the recorded ones, for a question that starts with “what if”;
        ``actuals`` are what has happened to its steps, ``bookings`` the days booked for them, ``bridged`` the
        waitings a granted deferral relaxed and ``calendar`` today's, each read unless it is given.
    Raises: UnknownFact, FactOfWrongType, StepNotOnList, scheduler.OutsideCalendar.
    """
    catalogue, expansion = expansion_of(session, project)
    if facts is not None:
        expansion = expand(catalogue, project.template, facts)
    there = {step.code for step in expansion.steps}
    recorded = actuals_of(session, steps_of(session, project.id)) if actuals is None else actuals
    return plan(
        expansion,
        terms or terms_of(project, today),
        calendar=calendar or catalogue_queries.work_calendar(session),
        actuals=[actual for actual in recorded if actual.step in there],
        what_if=what_if,
        bookings=saved_bookings(session, project.id) if bookings is None else bookings,
        bridged=deferrals.bridged(session, project.id) if bridged is None else bridged,
    )


def saved_bookings(session: Session, project_id: int) -> dict[str, Booking]:
    """The days booked for the steps of a project, by step, in one query."""
    rows = session.execute(
        select(BookingRow, User)
        .outerjoin(User, User.id == BookingRow.officer_id)
        .where(BookingRow.project_id == project_id)
    )
    return {row.code: row.facts(spoken_name(user) if user else "") for row, user in rows}


def terms_of(project: Project, today: date) -> PlanTerms:
    """How a project's plan is counted, as of one day."""
    return PlanTerms(
        start_on=project.start_on,
        days=DaysMode(project.days),
        gates=GatesMode(project.gates),
        today=max(today, project.start_on),
    )


def current_plan(session: Session, project: Project) -> Plan | None:
    """The version of the plan that stands."""
    return session.get(Plan, project.plan_id) if project.plan_id else None


def first_plan(session: Session, project_id: int) -> Plan | None:
    """The first version: the promise later ones are measured against."""
    return session.scalar(select(Plan).where(Plan.project_id == project_id).order_by(Plan.number).limit(1))
