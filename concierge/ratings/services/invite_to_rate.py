"""Invite to rate, once, what was closed some days ago and not rated."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.ratings.events import RatingInvited
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.rules.rating import is_invited


def invite_to_rate(w: Work) -> int:
    """Note the one invitation of each service for which it is due; answers how many.

    Effects: tells ``RatingInvited``, on which those who serve the enterprise are told, and messages go out.
    Source: RT-2.
    """
    today = clock.today()
    days = current_app.config["CONCIERGE"].rating_invite_days
    rows = w.session.execute(
        select(OccasionRow, RatingRow.id)
        .outerjoin(RatingRow, RatingRow.occasion_id == OccasionRow.id)
        .where(
            OccasionRow.invited_at.is_(None),
            OccasionRow.withdrawn_at.is_(None),
            OccasionRow.expires_on >= today,
        )
        .order_by(OccasionRow.id)
    ).all()
    due = [
        row
        for row, rating_id in rows
        if is_invited(row.closed_on, is_rated=rating_id is not None, is_invited=False, today=today, days=days)
    ]
    for row in due:
        row.invited_at = clock.now()
        w.session.flush()
        w.record(
            RatingInvited(
                occasion_id=row.id,
                project_id=row.project_id,
                code=row.code,
                department=row.department,
                on=today,
            )
        )
    return len(due)
