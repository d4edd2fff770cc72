"""Print the documents that wait, a batch at a time; what cannot be printed stays a Word file and says why."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta

from concierge.kernel import clock, storage
from concierge.kernel.errors import ConciergeError
from concierge.kernel.jobs import Run
from concierge.kernel.work import Work, reading
from documents.events import DocumentNotPrinted, DocumentPrinted
from documents.models.document import DocumentRow
from documents.press.printer import LARGEST_BATCH, PrinterHangs, PrinterMissing
from documents.queries.printed import Waiting, waiting_for_print
from documents.rules.document_state import DocumentState
from documents.rules.kept_faults import kept
from documents.services.print_sheets import Print, Sheet, print_sheets, remember

PRINT = "documents.tasks:print_documents"
SOON = timedelta(seconds=1)
PASSING = (PrinterMissing, PrinterHangs)
log = logging.getLogger(__name__)


def print_waiting(run: Run) -> None:
    """Print at most one batch of what waits, and come again while something waits.

    Raises: StorageAway, StorageFull: the job is tried again.
    Effects: PDFs are kept, documents become printed. Running it twice prints nothing twice. Where LibreOffice
        is missing or hangs, the documents say so and the timed round tries again.
    """
    with reading() as session:
        waiting = waiting_for_print(session, LARGEST_BATCH)
    if not waiting:
        return
    sheets = [
        Sheet(word=b"".join(storage.fetch(one.docx_key)), sha256=one.docx_sha256, at=one.made_at)
        for one in waiting
    ]
    try:
        done: Mapping[str, Print | ConciergeError] = print_sheets(sheets)
    except (PrinterMissing, PrinterHangs) as away:
        log.warning("documents not printed: count=%d why=%s", len(waiting), type(away).__name__)
        done = {one.docx_sha256: away for one in waiting}
    with run.work() as w:
        for one in waiting:
            _settle(w, one, done[one.docx_sha256])
        if len(waiting) == LARGEST_BATCH and any(isinstance(one, Print) for one in done.values()):
            w.enqueue(PRINT, after=SOON)


def ask_print_again(w: Work, document_id: int) -> None:
    """Have a document printed that could not be, after a font was added or a sign was written another way.

    Raises: Missing.
    """
    row = w.get(DocumentRow, document_id)
    if row.state is DocumentState.RENDERED:
        row.fault = ""
        w.enqueue(PRINT)


def _settle(w: Work, one: Waiting, outcome: Print | ConciergeError) -> None:
    """Write what came of one document, unless another run was quicker."""
    row = w.get(DocumentRow, one.document_id)
    if row.state is not DocumentState.RENDERED:
        return
    if isinstance(outcome, ConciergeError):
        before, row.fault = row.fault, kept(outcome, again=isinstance(outcome, PASSING))
        if row.fault == before:
            return
        w.record(DocumentNotPrinted(document_id=row.id, project_id=row.project_id, fault=row.fault))
        return
    remember(w, outcome)
    row.pdf_key, row.pdf_sha256, row.pdf_size_bytes = outcome.key, outcome.sha256, outcome.size_bytes
    row.pages, row.state, row.settled_at = outcome.pages, DocumentState.PRINTED, clock.now()
    row.fault = ""
    w.record(DocumentPrinted(document_id=row.id, project_id=row.project_id, pages=outcome.pages))
