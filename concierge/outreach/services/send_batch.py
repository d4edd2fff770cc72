"""Send a batch's complete lines to the department, and take its answers in, line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.outreach.events import BatchMoved
from concierge.outreach.models.batch import ApplicationRow, BatchRow
from concierge.outreach.queries import batches
from concierge.outreach.rules.batches import (
    BatchEmpty,
    BatchSignerNeeded,
    Decided,
    NothingToDecide,
    result_line,
    state_of,
)
from concierge.outreach.rules.lines import Column, Fault, headed
from concierge.outreach.rules.personal import Personal
from concierge.outreach.rules.standing import ApplicationState
from concierge.outreach.services.open_person import checked_purpose, opened_all

ANSWERED = (Column.NUMBER, Column.OUTCOME)


@dataclass(frozen=True)
class Answered:
    """How many answers were taken. Shape: ``faulty`` are line numbers of the file with what is wrong."""

    granted: int
    refused: int
    faulty: tuple[tuple[int, tuple[Fault, ...]], ...] = ()


def send_batch(batch_id: int, *, by: Actor) -> int:
    """Send every complete line; answers how many. What is to be mended stays and may follow later.

    Raises: Missing, BatchEmpty.
    Source: SF-7.
    """
    with work(by) as w:
        batch = _own(w, batch_id)
        ready = batches.lines(w.session, batch_id, (ApplicationState.READY,))
        if not ready:
            raise BatchEmpty
        for row in ready:
            row.state = ApplicationState.SENT
        batch.sent_on = batch.sent_on or clock.today()
        _settle(w, batch)
        return len(ready)


def opened_list(batch_id: int, purpose: str, *, by: Actor) -> list[tuple[ApplicationRow, Personal]]:
    """The lines that wait for an answer with their sealed data: the list the department works by.

    Raises: Missing, NothingToDecide, PurposeNeeded, NumberInText.
    Effects: one line in the log of openings.
    """
    what_for = checked_purpose(purpose)
    with work(by) as w:
        batch = _own(w, batch_id)
        sent = batches.lines(w.session, batch_id, (ApplicationState.SENT,))
        if not sent:
            raise NothingToDecide
        opened = opened_all(w, [row.sealed for row in sent], what_for, service=batch.title)
        return list(zip(sent, opened, strict=True))


def take_results(batch_id: int, rows: Iterable[Sequence[str]], *, by: Actor) -> Answered:
    """Take the department's answers in: the sound ones count, the others are named.

    Raises: Missing, NothingToDecide; HeadsMissing, NoLines, TooManyLines.
    """
    with work(by) as w:
        batch = _own(w, batch_id)
        waiting = _waiting(w, batch_id)
        faulty: list[tuple[int, tuple[Fault, ...]]] = []
        decided: list[Decided] = []
        for number, cells in headed(rows, ANSWERED):
            answer = result_line(cells, waiting, today=clock.today())
            if isinstance(answer, Decided):
                decided.append(answer)
                _decide(waiting.pop(answer.line), answer)
            else:
                faulty.append((number, tuple(answer)))
        _settle(w, batch)
        granted = sum(one.is_granted for one in decided)
        return Answered(granted, len(decided) - granted, tuple(faulty))


def grant_batch(batch_id: int, *, by: Actor, decided_on: date | None = None) -> Answered:
    """Write down that the department granted all it has, in one batch. Raises: Missing, NothingToDecide."""
    with work(by) as w:
        batch = _own(w, batch_id)
        waiting = _waiting(w, batch_id)
        for line, row in waiting.items():
            _decide(row, Decided(line, True, "", decided_on or clock.today(), ""))
        _settle(w, batch)
        return Answered(len(waiting), 0)


def deliver_applications(batch_id: int, lines: Collection[int], signed_by: str, *, by: Actor) -> int:
    """Write down that results were handed over and signed for; answers how many.

    Raises: Missing, BatchSignerNeeded, NothingToDecide.
    Source: SF-14.
    """
    if not signed_by.strip():
        raise BatchSignerNeeded(field="signed_by")
    with work(by) as w:
        batch = _own(w, batch_id)
        granted = batches.lines(w.session, batch_id, (ApplicationState.GRANTED,))
        chosen = [row for row in granted if row.line in lines]
        if not chosen:
            raise NothingToDecide
        for row in chosen:
            row.state = ApplicationState.DELIVERED
            row.delivered_on, row.signed_by = clock.today(), signed_by.strip()[:40]
        _settle(w, batch)
        return len(chosen)


def _own(w: Work, batch_id: int) -> BatchRow:
    batches.batch(w.session, batch_id, w.by)
    return w.get(BatchRow, batch_id)


def _waiting(w: Work, batch_id: int) -> dict[int, ApplicationRow]:
    waiting = {row.line: row for row in batches.lines(w.session, batch_id, (ApplicationState.SENT,))}
    if not waiting:
        raise NothingToDecide
    return waiting


def _decide(row: ApplicationRow, answer: Decided) -> None:
    row.state = ApplicationState.GRANTED if answer.is_granted else ApplicationState.REFUSED
    row.result_number, row.decided_on, row.reason = answer.result_number, answer.decided_on, answer.reason


def _settle(w: Work, batch: BatchRow) -> None:
    w.session.flush()
    counts = batches.counted(w.session, [batch.id]).get(batch.id, {})
    batch.state = state_of(counts, was_sent=batch.sent_on is not None)
    if ApplicationState.SENT not in counts and batch.sent_on and batch.returned_on is None:
        batch.returned_on = clock.today()
    ready, faulty = counts.get(ApplicationState.READY, 0), counts.get(ApplicationState.FAULTY, 0)
    w.record(BatchMoved(batch.id, batch.state.value, ready, faulty))
