"""Open a batch for a grid: one service, one department, collected until a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from concierge.outreach.events import BatchMoved
from concierge.outreach.models.batch import BatchRow
from concierge.outreach.models.place import GridRow
from concierge.outreach.queries.batches import last_serial
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.batches import checked_batch
from concierge.outreach.rules.standing import BatchState


def open_batch(grid_id: int, title: str, department: str, collect_until_on: date, *, by: Actor) -> int:
    """Open the batch under the next number of the year; answers its row.

    Raises: Missing, for a grid out of charge; BatchDetailsNeeded; AlreadyThere, when two are opened in one
        moment: the second tries again.
    Source: SF-7.
    """
    today = clock.today()
    title, department = checked_batch(title, department, collect_until_on, today=today)
    with work(by) as w:
        asked = select(GridRow.id).where(GridRow.id == grid_id, in_charge(by, GridRow.township_id))
        if w.session.scalar(asked) is None:
            raise Missing
        row = w.add(
            BatchRow(
                year=today.year,
                serial=last_serial(w.session, today.year) + 1,
                title=title,
                department=department,
                grid_id=grid_id,
                opened_on=today,
                collect_until_on=collect_until_on,
                state=BatchState.COLLECTING,
                by_id=by.id,
                by=by.label,
            )
        )
        w.record(BatchMoved(row.id, row.state.value, 0, 0))
        return row.id
