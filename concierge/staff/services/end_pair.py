"""End the work of a project's A and B, because the project has ended."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.staff.models import Pairing


def end_pair(w: Work, project_id: int) -> None:
    """End the pairing of a project today, if it has one.

    Effects: both go on seeing the project; it weighs on their desks no more.
    Source: AB-8, the line stays.
    """
    pairing = w.session.scalar(
        select(Pairing).where(Pairing.project_id == project_id, Pairing.until.is_(None)).with_for_update()
    )
    if pairing is not None:
        pairing.until = clock.today()
        w.session.flush()
