"""Tick a line of the day, and take a tick back: one press each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.today.events import LineTicked, TickUndone
from concierge.today.models import NoteRow, TickRow

NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class LineAsked:
    """The line somebody acts on: its key, its project, and its words as they stood there."""

    key: str
    text: str
    project_id: int | None = None
    is_for_good: bool = False


def tick_line(line: LineAsked, *, by: Actor) -> int:
    """Keep a tick; answers its number. Ticking what is ticked answers the same number.

    Raises: Missing, out of scope.
    Effects: a note that is ticked is done.
    """
    with work(by) as w:
        if line.project_id is not None:
            scope.require(w.session, by, line.project_id)
        today, now = clock.today(), clock.now()
        there = _standing(w, line.key, today)
        if there is not None:
            return there.id
        row = w.add(
            TickRow(
                person_id=by.id,
                project_id=line.project_id,
                key=line.key,
                text=line.text,
                is_for_good=line.is_for_good,
                ticked_on=today,
                ticked_at=now,
            )
        )
        _settle_note(w, line.key, now)
        w.record(LineTicked(row.id, by.id, line.project_id, line.key, line.is_for_good, today))
        return row.id


def undo_tick(tick_id: int, *, by: Actor) -> None:
    """Take a tick back; taking it back twice changes nothing.

    Shape: a tick about a project may be taken back by everybody who sees the project, one's own by oneself.
    Raises: Missing.
    Effects: a note that was ticked is to be done again.
    """
    with work(by) as w:
        row = w.get(TickRow, tick_id)
        if row.project_id is None and row.person_id != by.id:
            raise Missing
        if row.undone_at is None:
            row.undone_at = clock.now()
            _settle_note(w, row.key, None)
            w.record(TickUndone(row.id, by.id, row.project_id, row.key))


def _standing(w: Work, key: str, today: date) -> TickRow | None:
    """The tick that holds already. Shape: one's own where the line is about no project."""
    asked = select(TickRow).where(
        TickRow.key == key,
        TickRow.undone_at.is_(None),
        or_(TickRow.is_for_good, TickRow.ticked_on == today),
        or_(TickRow.project_id.is_not(None), TickRow.person_id == w.by.id),
    )
    return w.session.scalar(asked.limit(1))


def _settle_note(w: Work, key: str, done_at: datetime | None) -> None:
    source, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    if source == NOTE and number.isdigit():
        note = w.get(NoteRow, int(number))
        if note.project_id is None and note.person_id != w.by.id:
            raise Missing
        note.done_at, note.done_by = done_at, w.by.label if done_at else ""
