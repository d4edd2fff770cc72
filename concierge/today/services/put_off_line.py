"""Put a line of the day off to another day (再提醒), and bring it back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from concierge.today.events import LinePutOff
from concierge.today.models import PutOffRow
from concierge.today.rules.day import checked_return
from concierge.today.services.tick_line import LineAsked


def put_off_line(line: LineAsked, until_on: date, note: str, *, by: Actor) -> int:
    """Hide a line from one person until a day; the other of the two still sees it.

    Raises: DayToComeBack; Missing, out of scope.
    Effects: an earlier putting-off of the same line counts no more.
    """
    with work(by) as w:
        if line.project_id is not None:
            scope.require(w.session, by, line.project_id)
        today, now = clock.today(), clock.now()
        checked_return(until_on, today)
        before = select(PutOffRow).where(
            PutOffRow.key == line.key, PutOffRow.person_id == by.id, PutOffRow.lifted_at.is_(None)
        )
        for earlier in w.session.scalars(before):
            earlier.lifted_at = now
        row = w.add(
            PutOffRow(
                person_id=by.id,
                project_id=line.project_id,
                key=line.key,
                text=line.text,
                note=note.strip(),
                made_on=today,
                made_at=now,
                until_on=until_on,
            )
        )
        w.record(LinePutOff(row.id, by.id, line.project_id, line.key, until_on))
        return row.id


def bring_back(put_off_id: int, *, by: Actor) -> None:
    """Show a line again that this person had put off.

    Raises: Missing, when it is somebody else's.
    """
    with work(by) as w:
        row = w.get(PutOffRow, put_off_id)
        if row.person_id != by.id:
            raise Missing
        if row.lifted_at is None:
            row.lifted_at = clock.now()
