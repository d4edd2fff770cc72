"""A table as people send it, XLSX or CSV in either code, as plain cells; and tables to fill in."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]

from concierge.kernel.errors import N_, Invalid
from concierge.kernel.tables import NOT_A_WORKBOOK, harmless

LARGEST_BYTES = 16 * 1024 * 1024
LARGEST_UNPACKED_BYTES = 128 * 1024 * 1024
CODES = ("utf-8-sig", "gb18030")
WIDTH = 18


class TableUnreadable(Invalid):
    """A file that is no table."""

    message = N_(
        "This file cannot be read as a table. Send it as XLSX or CSV with the names of the columns in its"
        " first line."
    )


class TableTooLarge(Invalid):
    """A file larger than any table of ours."""

    message = N_("The table is larger than %(megabytes)s MB. Send it in parts.")


def cells_of(stream: IO[bytes]) -> list[list[str]]:
    """The cells of a table, as text.

    Raises: TableUnreadable, TableTooLarge.
    """
    content = stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise TableTooLarge(megabytes=LARGEST_BYTES // 1024 // 1024, field="file")
    if content.startswith(b"PK\x03\x04"):
        return _of_book(content)
    if not content.strip() or b"\x00" in content:
        raise TableUnreadable(field="file")
    for code in CODES:
        try:
            return list(csv.reader(io.StringIO(content.decode(code))))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise TableUnreadable(field="file")


def _of_book(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED_BYTES:
                raise TableUnreadable(field="file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return list(_rows(book.worksheets[0]))
    except NOT_A_WORKBOOK as error:
        raise TableUnreadable(field="file") from error


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """An XLSX with a head and lines, every cell text: long numbers keep all their figures."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for place, head in enumerate(heads, 1):
        cell = sheet.cell(1, place, head)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = WIDTH
    for number, row in enumerate(rows, 2):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place, harmless(text))
            cell.number_format = "@"
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
