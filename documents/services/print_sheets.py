"""Print Word files to PDF, each content once; the PDF is kept before any row names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock, storage
from concierge.kernel.config import Settings
from concierge.kernel.contents import PDF
from concierge.kernel.errors import ConciergeError
from concierge.kernel.storage import SCRATCH
from concierge.kernel.work import Work, reading
from documents.models.printed import PrintedRow
from documents.press.pdf import (
    PageNotReadable,
    SignsNotPrintable,
    TextLost,
    page_count,
    refuse_boxes,
    refuse_loss,
    settled,
)
from documents.press.printer import Printer, printer
from documents.queries.printed import printed_before


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A Word file to print. Shape: ``at`` is the moment its document says it was made."""

    word: bytes
    sha256: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Print:
    """A PDF that is kept. Units: bytes."""

    docx_sha256: str
    converter: str
    key: str
    sha256: str
    size_bytes: int
    pages: int


def this_printer() -> Printer:
    """The printer the settings name. Raises: PrinterMissing."""
    settings: Settings = current_app.config["CONCIERGE"]
    return printer(settings.soffice, settings.home / SCRATCH, settings.home / settings.fonts_folder)


def print_sheets(sheets: Sequence[Sheet]) -> Mapping[str, Print | ConciergeError]:
    """A PDF, or why there is none, for each content, by the digest of its Word file.

    Raises: PrinterMissing, PrinterHangs; StorageAway, StorageFull.
    Effects: runs LibreOffice for what was never printed this way; keeps the PDFs. ``remember`` names them.
    """
    machine = this_printer()
    wanted = {sheet.sha256: sheet for sheet in sheets}
    with reading() as session:
        known = printed_before(session, wanted, machine.fingerprint)
        done: dict[str, Print | ConciergeError] = {digest: _known(row) for digest, row in known.items()}
    fresh = []
    for digest, sheet in wanted.items():
        if digest not in done:
            try:
                refuse_boxes(sheet.word, machine.rules)
            except SignsNotPrintable as refusal:
                done[digest] = refusal
            else:
                fresh.append(sheet)
    pdfs = machine.print_pages([sheet.word for sheet in fresh])
    for sheet, pdf in zip(fresh, pdfs, strict=True):
        done[sheet.sha256] = _kept(sheet, pdf, machine)
    return done


def print_sheet(sheet: Sheet) -> Print:
    """Print one Word file.

    Raises: PrinterMissing, PrinterHangs; SignsNotPrintable, PageNotReadable, TextLost; StorageAway.
    """
    done = print_sheets([sheet])[sheet.sha256]
    if isinstance(done, ConciergeError):
        raise done
    return done


def remember(w: Work, printed: Print) -> None:
    """Have the same content never printed again this way."""
    asked = select(PrintedRow.id).where(
        PrintedRow.docx_sha256 == printed.docx_sha256, PrintedRow.converter == printed.converter
    )
    if w.session.scalar(asked) is None:
        w.add(
            PrintedRow(
                docx_sha256=printed.docx_sha256,
                converter=printed.converter,
                pdf_key=printed.key,
                pdf_sha256=printed.sha256,
                size_bytes=printed.size_bytes,
                pages=printed.pages,
                printed_at=clock.now(),
            )
        )


def _known(row: PrintedRow) -> Print:
    return Print(
        docx_sha256=row.docx_sha256,
        converter=row.converter,
        key=row.pdf_key,
        sha256=row.pdf_sha256,
        size_bytes=row.size_bytes,
        pages=row.pages,
    )


def _kept(sheet: Sheet, pdf: bytes | None, machine: Printer) -> Print | ConciergeError:
    if pdf is None:
        return PageNotReadable()
    same = settled(pdf, sheet.at)
    try:
        refuse_loss(sheet.word, same)
    except TextLost as refusal:
        return refusal
    stored = storage.keep(same, name="document.pdf", media_type=PDF.media_type, pages=page_count(same))
    return Print(
        docx_sha256=sheet.sha256,
        converter=machine.fingerprint,
        key=stored.key,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        pages=stored.pages or 1,
    )
