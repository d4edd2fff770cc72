"""A table as a file a spreadsheet opens in Chinese: XLSX for people, CSV for programs; nothing in it runs."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from flask import Response
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from concierge.kernel.downloads import named

Cell = str | int | float | date | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets here read Chinese as another code
CSV, XLSX = "csv", "xlsx"
MEDIA_TYPES = {CSV: "text/csv", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
NOT_A_WORKBOOK = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    OSError,
)
"""What reading a file that only looks like a workbook may raise."""
LONGEST_COLUMN = 60
A4 = 9  # as OOXML numbers paper sizes
WIDEST_SIGN = 127  # what stands beyond it is about twice as wide: Chinese


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list as it leaves the house. Shape: each row has one cell for each head; ``name`` has no ending."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]

    def as_csv(self) -> str:
        """The table as text, every cell made harmless."""
        text = io.StringIO()
        text.write(BYTE_ORDER_MARK)
        writer = csv.writer(text)
        for row in (self.heads, *self.rows):
            writer.writerow([harmless("" if cell is None else str(cell)) for cell in row])
        return text.getvalue()

    def as_xlsx(self) -> bytes:
        """The table as a workbook: heads stay in sight and repeat in print, days are days, no formula."""
        rows = [list(row) for row in self.rows]
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
        for place, head in enumerate(self.heads):
            longest = max(_width(cell) for cell in (head, *(row[place] for row in rows)))
            sheet.column_dimensions[_letters(place)].width = min(longest + 2, LONGEST_COLUMN)
        sheet.append([_cell(sheet, head, Font(bold=True)) for head in self.heads])
        for row in rows:
            sheet.append([_cell(sheet, cell) for cell in row])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def answer(self, kind: str) -> Response:
        """The file as a download. Shape: ``kind`` is ``CSV`` or ``XLSX``."""
        body: str | bytes = self.as_xlsx() if kind == XLSX else self.as_csv()
        return named(Response(body, mimetype=MEDIA_TYPES[kind]), f"{self.name}.{kind}")


def harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front.

    Source: OWASP ASVS 5.0 1.2.10; a plain number keeps its sign.
    """
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not is_number else cell


def _cell(sheet: object, value: Cell, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = stays a text
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if font is not None:
        cell.font = font
    return cell


def _width(value: Cell) -> int:
    """How wide a cell is. Units: Latin letters."""
    return sum(2 if ord(sign) > WIDEST_SIGN else 1 for sign in str("" if value is None else value))


def _letters(place: int) -> str:
    first, second = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
