"""The list of open cases as an XLSX file, and back: written with columns protected, read as plain cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill, Protection  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from concierge.desk.rules.case_list import HEADS, MOST_LINES, OUTCOMES, Column, ListLine, letter_of
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.tables import NOT_A_WORKBOOK

LARGEST_BYTES = 2 * 1024 * 1024
LARGEST_UNPACKED_BYTES = 32 * 1024 * 1024
MOST_PARTS = 60
HIDDEN = frozenset({Column.VERSION})
KEYS_ROW, HEADS_ROW, FIRST_ROW = 1, 2, 3
WIDTHS = {
    Column.PROJECT_CODE: 25,
    Column.NUMBER: 7,
    Column.PROJECT: 34,
    Column.ENTERPRISE: 26,
    Column.STEP: 28,
    Column.STATE: 14,
    Column.OUTCOME: 14,
    Column.RESULT_NUMBER: 22,
    Column.TEXT: 44,
    Column.BASIS: 26,
}
USUAL_WIDTH = 13
TO_FILL_IN = PatternFill("solid", fgColor="FFF7DB")
HEAD = PatternFill("solid", fgColor="E8EDF5")


class NotOurList(Invalid):
    """A file that is no list of ours, or no XLSX at all."""

    message = N_(
        "This is not the list of cases. Fetch the list here, fill in the yellow columns, save it as XLSX, "
        "and send that file."
    )


class CaseListTooLong(Invalid):
    """More than a list of ours can hold."""

    message = N_(
        "The file is larger than a list can be: up to %(lines)s lines and 2 MB. Fetch the list again."
    )


@dataclass(frozen=True)
class ListedCase:
    """One case on the list. Shape: ``told`` by column, of those the office does not fill in."""

    told: Mapping[Column, str | date | int | None]


def written_list(cases: Iterable[ListedCase], lang: str) -> bytes:
    """The file. Shape: a hidden first row names the columns, so that a translation changes nothing."""
    book = Workbook()
    sheet = book.active
    sheet.title = "办件" if lang == "zh" else "Cases"
    for place, column in enumerate(Column, 1):
        _put(sheet.cell(KEYS_ROW, place), column.value)
        head = sheet.cell(HEADS_ROW, place)
        _put(head, HEADS[column].spoken(lang))
        head.font, head.fill = Font(bold=True), TO_FILL_IN if column.is_filled_in else HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")
        letter = letter_of(column)
        sheet.column_dimensions[letter].width = WIDTHS.get(column, USUAL_WIDTH)
        sheet.column_dimensions[letter].hidden = column in HIDDEN
    last = FIRST_ROW
    for row, case in enumerate(cases, FIRST_ROW):
        last = row
        for place, column in enumerate(Column, 1):
            cell = sheet.cell(row, place)
            _put(cell, case.told.get(column))
            cell.protection = Protection(locked=not column.is_filled_in)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _finish(sheet, last, lang)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _finish(sheet: Any, last: int, lang: str) -> None:
    sheet.row_dimensions[KEYS_ROW].hidden = True
    sheet.freeze_panes = f"A{FIRST_ROW}"
    words = ",".join(label.spoken(lang) for label in OUTCOMES.values())
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    day = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    for rule, column in ((choice, Column.OUTCOME), (day, Column.ON)):
        rule.showErrorMessage = True
        sheet.add_data_validation(rule)
        rule.add(f"{letter_of(column)}{FIRST_ROW}:{letter_of(column)}{last}")
    for row in range(FIRST_ROW, last + 1):
        sheet[f"{letter_of(Column.ON)}{row}"].number_format = "yyyy-mm-dd"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _put(cell: Any, value: str | date | int | None) -> None:
    """A value as it is: text that begins like a formula stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def read_list(stream: BinaryIO) -> tuple[ListLine, ...]:
    """The filled-in lines of a list that came back; formulas come as they stand, so that they can be refused.

    Raises: NotOurList, CaseListTooLong.
    """
    _check_size(stream)
    try:
        book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        rows = book.worksheets[0].iter_rows(
            max_row=MOST_LINES + FIRST_ROW, max_col=len(Column), values_only=True
        )
        return tuple(_lines(iter(rows)))
    except NOT_A_WORKBOOK as error:
        raise NotOurList(field="list") from error


def _check_size(stream: BinaryIO) -> None:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > LARGEST_BYTES:
        raise CaseListTooLong(field="list", lines=MOST_LINES)
    try:
        with zipfile.ZipFile(stream) as parts:
            listed = parts.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise NotOurList(field="list") from error
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > LARGEST_UNPACKED_BYTES:
        raise CaseListTooLong(field="list", lines=MOST_LINES)
    stream.seek(0)


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[ListLine]:
    known = {column.value: column for column in Column}
    order = [known[str(value)] for value in next(rows, ()) if value is not None]
    if set(order) != set(Column):
        raise KeyError
    for place, row in enumerate(rows, KEYS_ROW + 1):
        line = ListLine(place=place, cells=dict(zip(order, row, strict=False)))
        if place >= FIRST_ROW and line.is_filled_in:
            if place > MOST_LINES + FIRST_ROW - 1:
                raise CaseListTooLong(field="list", lines=MOST_LINES)
            yield line
