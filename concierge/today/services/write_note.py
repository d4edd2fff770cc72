"""Write a note to come back to, or write it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.today.events import NoteWritten
from concierge.today.models import NoteRow
from concierge.today.rules.day import checked_words

LONGEST_PLACE = 120


@dataclass(frozen=True, kw_only=True)
class NoteAsked:
    """What a note is to say. Units: ``due_at`` a time of day in Asia/Shanghai."""

    text: str
    due_on: date
    due_at: time | None = None
    project_id: int | None = None
    place: str = ""
    phone: str = ""
    is_promise: bool = False


def write_note(asked: NoteAsked, *, by: Actor, note_id: int | None = None, version: int | None = None) -> int:
    """Keep a note; with a number, change that one. Answers its number.

    Raises: BringForwardWordsNeeded; Missing, out of scope or somebody else's; Stale.
    """
    with work(by) as w:
        text = checked_words(asked.text)
        if asked.project_id is not None:
            scope.require(w.session, by, asked.project_id)
        row = _row(w, note_id, version)
        row.project_id, row.text = asked.project_id, text
        row.due_on, row.due_at = asked.due_on, asked.due_at
        row.place, row.phone = asked.place.strip()[:LONGEST_PLACE], asked.phone.strip()[:LONGEST_PLACE]
        row.is_promise = asked.is_promise and asked.project_id is not None
        w.add(row)
        w.record(NoteWritten(row.id, by.id, row.project_id, row.due_on, row.is_promise))
        return row.id


def _row(w: Work, note_id: int | None, version: int | None) -> NoteRow:
    if note_id is None:
        return NoteRow(person_id=w.by.id, written_by=w.by.label, written_at=clock.now())
    row = w.get(NoteRow, note_id, version=version)
    if row.project_id is None and row.person_id != w.by.id:
        raise Missing
    return row
