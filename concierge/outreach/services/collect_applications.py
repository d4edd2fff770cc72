"""Collect applications into a batch, one by one or by table, and mend those that came in wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.outreach.events import BatchMoved
from concierge.outreach.models.batch import ApplicationRow, BatchRow
from concierge.outreach.queries import batches
from concierge.outreach.rules.batches import BatchSentAlready, state_of
from concierge.outreach.rules.lines import (
    ROADS,
    Cells,
    Column,
    Fault,
    application_faults,
    headed,
    personal_of,
)
from concierge.outreach.rules.personal import Personal, Wrong, called, number_fault
from concierge.outreach.rules.standing import ApplicationState, BatchState, Road
from concierge.outreach.services.open_person import log_opening
from concierge.outreach.services.sealer import sealer

NEEDED = (Column.NAME, Column.ID_NUMBER)
OWN = (ApplicationState.FAULTY, ApplicationState.READY)


@dataclass(frozen=True)
class Collected:
    """How many lines came in complete, and how many are to be mended."""

    ready: int
    faulty: int


def collect_applications(batch_id: int, rows: Iterable[Sequence[str]], *, by: Actor) -> Collected:
    """Take a table in: every line is kept, the wrong ones to be mended, the others ready to go.

    Raises: Missing; HeadsMissing, NoLines, TooManyLines, before anything is kept.
    Source: SF-7, one bad line never holds the others.
    """
    lines = [cells for _, cells in headed(rows, NEEDED)]
    return _collect(batch_id, lines, by)


def add_application(batch_id: int, cells: Cells, *, by: Actor) -> Collected:
    """Add one application, as it was told at the door. Raises: Missing."""
    return _collect(batch_id, [cells], by)


def _collect(batch_id: int, lines: Sequence[Cells], by: Actor) -> Collected:
    with work(by) as w:
        batch = _own(w, batch_id)
        seen, number = batches.hashes(w.session, batch_id), batches.last_line(w.session, batch_id)
        ready = 0
        for cells in lines:
            number += 1
            row = ApplicationRow(batch_id=batch_id, line=number, at=clock.now())
            seen |= _read(row, cells, seen)
            w.session.add(row)
            ready += row.state is ApplicationState.READY
        w.session.flush()
        _settle(w, batch)
        return Collected(ready, len(lines) - ready)


def mend_application(application_id: int, cells: Cells, *, by: Actor) -> bool:
    """Write a line anew; answers whether it is complete now.

    Raises: Missing; BatchSentAlready.
    """
    with work(by) as w:
        row = w.get(ApplicationRow, application_id)
        batch = _own(w, row.batch_id)
        if row.state not in OWN:
            raise BatchSentAlready
        _read(row, cells, batches.hashes(w.session, row.batch_id, but=row.id))
        w.session.flush()
        _settle(w, batch)
        return row.state is ApplicationState.READY


def withdraw_application(application_id: int, *, by: Actor) -> None:
    """Take a line out before it is sent: the person does not want it. Raises: Missing, BatchSentAlready."""
    with work(by) as w:
        row = w.get(ApplicationRow, application_id)
        batch = _own(w, row.batch_id)
        if row.state not in OWN:
            raise BatchSentAlready
        row.state = ApplicationState.WITHDRAWN
        w.session.flush()
        _settle(w, batch)


def opened_line(application_id: int, purpose: str, *, by: Actor) -> tuple[ApplicationRow, Personal]:
    """What was typed in a line, to mend it. Raises: Missing. Effects: one line in the log of openings."""
    with work(by) as w:
        row = w.get(ApplicationRow, application_id)
        _own(w, row.batch_id)
        log_opening(w, purpose)
        return row, sealer().open(row.sealed)


def _own(w: Work, batch_id: int) -> BatchRow:
    batches.batch(w.session, batch_id, w.by)
    batch = w.get(BatchRow, batch_id)
    if batch.state is BatchState.CLOSED:
        raise Missing
    return batch


def _read(row: ApplicationRow, cells: Cells, seen: set[str]) -> set[str]:
    """Fill a line from its cells; answers what its person is found by."""
    hand = sealer()
    personal = personal_of(cells)
    found_by = "" if number_fault(personal.id_number) else hand.found_by(personal.id_number)
    faults = application_faults(cells, ())
    if found_by in seen:
        faults.append(Fault(Column.ID_NUMBER, Wrong.TWICE))
    row.compound, row.called = cells.get(Column.COMPOUND, "")[:80], called(personal.name)
    row.id_hash, row.sealed = found_by, hand.seal(personal)
    row.road = ROADS.get(cells.get(Column.ROAD, ""), Road.PAPER)
    row.faults = ",".join(str(fault) for fault in faults)
    row.state = ApplicationState.FAULTY if faults else ApplicationState.READY
    return {found_by} if found_by and not faults else set()


def _settle(w: Work, batch: BatchRow) -> None:
    counts = batches.counted(w.session, [batch.id]).get(batch.id, {})
    batch.state = state_of(counts, was_sent=batch.sent_on is not None)
    ready, faulty = counts.get(ApplicationState.READY, 0), counts.get(ApplicationState.FAULTY, 0)
    w.record(BatchMoved(batch.id, batch.state.value, ready, faulty))
