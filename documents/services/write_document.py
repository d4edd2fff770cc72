"""Write the page of a document that has its number and facts, and keep it; then its row names it."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from concierge.kernel import clock, storage
from concierge.kernel.contents import WORD, clean_name
from concierge.kernel.errors import Missing, Refusal
from concierge.kernel.jobs import Run
from concierge.kernel.qr import qr
from concierge.kernel.slots import told_by
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work, reading
from documents.events import DocumentFailed, DocumentMade
from documents.models.document import DocumentRow
from documents.press.fill import fill
from documents.queries.kinds import kind_of
from documents.queries.shipped import shipped_template
from documents.queries.templates import published_template
from documents.rules.document_state import DocumentState
from documents.rules.kept_faults import kept

PRINT = "documents.tasks:print_documents"
GATHERED = timedelta(seconds=5)  # pages written in one go are printed in one


@dataclass(frozen=True)
class _Writing:
    """What one page is written from. Shape: ``asks_at`` is the project its reader may ask for later."""

    values: dict[str, Any]
    template: bytes
    name: str
    asks_at: int | None = None

    @property
    def template_sha256(self) -> str:
        """The digest of the template, which the document remembers."""
        return hashlib.sha256(self.template).hexdigest()


def write_document(run: Run, document_id: int) -> None:
    """Write one page, keep it, then say so; what was written already is left alone.

    Raises: StorageAway, StorageFull: the job is tried again.
    Effects: the file is on the shelf before its row names it; a refusal is written on the row.
    """
    with reading() as session:
        writing = _writing(session, document_id)
    if writing is None:
        return
    writing = _with_query(writing)
    try:
        stored: Stored | Refusal = _stored(writing)
    except Refusal as refusal:
        stored = refusal
    with run.work() as w:
        _settle(w, document_id, writing, stored)


def _writing(session: Session, document_id: int) -> _Writing | None:
    row = session.get(DocumentRow, document_id)
    if row is None:
        raise Missing
    if row.state is not DocumentState.ASKED:
        return None
    own = published_template(session, row.kind, row.made_on)
    template = b"".join(storage.fetch(own.file_key)) if own is not None else shipped_template(row.kind)
    asks_at = row.project_id if kind_of(row.kind).is_for_owner else None
    return _Writing(json.loads(row.facts), template, clean_name(file_name(row)), asks_at)


def _with_query(writing: _Writing) -> _Writing:
    """With the code to ask by, which stands on the page and in none of our rows.

    Source: PL-13.
    """
    told = told_by("document.query", writing.asks_at) if writing.asks_at is not None else None
    if told is None:
        return writing
    pictures = writing.values.get("pictures", {}) | {"query": str(qr(told["address"]))}
    return replace(writing, values=writing.values | {"query": told, "pictures": pictures})


def file_name(row: DocumentRow, ending: str = "docx") -> str:
    """What the file is called when it is saved: number, title and version."""
    edition = f"（第{row.version}版）" if row.version > 1 else ""
    return f"{row.number} {row.title.replace(chr(10), '')}{edition}.{ending}"


def _stored(writing: _Writing) -> Stored:
    page = fill(writing.template, writing.values)
    return storage.store(io.BytesIO(page), name=writing.name, taken=(WORD,))


def _settle(w: Work, document_id: int, writing: _Writing, outcome: Stored | Refusal) -> None:
    row = w.get(DocumentRow, document_id)
    if row.state is not DocumentState.ASKED:
        return
    row.template_sha256, row.settled_at = writing.template_sha256, clock.now()
    if isinstance(outcome, Refusal):
        row.state, row.fault = DocumentState.FAILED, kept(outcome)
        w.record(
            DocumentFailed(document_id=row.id, project_id=row.project_id, kind=row.kind, fault=row.fault)
        )
        return
    row.state, row.fault = DocumentState.RENDERED, ""
    row.docx_key, row.docx_sha256, row.docx_size_bytes = outcome.key, outcome.sha256, outcome.size_bytes
    w.record(
        DocumentMade(
            document_id=row.id,
            project_id=row.project_id,
            kind=row.kind,
            about=row.about,
            about_id=row.about_id,
            number=row.number,
            version=row.version,
            department=row.department,
        )
    )
    w.enqueue(PRINT, after=GATHERED)
