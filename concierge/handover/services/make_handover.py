"""Have one person hand projects to another: the sheet is asked for, and the enterprises are to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from approvals.queries.catalogue import work_calendar
from concierge.handover.events import HandoverDue, SubstitutionToTell
from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.rules.handover import TOLD_POSTS, HandoverKind
from concierge.handover.services.freeze_sheets import freeze_sheets
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.staff import queries as staff_queries
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class NewHandover:
    """What is handed over. Shape: ``projects`` are numbers with the post they are handed from."""

    kind: HandoverKind
    from_id: int
    to_id: int
    first_on: date
    last_on: date | None
    due_on: date
    projects: Sequence[tuple[int, str]]
    absence_id: int | None = None
    tells: bool = True


def make_handover(w: Work, new: NewHandover) -> HandoverRow | None:
    """Ask for one handover; None where this event asked for it before.

    Effects: what is taken over from the records gets its sheet at once; an event for each enterprise to tell.
    Source: AB-4, AB-8.
    """
    if w.event_id is None:
        raise RuntimeError("A handover is made by a handler: it belongs to the event that asked for it.")
    known = select(HandoverRow.id).where(
        HandoverRow.event_id == w.event_id, HandoverRow.from_id == new.from_id, HandoverRow.to_id == new.to_id
    )
    if new.from_id == new.to_id or not new.projects or w.session.scalar(known) is not None:
        return None
    row = w.add(
        HandoverRow(
            event_id=w.event_id,
            kind=new.kind,
            from_id=new.from_id,
            to_id=new.to_id,
            absence_id=new.absence_id,
            first_on=new.first_on,
            last_on=new.last_on,
            due_on=new.due_on,
            made_at=clock.now(),
        )
    )
    keeper = staff_queries.profiles(w.session, [new.from_id]).get(new.from_id)
    for project_id, post in new.projects:
        papers = keeper.papers if keeper else ""
        w.add(HandoverItemRow(handover_id=row.id, project_id=project_id, post=post, papers=papers))
    if new.kind is HandoverKind.SUDDEN:
        freeze_sheets(w, row)
    w.record(
        HandoverDue(
            row.id,
            row.kind.value,
            row.from_id,
            row.to_id,
            row.first_on,
            row.last_on,
            row.due_on,
            len(new.projects),
        )
    )
    if new.tells:
        tell_of(w, row, new.projects)
    return row


def tell_of(w: Work, row: HandoverRow, projects: Sequence[tuple[int, str]]) -> None:
    """Say which enterprises are to be told who acts now."""
    taker = staff_queries.profiles(w.session, [row.to_id]).get(row.to_id)
    name = staff_queries.names(w.session, [row.to_id]).get(row.to_id, "")
    for project_id, post in projects:
        if post in TOLD_POSTS:
            w.record(
                SubstitutionToTell(
                    project_id,
                    row.id,
                    row.to_id,
                    row.first_on,
                    row.last_on,
                    name,
                    taker.phone if taker else "",
                )
            )


def calendar_of(w: Work) -> WorkCalendar:
    """The working days handovers are counted by."""
    return work_calendar(w.session)
