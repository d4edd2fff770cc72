"""Keep what comes of making a plan of all projects: that it began, how far it is, and how it ended."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import Work, work
from projects.events import PortfolioPlanFailed, PortfolioPlanMade
from projects.models.portfolio import PortfolioPlan, PortfolioState
from projects.queries.portfolio_plan import OPEN
from projects.rules.county_scenario import read_scenario
from projects.rules.portfolio_days import pack, summary_body
from projects.rules.portfolio_search import Begun, Made


def begin(plan_id: int) -> Begun | None:
    """Say that somebody works on it; None where it was cancelled, or is settled.

    Effects: a plan whose worker ended half-way begins anew.
    """
    with work(SYSTEM) as w:
        row = _open(w, plan_id)
        if row is None:
            return None
        row.state, row.started_at, row.done, row.best_workdays = PortfolioState.WORKING, clock.now(), 0, None
        row.as_of = clock.today()
        scenario = read_scenario(json.loads(row.scenario)) if row.scenario else None
        return Begun(
            id=row.id,
            number=row.number,
            cause=row.cause,
            scenario=scenario,
            effort=row.effort,
            seed=row.seed,
        )


def report(plan_id: int, done: int, best_workdays: int) -> bool:
    """Say how far it is; answers whether to go on."""
    with work(SYSTEM) as w:
        w.session.execute(
            update(PortfolioPlan)
            .where(PortfolioPlan.id == plan_id)
            .values(done=done, best_workdays=best_workdays)
        )
        asked = select(PortfolioPlan.state, PortfolioPlan.is_cancel_asked)
        state, is_cancel_asked = w.session.execute(asked.where(PortfolioPlan.id == plan_id)).one()
    return state in OPEN and not is_cancel_asked


def keep_made(w: Work, plan_id: int, made: Made) -> None:
    """Keep a proved plan; one that was cancelled meanwhile stays cancelled, one nobody wants is put aside."""
    row = _open(w, plan_id)
    if row is None:
        return
    lines = made.summary.lines
    row.state = PortfolioState.READY if made.is_wanted else PortfolioState.DISCARDED
    row.ended_at, row.done, row.best_workdays = clock.now(), made.done, made.tardiness
    row.projects, row.late = len(lines), sum(line.late_workdays > 0 for line in lines)
    row.tardiness_workdays, row.bound_workdays = made.tardiness, made.bound
    row.gain_workdays = made.summary.serial_workdays - made.summary.parallel_workdays
    row.moved_projects = sum(line.is_moved for line in lines)
    row.moved_announced = sum(len(line.moved_announced) for line in lines)
    row.summary, row.body = summary_body(made.summary), pack(made.days)
    w.record(
        PortfolioPlanMade(row.id, row.number, row.projects, row.late, made.tardiness, row.moved_projects)
    )


def keep_cancelled(w: Work, plan_id: int) -> None:
    """Keep that it was cancelled, and nothing of it."""
    row = _open(w, plan_id, even_cancelled=True)
    if row is not None:
        row.state, row.ended_at = PortfolioState.CANCELLED, clock.now()


def keep_failed(w: Work, plan_id: int, faults: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Keep why it could not be made, and nothing else of it.

    Shape: ``faults`` are English messages with the facts in them.
    """
    row = _open(w, plan_id)
    if row is None:
        return
    row.state, row.ended_at = PortfolioState.FAILED, clock.now()
    row.faults = json.dumps([[message, facts] for message, facts in faults], ensure_ascii=False, default=str)
    message, facts = faults[0]
    w.record(PortfolioPlanFailed(row.id, row.number, message % facts))


def _open(w: Work, plan_id: int, *, even_cancelled: bool = False) -> PortfolioPlan | None:
    """The row while it is being made; a cancelled one is settled by whoever sees it."""
    asked = select(PortfolioPlan).where(PortfolioPlan.id == plan_id).with_for_update()
    row = w.session.execute(asked).scalar_one()
    if row.state not in OPEN:
        return None
    if row.is_cancel_asked and not even_cancelled:
        row.state, row.ended_at = PortfolioState.CANCELLED, clock.now()
        return None
    return row
