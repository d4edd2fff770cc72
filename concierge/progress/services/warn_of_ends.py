"""Tell staff, a fortnight before, that a link they made comes to its end."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select

from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.progress.events import ProgressLinkEnding
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.rules.links import WARN_DAYS, LinkOpens


def warn_of_ends(w: Work) -> int:
    """Note each link that ends within a fortnight, once for each last day; answers how many.

    Effects: tells ``ProgressLinkEnding``.
    Source: PL-3.
    """
    today = clock.today()
    rows = w.session.scalars(
        select(ProgressLinkRow)
        .where(
            ProgressLinkRow.revoked_at.is_(None),
            ProgressLinkRow.opens == LinkOpens.PROGRESS,
            ProgressLinkRow.expires_on.between(today, today + timedelta(days=WARN_DAYS)),
            or_(
                ProgressLinkRow.warned_for_on.is_(None),
                ProgressLinkRow.warned_for_on != ProgressLinkRow.expires_on,
            ),
        )
        .order_by(ProgressLinkRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.warned_for_on = row.expires_on
        w.session.flush()
        w.record(ProgressLinkEnding(row.id, row.project_id, row.recipient, row.expires_on))
    return len(rows)
