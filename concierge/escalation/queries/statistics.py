"""The reports of a period, as they are counted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.escalation.models.report import ReportRow, StageRow
from concierge.escalation.queries.reports import in_sight
from concierge.escalation.rules.counting import Counted, Tally, Visit, tally
from concierge.escalation.rules.report import ON_THE_SPOT
from concierge.kernel.actor import Actor


def counted(
    session: Session, actor: Actor, first_on: date, last_on: date, *, today: date, now: datetime
) -> Tally:
    """The reports in sight received between two days, counted; two queries."""
    where = (in_sight(actor), ReportRow.received_on >= first_on, ReportRow.received_on <= last_on)
    visits: dict[int, list[Visit]] = defaultdict(list)
    stages = (
        select(StageRow)
        .join(ReportRow, ReportRow.id == StageRow.report_id)
        .where(*where, StageRow.level.in_(ON_THE_SPOT), StageRow.due_at.is_not(None))
    )
    for row in session.scalars(stages):
        if row.due_at is not None and not (row.arrived_at is None and row.rose is None and row.ended_at):
            visits[row.report_id].append(Visit(level=row.level, due_at=row.due_at, arrived_at=row.arrived_at))
    rows = session.scalars(select(ReportRow).where(*where))
    return tally((_counted(row, tuple(visits[row.id])) for row in rows), today=today, now=now)


def _counted(row: ReportRow, visits: tuple[Visit, ...]) -> Counted:
    return Counted(
        way=row.way,
        kind=row.kind,
        department=row.department,
        level=row.level,
        due_on=row.due_on,
        closed_on=row.closed_on,
        cause_code=row.cause_code,
        contentment=row.contentment,
        reopenings=row.reopenings,
        visits=visits,
    )
