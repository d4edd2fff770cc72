"""Adopt a plan of all projects: its days are what the departments expect from now on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from approvals.models.review import SittingItemRow, SittingRow
from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.work import Work, work
from projects.events import PortfolioPlanAdopted
from projects.models.portfolio import BookingRow, PortfolioPlan, PortfolioState
from projects.models.project import Project, ProjectStatus
from projects.queries.county import promises_of
from projects.queries.portfolio_inputs import world
from projects.rules.booked_days import taken_by, takes_anything
from projects.rules.county import Promise
from projects.rules.portfolio_days import ProjectDays, StepDays, read_summary, unpack
from projects.services.book_steps import booking_values, count_again, take_turns
from projects.services.cancel_portfolio_plan import plan_row
from projects.services.discard_portfolio_plan import NotOnTheTable
from projects.services.make_plan import ADOPTED, OVERTAKEN

_MOST_ROWS = 2_000


class ScenarioNotTrue(Refusal):
    """A plan for a world that is not."""

    message = N_(
        "Plan no. %(number)s answers a question; the world is not like that. Record what has changed (the "
        "notice, the reviewers, the absence, the sitting), then ask for a new plan."
    )


class WorldChanged(Refusal):
    """A plan for a calendar or for limits that are not those of today."""

    message = N_(
        "Since plan no. %(number)s was made, the calendar, the reviewers, the rooms, the rhythm of sittings"
        " or an absence has changed, so its days may not hold. Have all projects planned again: it takes"
        " seconds."
    )


class AnotherStands(Refusal):
    """A plan older than the one that stands."""

    message = N_("Plan no. %(standing)s was adopted after this one was asked for. Ask for a new plan.")


@dataclass(frozen=True)
class Adopted:
    """What came of an adoption.

    Shape: ``moved`` are the projects whose days changed; ``overtaken`` those something happened to since the
        plan was made: they keep their bookings and are placed by themselves.
    """

    moved: tuple[int, ...]
    overtaken: tuple[int, ...]


def adopt_portfolio_plan(number: int, *, by: Actor) -> Adopted:
    """Make a ready plan the one that stands.

    Raises: Missing, NotOnTheTable, ScenarioNotTrue, AnotherStands, WorldChanged.
    Effects: the bookings are this plan's; the plan that stood and older proposals are superseded; the plan of
        every project whose days changed is made again, one job each.
    """
    with work(by) as w:
        row = plan_row(w, number)
        _may_be_adopted(w, row)
        take_turns(w)
        adopted = _book(w, row, unpack(row.body or b""))
        w.session.execute(
            update(PortfolioPlan)
            .where(
                PortfolioPlan.id != row.id,
                PortfolioPlan.number < row.number,
                PortfolioPlan.scenario.is_(None),
                PortfolioPlan.state.in_((PortfolioState.ADOPTED, PortfolioState.READY)),
            )
            .values(state=PortfolioState.SUPERSEDED)
        )
        row.state, row.adopted_at, row.adopted_by = PortfolioState.ADOPTED, clock.now(), w.by.label
        for projects, cause in ((adopted.moved, ADOPTED), (adopted.overtaken, OVERTAKEN)):
            for project_id in projects:
                w.enqueue("projects.tasks:plan_again", project_id=project_id, cause=cause)
        w.record(PortfolioPlanAdopted(row.id, row.number, adopted.moved))
        return adopted


def _may_be_adopted(w: Work, row: PortfolioPlan) -> None:
    if row.scenario is not None:
        raise ScenarioNotTrue(number=row.number)
    standing = w.session.scalar(
        select(PortfolioPlan.number).where(
            PortfolioPlan.state == PortfolioState.ADOPTED, PortfolioPlan.number > row.number
        )
    )
    if standing is not None:
        raise AnotherStands(standing=standing)
    if row.state is not PortfolioState.READY or row.body is None:
        raise NotOnTheTable(number=row.number)
    made_for = read_summary(row.summary).world if row.summary else ""
    if made_for and made_for != world(w.session):
        raise WorldChanged(number=row.number)


def _book(w: Work, plan: PortfolioPlan, planned: Iterable[ProjectDays]) -> Adopted:
    """Take the bookings over, project by project, and count what is booked by the day anew."""
    asked = select(Project.id, Project.revision).where(Project.status == ProjectStatus.ACTIVE)
    now = dict(w.session.execute(asked).tuples().all())
    invited = _invited_since(w, plan)
    before: dict[int, dict[str, StepDays]] = {project_id: {} for project_id in now}
    for row in w.session.scalars(select(BookingRow)):
        before.setdefault(row.project_id, {})[row.code] = row.days()
    done, promises = _finished(w), promises_of(w.session, clock.today(), list(now))
    after = {
        project.project_id: {
            code: step
            for code, step in project.steps.items()
            if takes_anything(step, finished=(project.project_id, code) in done)
        }
        for project in planned
        if now.get(project.project_id) == project.revision and project.project_id not in invited
    }
    rows = [
        {"project_id": project_id, "plan_id": plan.id, "code": code, **booking_values(step, is_told=is_told)}
        for project_id, booked in after.items()
        for code, step in booked.items()
        for is_told in (_is_still_told(promises.get(project_id, {}).get(code), step),)
    ]
    overtaken = tuple(project_id for project_id in now if project_id not in after)
    _replace(w, [project_id for project_id in before if project_id not in overtaken], rows)
    taken = taken_by(step for booked in after.values() for step in booked.values())
    taken.add(step for project_id in overtaken for step in before[project_id].values())
    count_again(w, taken)
    moved = tuple(project_id for project_id in after if _has_moved(before[project_id], after[project_id]))
    return Adopted(moved, overtaken)


def _invited_since(w: Work, plan: PortfolioPlan) -> frozenset[int]:
    """The projects with a sitting announced or called off since the plan was begun: it may not know that."""
    changed = func.coalesce(SittingRow.withdrawn_at, SittingRow.announced_at)
    asked = select(SittingItemRow.project_id).join(SittingRow, SittingRow.id == SittingItemRow.sitting_id)
    return frozenset(w.session.scalars(asked.where(changed >= (plan.started_at or plan.asked_at))))


def _replace(w: Work, projects: Sequence[int], rows: Sequence[dict[str, Any]]) -> None:
    """Put these bookings in place of all these projects had."""
    for first in range(0, len(projects), _MOST_ROWS):
        some = projects[first : first + _MOST_ROWS]
        w.session.execute(delete(BookingRow).where(BookingRow.project_id.in_(some)))
    for first in range(0, len(rows), _MOST_ROWS):
        w.session.execute(insert(BookingRow), rows[first : first + _MOST_ROWS])


def _finished(w: Work) -> set[tuple[int, str]]:
    """The steps that have their result, of every project."""
    rows = w.session.execute(select(Step.project_id, Step.code).where(Step.finished_on.is_not(None)))
    return set(rows.tuples().all())


def _is_still_told(promise: Promise | None, step: StepDays) -> bool:
    """Whether a step has the day and the sitting that were announced for it."""
    if promise is None or not promise.is_announced:
        return False
    is_same_day = promise.accept_on in (None, step.accept_on)
    return is_same_day and promise.sitting in (None, step.sitting)


def _has_moved(before: Mapping[str, StepDays], after: Mapping[str, StepDays]) -> bool:
    """Whether any day a project's own plan rests on is another."""
    return {code: _rests_on(step) for code, step in before.items()} != {
        code: _rests_on(step) for code, step in after.items()
    }


def _rests_on(step: StepDays) -> tuple[object, ...]:
    return step.accept_on, step.end_on, step.sitting, step.officer, step.wait and step.wait.kind
