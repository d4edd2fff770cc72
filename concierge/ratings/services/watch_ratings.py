"""Look every morning at what is invited, and at which negative ratings are past their day."""

from __future__ import annotations

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.ratings.events import RatingLate
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.rules.redress import due, stage


def tell_late(w: Work) -> int:
    """Tell of each stage that is past its day, once; answers how many were told now.

    Source: RT-3, RT-4, RT-5.
    """
    calendar, today = catalogue_queries.work_calendar(w.session), clock.today()
    rows = w.session.scalars(
        select(RedressRow)
        .where(RedressRow.set_aside_on.is_(None), RedressRow.called_back_on.is_(None))
        .order_by(RedressRow.id)
    ).all()
    late = []
    for row in rows:
        due_on, now = due(row.facts(), calendar), stage(row.facts())
        if due_on is not None and due_on < today and row.late_told is not now:
            late.append((row, now, due_on))
    for row, now, due_on in late:
        row.late_told = now
        w.session.flush()
        w.record(
            RatingLate(
                redress_id=row.id,
                rating_id=row.rating_id,
                project_id=row.project_id,
                department=row.department,
                stage=now.value,
                due_on=due_on,
            )
        )
    return len(late)
