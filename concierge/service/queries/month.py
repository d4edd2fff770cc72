"""What service cases counted in a month, for the county's statistics."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from concierge.kernel.errors import N_
from concierge.service.models.case import ServiceCase
from concierge.service.rules.case import CaseState, Outcome
from documents.rules.statistics import Figure, Month, Section


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Cases opened and closed in a month, and those closed by the promised day; one query.

    Source: SV-7; SF-12.
    """
    first_on, last_on = month.first_on, min(month.last_on, today)
    closed = ServiceCase.closed_on.between(first_on, last_on)
    promised = and_(closed, ServiceCase.due_on.is_not(None))
    conditions = (
        ServiceCase.opened_on.between(first_on, last_on),
        closed,
        and_(closed, ServiceCase.outcome == Outcome.DONE),
        promised,
        and_(promised, ServiceCase.closed_on <= ServiceCase.due_on),
        and_(
            ServiceCase.opened_on <= last_on,
            or_(ServiceCase.state != CaseState.CLOSED, ServiceCase.closed_on > last_on),
        ),
    )
    asked = select(*(func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in conditions))
    opened, ended, done, due, in_time, running = (int(one) for one in session.execute(asked).one())
    return (
        Section(
            title=N_("Service cases"),
            figures=(
                Figure(N_("Cases opened"), opened),
                Figure(N_("Cases closed"), ended),
                Figure(N_("All services done"), done),
                Figure(N_("Closed by the promised day"), in_time, due),
                Figure(N_("Cases running at its end"), running),
            ),
        ),
    )
