"""What handovers counted in a month, for the county's statistics."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.queries.handovers import given_in_time
from concierge.kernel import clock
from concierge.kernel.errors import N_
from documents.rules.statistics import Figure, Month, Section


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Handovers due in a month, those given in time, and the projects others took over; two queries.

    Source: SV-7, substitutions; AB-4.
    """
    first_on, last_on = month.first_on, min(month.last_on, today)
    given = given_in_time(session, first_on, last_on).values()
    begin, end = (
        datetime.combine(day, time.min, clock.SHANGHAI) for day in (first_on, last_on + timedelta(days=1))
    )
    taken_over = session.scalar(
        select(func.count(HandoverItemRow.id))
        .join(HandoverRow, HandoverRow.id == HandoverItemRow.handover_id)
        .where(HandoverRow.accepted_at >= begin, HandoverRow.accepted_at < end)
    )
    return (
        Section(
            title=N_("Handovers"),
            figures=(
                Figure(
                    N_("Handed over in time"), sum(good for good, _ in given), sum(due for _, due in given)
                ),
                Figure(N_("Projects taken over"), taken_over or 0),
            ),
        ),
    )
