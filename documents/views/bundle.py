"""Several documents as one ZIP: those chosen in the list, or all that its filter finds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from flask import Response, g

from concierge.kernel import clock, storage
from concierge.kernel.downloads import SEALED_OFF, named
from documents.models.document import DocumentRow
from documents.press.bundle import Taken, write_bundle
from documents.press.package import pieces_of
from documents.rules.bundles import check_bundle
from documents.services.write_document import file_name

IN_MEMORY_BYTES = 8 * 1024 * 1024
ZIP = "application/zip"


@dataclass(frozen=True)
class BestFile:
    """The file of a document that says most: under seal, else printed, else the Word file."""

    key: str
    sha256: str
    size_bytes: int
    ending: str


def bundle(rows: list[DocumentRow]) -> Response:
    """The ZIP of these documents; those without a file yet are left out.

    Raises: NoDocumentChosen, BundleTooLarge; NotOnShelf, StorageAway, before anything is sent.
    """
    chosen = [(row, file) for row in rows if (file := best_file(row)) is not None]
    check_bundle([file.size_bytes for _row, file in chosen])
    whole = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  (closed when all of it is sent)
    write_bundle([_taken(row, file) for row, file in chosen], whole)
    size = whole.tell()
    answer = Response(_sent(whole), mimetype=ZIP)
    answer.content_length = size
    g.content_policy = SEALED_OFF
    return named(answer, f"documents-{clock.today():%Y%m%d}.zip")


def best_file(row: DocumentRow) -> BestFile | None:
    """Which file of a document is taken along; None before there is one."""
    if row.sealed_key:
        return BestFile(row.sealed_key, row.sealed_sha256, row.sealed_size_bytes, "pdf")
    if row.pdf_key:
        return BestFile(row.pdf_key, row.pdf_sha256, row.pdf_size_bytes, "pdf")
    if row.docx_key:
        return BestFile(row.docx_key, row.docx_sha256, row.docx_size_bytes, "docx")
    return None


def _taken(row: DocumentRow, file: BestFile) -> Taken:
    return Taken(
        number=row.number,
        title=row.title,
        version=row.version,
        made_on=row.made_on,
        addressee=row.addressee,
        name=file_name(row, file.ending),
        sha256=file.sha256,
        pieces=lambda: storage.fetch(file.key),
    )


def _sent(whole: IO[bytes]) -> Iterator[bytes]:
    with whole:
        yield from pieces_of(whole)
