"""What outreach asks of a person's day: visits, problems heard, bookings, duty, batches, the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.outreach.models.batch import ApplicationRow, BatchRow
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.models.place import GridRow, TownshipRow
from concierge.outreach.queries import hours, visits
from concierge.outreach.queries.batches import OPEN
from concierge.outreach.rules.batches import batch_number
from concierge.outreach.rules.standing import ApplicationState, BatchState, DueState
from concierge.staff.rules.todo import Todo, TodoKind

AHEAD = timedelta(days=14)
SEE = N_("Open")


def visit_todos(session: Session, reader: Actor, on: date) -> Iterator[Todo]:
    """Visits to make, and problems to answer; two queries."""
    if reader.id is None:
        return
    for row in visits.planned_visits(session, reader.id, on + AHEAD):
        yield Todo(
            key=f"outreach.visit:{row.id}:make",
            text=N_("Visit %(whom)s: %(purpose)s"),
            facts={"whom": row.to_whom, "purpose": row.purpose},
            due_on=row.planned_on,
            at=row.planned_at,
            minutes=row.minutes,
            project_id=row.project_id,
            place=row.place,
            href=url_for("VisitView.one", visit_id=row.id),
            action=N_("Report it"),
        )
    for problem, visit in visits.open_problems(session, reader, mine=True):
        yield Todo(
            key=f"outreach.problem:{problem.id}:settle",
            text=N_("Answer %(whom)s: %(what)s"),
            facts={"whom": visit.to_whom, "what": problem.what},
            due_on=problem.due_on,
            project_id=problem.project_id,
            href=url_for("VisitView.one", visit_id=visit.id),
            action=N_("Settle it"),
        )


def hour_todos(session: Session, reader: Actor, on: date) -> Iterator[Todo]:
    """Bookings to serve and days of duty; two queries."""
    if reader.id is None:
        return
    for row in hours.my_bookings(session, reader.id, on + AHEAD):
        yield Todo(
            key=f"outreach.booking:{row.id}:serve",
            text=N_("Serve %(whom)s outside office hours: %(what)s"),
            facts={"whom": row.called, "what": row.what},
            due_on=row.on,
            at=row.begins,
            minutes=row.minutes,
            project_id=row.project_id,
            href=url_for("BookingView.list"),
            action=SEE,
        )
    for duty in hours.my_duties(session, reader.id, on, on + AHEAD):
        yield Todo(
            key=f"outreach.duty:{duty.id}:be",
            text=N_("Be on duty until %(until)s"),
            facts={"until": f"{duty.ends:%H:%M}"},
            due_on=duty.on,
            at=duty.begins,
            minutes=(duty.ends.hour - duty.begins.hour) * 60 + duty.ends.minute - duty.begins.minute,
            href=url_for("BookingView.list"),
            action=SEE,
            may_tick=True,
        )


def grid_todos(session: Session, reader: Actor, on: date) -> Iterator[Todo]:
    """Batches of the reader's grids, and people who wait at the reader's window; two queries."""
    if reader.id is None:
        return
    for batch, grid, mend, ready, granted in session.execute(_batches(reader.id)):
        number = batch_number(batch.year, batch.serial)
        text, count, kind = _next_deed(batch, mend, ready, granted)
        yield Todo(
            key=f"outreach.batch:{batch.id}:{text[:4].strip().lower()}",
            text=text,
            facts={"number": number, "title": batch.title, "grid": grid, "count": count},
            kind=kind,
            due_on=batch.collect_until_on if batch.state is BatchState.COLLECTING else on,
            waiting_since_on=batch.sent_on if kind is TodoKind.WAIT else None,
            department=batch.department if kind is TodoKind.WAIT else "",
            href=url_for("BatchView.one", batch_id=batch.id),
            action=SEE,
        )
    for rule, place, state, count in session.execute(_window(reader.id, on)):
        deliver = state is DueState.ISSUED
        yield Todo(
            key=f"outreach.due:{rule.id}:{state.value}-{place}",
            text=N_("Have %(count)s × %(service)s delivered in %(place)s")
            if deliver
            else N_("Serve %(count)s people in %(place)s: %(service)s"),
            facts={"count": count, "service": rule.name, "place": place},
            due_on=None,
            href=url_for("OutreachView.due", rule_id=rule.id, state=state.value),
            action=SEE,
        )


def _batches(person_id: int) -> Any:
    """The open batches of somebody's grids with how many lines are to be mended, complete and granted."""

    def lines(state: ApplicationState) -> Any:
        return func.count(ApplicationRow.id).filter(ApplicationRow.state == state)

    return (
        select(
            BatchRow,
            GridRow.name,
            lines(ApplicationState.FAULTY),
            lines(ApplicationState.READY),
            lines(ApplicationState.GRANTED),
        )
        .join(GridRow, GridRow.id == BatchRow.grid_id)
        .outerjoin(ApplicationRow, ApplicationRow.batch_id == BatchRow.id)
        .where(GridRow.keeper_id == person_id, BatchRow.state.in_(OPEN))
        .group_by(BatchRow.id, GridRow.name)
        .order_by(BatchRow.collect_until_on, BatchRow.id)
    )


def _next_deed(batch: BatchRow, mend: int, ready: int, granted: int) -> tuple[str, int, TodoKind]:
    """What is to be done about a batch next."""
    if granted:
        text = N_("Hand over %(count)s results of batch %(number)s in %(grid)s: %(title)s")
        return text, granted, TodoKind.ACT
    if mend:
        return N_("Mend %(count)s lines of batch %(number)s in %(grid)s: %(title)s"), mend, TodoKind.ACT
    if batch.state is BatchState.SENT:
        text = N_("Batch %(number)s of %(grid)s is with the department: %(title)s")
        return text, 0, TodoKind.WAIT
    return N_("Send batch %(number)s of %(grid)s, %(count)s lines: %(title)s"), ready, TodoKind.ACT


def _window(person_id: int, on: date) -> Any:
    """Who waits at somebody's window or is to get a result, by service and township."""
    return (
        select(EligibilityRuleRow, TownshipRow.name, DueRow.state, func.count(DueRow.id))
        .join(EligibilityRuleRow, EligibilityRuleRow.id == DueRow.rule_id)
        .join(TownshipRow, TownshipRow.id == DueRow.township_id)
        .where(TownshipRow.agent_id == person_id, DueRow.since_on <= on)
        .where(DueRow.state.in_((DueState.FOUND, DueState.ISSUED)))
        .group_by(EligibilityRuleRow.id, TownshipRow.name, DueRow.state)
        .order_by(EligibilityRuleRow.id, TownshipRow.name)
    )
