"""Count what the open deferrals of a project are worth, with the plan as it stands."""

from __future__ import annotations

from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.queries import catalogue
from approvals.rules.deferral_course import DeferralState
from concierge.kernel import clock
from concierge.kernel.work import Work
from projects.models.deferral_worth import DeferralWorthRow
from projects.models.project import Project, ProjectStatus
from projects.queries.county import live_project
from projects.queries.standing import saved_bookings
from projects.rules.deferral_worth import Deferred, Standing, worth

COUNTED = (DeferralState.GRANTED, DeferralState.OVERDUE)


def count_deferrals(w: Work, project_id: int) -> int:
    """Write down the two numbers of every deferral that still waits for its paper; answers how many.

    Shape: what was supplied keeps the numbers it had: they say what the deferral was worth.
    """
    asked = (
        select(DeferralRow, Step.code)
        .join(Step, Step.id == DeferralRow.step_id)
        .where(DeferralRow.project_id == project_id, DeferralRow.state.in_(COUNTED))
        .order_by(DeferralRow.id)
    )
    rows = w.session.execute(asked).all()
    project = w.session.get(Project, project_id)
    if not rows or project is None or project.status is not ProjectStatus.ACTIVE:
        return 0
    live = live_project(w.session, project, clock.today())
    standing = Standing(
        expansion=live.expansion,
        terms=live.terms,
        calendar=catalogue.work_calendar(w.session),
        actuals=live.actuals,
        bookings=saved_bookings(w.session, project_id),
        bridged=live.bridged,
    )
    there = {step.code for step in live.expansion.steps}
    kept = _kept(w, [row.id for row, _ in rows])
    for row, code in rows:
        if code in there:
            _write(w, project, row, code, standing, kept.get(row.id))
    return len(rows)


def _kept(w: Work, ids: list[int]) -> dict[int, DeferralWorthRow]:
    found = w.session.scalars(select(DeferralWorthRow).where(DeferralWorthRow.deferral_id.in_(ids)))
    return {row.deferral_id: row for row in found}


def _write(
    w: Work,
    project: Project,
    row: DeferralRow,
    code: str,
    standing: Standing,
    kept: DeferralWorthRow | None,
) -> None:
    hand_in_on = max(row.course().due_on, clock.today())
    found = worth(standing, Deferred(step=code, hand_in_on=hand_in_on, producer=row.producer))
    told = kept or DeferralWorthRow(project_id=project.id, deferral_id=row.id)
    told.plan_id = project.plan_id
    told.permit_on, told.permit_without_on = found.permit_on, found.permit_without_on
    told.start_on, told.start_without_on = found.start_on, found.start_without_on
    told.gained_workdays, told.latest_on = found.gained_workdays, found.latest_on
    told.is_critical, told.withheld = found.is_critical, found.withheld
    if kept is None:
        w.add(told)
