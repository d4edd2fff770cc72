"""Bring the entries of calendars in line with the records, and raise the marks of what changed."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select

from concierge.feeds.models import EntryRow, HoldingRow, MarkRow
from concierge.feeds.queries.matters import matters_of
from concierge.feeds.queries.todos import todo_matters
from concierge.feeds.rules.changes import (
    Standing,
    has_moved,
    is_said_anew,
    is_worth_beginning,
    next_mark,
    outlives_its_record,
    regrouped,
)
from concierge.feeds.rules.entry import EntryKind, EntryState, Matter
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work

Holdings = Mapping[str, HoldingRow]


def refresh_entries(w: Work, project_ids: Collection[int]) -> int:
    """Look at these projects anew; answers how many entries changed.

    Shape: done twice it changes nothing the second time.
    Effects: new entries get their name for ever; what is no longer so is called off, never deleted.
    Source: FE-4, FE-6, FE-7.
    """
    known = w.session.scalars(
        select(EntryRow).where(EntryRow.project_id.in_(project_ids), EntryRow.source.not_like("todo:%"))
    )
    return settle_entries(w, matters_of(w.session, project_ids, clock.today()), known)


def refresh_todos(w: Work, reader: Actor) -> int:
    """Look anew at what other addons have for a person; answers how many entries changed.

    Effects: what is no longer there was done.
    """
    mine = select(EntryRow).where(EntryRow.source.like(f"todo:{reader.id}:%"))
    known = w.session.scalars(mine).all()
    return settle_entries(w, todo_matters(w.session, reader, clock.today()), known)


def settle_entries(w: Work, matters: Iterable[Matter], known: Iterable[EntryRow]) -> int:
    """Make the entries that are known say what they are to say, no more and no less."""
    now, today = clock.now(), clock.today()
    rows = {row.source: row for row in known}
    held = _holdings(w, rows.values())
    touched: set[str] = set()
    changed = 0
    for matter in matters:
        row = rows.pop(matter.source, None)
        if row is None:
            told = _begin(w, matter, now, today)
        else:
            told = _renew(w, row, held.get(row.id, {}), matter, now)
        changed += bool(told)
        touched |= told
    for row in rows.values():
        told = _call_off(row, held.get(row.id, {}), now)
        changed += bool(told)
        touched |= told
    raise_marks(w, touched)
    return changed


def raise_marks(w: Work, subjects: Collection[str]) -> None:
    """Say of these calendars that they changed."""
    now = clock.now()
    asked = select(MarkRow).where(MarkRow.subject.in_(subjects)).order_by(MarkRow.subject)
    known = {row.subject: row for row in w.session.scalars(asked.with_for_update())} if subjects else {}
    for subject in sorted(subjects):
        row = known.get(subject)
        if row is None:
            w.session.add(MarkRow(subject=subject, revision=1, changed_at=next_mark(None, now)))
        else:
            row.revision += 1
            row.changed_at = next_mark(row.changed_at, now)
    w.session.flush()


def _holdings(w: Work, rows: Iterable[EntryRow]) -> dict[int, dict[str, HoldingRow]]:
    found: dict[int, dict[str, HoldingRow]] = {row.id: {} for row in rows}
    for row in w.session.scalars(select(HoldingRow).where(HoldingRow.entry_id.in_(found))):
        found[row.entry_id][row.subject] = row
    return found


def _begin(w: Work, matter: Matter, now: datetime, today: date) -> set[str]:
    if not is_worth_beginning(matter, today):
        return set()
    row = EntryRow(uid=str(uuid.uuid4()), source=matter.source, sequence=0, made_at=now, changed_at=now)
    row.apply(matter)
    w.add(row)
    for subject, post in matter.subjects:
        w.session.add(HoldingRow(entry_id=row.id, subject=subject, post=post))
    return {subject for subject, _ in matter.subjects}


def _renew(w: Work, row: EntryRow, held: Holdings, matter: Matter, now: datetime) -> set[str]:
    before = row.matter()
    moves = regrouped(
        {subject: Standing(one.post, one.left_at) for subject, one in held.items()}, dict(matter.subjects)
    )
    is_moved = has_moved(before, matter)
    if not (is_moved or is_said_anew(before, matter) or moves.here or moves.left):
        return set()
    if is_moved or is_said_anew(before, matter) or moves.has_new_holder:
        row.changed_at = now
    row.sequence += is_moved or moves.has_new_holder
    if is_moved:
        row.cancelled_at = now if matter.state is EntryState.CANCELLED else None
    row.apply(matter)
    _regroup(w, row, held, moves.here, moves.left, now)
    return {*held, *moves.here}


def _regroup(
    w: Work, row: EntryRow, held: Holdings, here: Mapping[str, str], left: Collection[str], now: datetime
) -> None:
    for subject, post in here.items():
        if subject in held:
            held[subject].post, held[subject].left_at = post, None
        else:
            w.session.add(HoldingRow(entry_id=row.id, subject=subject, post=post))
    for subject in left:
        held[subject].left_at = now


def _call_off(row: EntryRow, held: Holdings, now: datetime) -> set[str]:
    """Its record is gone: it is called off, but a task that is gone from the list was done."""
    if outlives_its_record(row.matter()):
        return set()
    if row.kind is EntryKind.TASK:
        row.state, row.changed_at = EntryState.DONE, now
    else:
        row.state, row.cancelled_at, row.changed_at = EntryState.CANCELLED, now, now
    row.sequence += 1
    return set(held)
