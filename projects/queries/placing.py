"""One project placed by itself: the days its steps get among what all others have booked."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.errors import N_, Refusal
from concierge.staff.queries import spoken_name
from projects.queries.county import county
from projects.queries.occupancy import occupancy
from projects.rules.booked_days import taken_by, takes_anything
from projects.rules.bookings import Booking, HeldBy
from projects.rules.county import County, LiveProject
from projects.rules.county_portfolio import AMPLE_WORKDAYS, SPARE_WORKDAYS, Built, build
from projects.rules.county_reading import read_plan
from projects.rules.portfolio_days import ProjectDays, StepDays
from scheduler.portfolio.check import check
from scheduler.portfolio.errors import (
    NoOfficerBeforeHorizon,
    NoPlaceBeforeHorizon,
    NoRoomBeforeHorizon,
    NoSittingBeforeHorizon,
)
from scheduler.portfolio.faults import Fault, FaultKind
from scheduler.portfolio.plan import Occupancy
from scheduler.portfolio.repair import place

_AND_SOME_MONTHS = timedelta(days=250)
log = logging.getLogger(__name__)
_FIRST_LOOK_WORKDAYS = 60
"""How far beyond its own end a project usually finds room: the fewer days are read, the sooner."""


class PlanNotSound(Refusal):
    """A plan that its proof refuses is a fault of the program; nothing of it is kept."""

    message = N_("The plan broke a rule of its own and was not kept: %(fault)s. Please report this.")


@dataclass(frozen=True)
class Alone:
    """Where one project's steps lie among all others' bookings.

    Shape: ``days`` of every step; ``booked`` those that others count on; ``forced`` the steps that could not
        stay on their day.
    """

    built: Built
    days: ProjectDays
    booked: Mapping[str, StepDays]
    forced: frozenset[str]


def placed_alone(
    session: Session, live: LiveProject, today: date, *, frozen_workdays: int, limits: County | None = None
) -> Alone | None:
    """Place one project, moving nobody else; None where nothing is recorded that could make it wait.

    Units: what is booked within ``frozen_workdays`` stays unless it has become impossible.
    Shape: where a department, a review or the officers can never take a step (nobody is left there), that
        limit is left out and logged: a project keeps a plan, and the plan of all projects names the gap.
    Raises: PlanNotSound.
    """
    limits = limits or county(session, today)
    if not limits.limits_anything:
        return None
    own, spare = taken_by(live.booked.values()), _FIRST_LOOK_WORKDAYS
    reach_on = _beyond_its_bookings(live, today)
    while True:
        built = build(
            limits,
            [live],
            today=today,
            frozen_workdays=frozen_workdays,
            spare_workdays=spare,
            reach_on=reach_on,
        )
        try:
            return placed(built, occupancy(session, built, own))
        except NoRoomBeforeHorizon as error:
            if spare < AMPLE_WORKDAYS:
                spare = SPARE_WORKDAYS if spare < SPARE_WORKDAYS else AMPLE_WORKDAYS
                continue
            log.warning("no room: project=%d %s", live.id, error)
            eased = without_limit(limits, error)
            if eased == limits:
                raise
            limits = eased


def _beyond_its_bookings(live: LiveProject, today: date) -> date | None:
    """So far a project had to look for room last time, and some months more: looking twice costs the most."""
    last = max((step.end_on for step in live.booked.values()), default=None)
    return None if last is None or last <= today else last + _AND_SOME_MONTHS


def _is_theirs(fault: Fault, built: Built, others: Occupancy) -> bool:
    """Whether others had opened two sittings on one half-day before this step joined one of them."""
    if fault.kind not in (FaultKind.MEMBER_TWICE, FaultKind.ROOMS_OVERFULL):
        return False
    on = built.axis.date_of
    return (fault.facts["body"], fault.facts["day"]) in {(body, on(at.point)) for body, at in others.seats}


def without_limit(limits: County, error: NoRoomBeforeHorizon) -> County:
    """The county without what a step can never get."""
    what = error.facts["what"]
    if isinstance(error, NoPlaceBeforeHorizon):
        benches = {code: bench for code, bench in limits.benches.items() if code != what}
        return replace(limits, benches=benches)
    if isinstance(error, NoSittingBeforeHorizon):
        return replace(limits, rules={code: rule for code, rule in limits.rules.items() if code != what})
    return replace(limits, away=()) if isinstance(error, NoOfficerBeforeHorizon) else limits


def placed(built: Built, others: Occupancy) -> Alone:
    """The same, once everything is read. Raises: NoRoomBeforeHorizon; PlanNotSound."""
    plan = place(built.portfolio, others)
    faults = [fault for fault in check(built.portfolio, plan, others) if not _is_theirs(fault, built, others)]
    if faults:
        raise PlanNotSound(fault=str(faults[0]))
    days = read_plan(built, plan, others=others)[0]
    done = {actual.step for actual in built.projects[0].actuals if actual.finished_on is not None}
    booked = {code: step for code, step in days.steps.items() if takes_anything(step, finished=code in done)}
    return Alone(built, days, booked, frozenset(code for _, code in plan.forced))


def bookings_from(session: Session, booked: Mapping[str, StepDays]) -> dict[str, Booking]:
    """The bookings of steps that were just placed, as a project's own plan takes them."""
    people = {step.officer for step in booked.values() if step.officer is not None}
    names: dict[int, str] = {}
    if people:
        users = session.scalars(select(User).where(User.id.in_(people)))
        names = {user.id: spoken_name(user) for user in users}
    return {code: _booking(step, names) for code, step in booked.items()}


def _booking(step: StepDays, names: Mapping[int, str]) -> Booking:
    return Booking(
        accept_on=step.accept_on,
        held_by=HeldBy(step.wait.kind) if step.wait else HeldBy.NOTHING,
        held_workdays=step.wait.workdays if step.wait else 0,
        department=step.department or "",
        review_group=step.group or "",
        officer=names.get(step.officer, "") if step.officer is not None else "",
        sitting_on=step.sitting.on if step.sitting else None,
        sitting_half=step.sitting.half if step.sitting else 0,
        decided_from=step.end_on if step.sitting else None,
    )
