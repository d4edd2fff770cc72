"""What visits and batches counted in a month, for the county's statistics."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.errors import N_
from concierge.outreach.models.batch import ApplicationRow
from concierge.outreach.models.visit import ProblemRow, VisitRow
from documents.rules.statistics import Figure, Month, Section


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Visits made, problems heard and answered, results of batches delivered; one query, names nobody.

    Source: SV-7; SF-7, SF-10, SF-18.
    """
    first_on, last_on = month.first_on, min(month.last_on, today)
    begin, end = (
        datetime.combine(day, time.min, clock.SHANGHAI) for day in (first_on, last_on + timedelta(days=1))
    )

    def counted(model: type, *where: object) -> object:
        return select(func.count()).select_from(model).where(*where).scalar_subquery()  # type: ignore[arg-type]

    visits, heard, answered, delivered = session.execute(
        select(
            counted(VisitRow, VisitRow.done_on.between(first_on, last_on)),  # type: ignore[call-overload]
            counted(ProblemRow, ProblemRow.found_at >= begin, ProblemRow.found_at < end),
            counted(ProblemRow, ProblemRow.settled_on.between(first_on, last_on)),
            counted(ApplicationRow, ApplicationRow.delivered_on.between(first_on, last_on)),
        )
    ).one()
    return (
        Section(
            title=N_("Visits and batches"),
            figures=(
                Figure(N_("Visits made"), visits),
                Figure(N_("Problems heard"), heard),
                Figure(N_("Problems answered"), answered),
                Figure(N_("Results of batches delivered"), delivered),
            ),
        ),
    )
