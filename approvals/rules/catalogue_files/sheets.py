"""Sheets as people exchange them: CSV bytes in, checked rows out, and back again byte for byte.

Office programs save as UTF-8 with or without a mark, or as GBK; all three are read. A cell that a spreadsheet
would run as a formula is written behind an apostrophe, and read back without it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from concierge.kernel.errors import N_

LARGEST_FILE_BYTES = 4 * 1024 * 1024
MOST_ROWS = 20_000
LONGEST_CELL = 10_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

FILE_TOO_LARGE = N_("%(file)s is larger than %(limit_mib)s MiB. Split it, or send only what changed.")
FILE_NOT_TEXT = N_("%(file)s is not a text file in UTF-8 or GBK. Save it again as CSV UTF-8.")
FILE_EMPTY = N_("%(file)s has no heading row.")
TOO_MANY_ROWS = N_("%(file)s has more than %(limit)s rows.")
COLUMN_MISSING = N_("The column “%(column)s” is missing. Expected: %(expected)s.")
COLUMN_UNKNOWN = N_("The column “%(column)s” is not known. Expected: %(expected)s.")
COLUMN_TWICE = N_("The column “%(column)s” is there twice.")
ROW_OF_WRONG_LENGTH = N_(
    "This row has %(found)s cells; the heading has %(expected)s. Look for a stray comma or quote."
)
QUOTES_BROKEN = N_("The quotes do not match from here on: %(detail)s.")
CELL_TOO_LONG = N_("This cell is longer than %(limit)s characters.")
CELL_EMPTY = N_("This cell must not be empty.")
GIVEN_TWICE = N_("“%(key)s” is already given in row %(first_row)s.")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an uploaded file, at the place a person can go to.

    Shape: ``row`` counts as the spreadsheet does, heading = 1, and is 0 for the file as a whole; in a YAML
    file it is the line. ``message`` is an English template that ``facts`` fill.
    """

    file: str
    row: int
    column: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The fault in English, as logs and tests show it."""
        place = f"{self.file}:{self.row}" + (f" [{self.column}]" if self.column else "")
        return f"{place} {self.message % self.facts}"


class CellFault(ValueError):
    """A cell whose text is not a value of its column."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet: its heading, the fact it fills, and how its text is read and written.

    Shape: an ``optional`` column may be absent, and is written only where some row uses it; a column without
    a ``field`` is read and left aside.
    """

    heading: str
    field: str = ""
    read: Callable[[str], object] = str.strip
    write: Callable[[object], str] = str
    required: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a sheet, read: where it stood and the value of each field."""

    number: int
    values: Mapping[str, object]


@dataclass(frozen=True)
class SheetForm:
    """What one file looks like: its name, its columns in order, and the columns that identify a row."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as written, optional ones included."""
        return tuple(column.heading for column in self.columns if column.field or not column.optional)

    def key_of(self, values: Mapping[str, object]) -> str:
        """The row's own name, as a person would say it."""
        return " → ".join(str(values[name]) for name in self.key if values.get(name) not in ("", None))


def read_sheet(form: SheetForm, content: bytes, faults: list[Fault]) -> list[Row]:
    """Every row that could be read; everything wrong goes to ``faults``, and reading goes on."""
    text = _text_of(form.file, content, faults)
    if text is None:
        return []
    records = _records(form.file, text, faults)
    if not records:
        faults.append(Fault(form.file, 0, "", FILE_EMPTY, {"file": form.file}))
        return []
    (_, heading), *body = records
    columns = _columns_in(form, [cell.strip() for cell in heading], faults)
    if columns is None:
        return []
    if len(body) > MOST_ROWS:
        faults.append(Fault(form.file, 0, "", TOO_MANY_ROWS, {"file": form.file, "limit": MOST_ROWS}))
        return []
    rows = [row for number, cells in body if (row := _row(form, columns, number, cells, faults)) is not None]
    return _without_repeats(form, rows, faults)


def write_sheet(form: SheetForm, rows: list[Mapping[str, object]]) -> bytes:
    """The rows as CSV in UTF-8 with line feeds: the same rows give the same bytes."""
    columns = [
        column
        for column in form.columns
        if column.field and not (column.optional and not any(row[column.field] for row in rows))
    ]
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([column.heading for column in columns])
    for row in rows:
        writer.writerow([neutral(column.write(row[column.field])) for column in columns])
    return sheet.getvalue().encode()


def neutral(cell: str) -> str:
    """The cell so that no spreadsheet runs it as a formula; ``plain`` undoes it exactly."""
    return "'" + cell if cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def plain(cell: str) -> str:
    """The cell as it was before ``neutral``."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def _text_of(file: str, content: bytes, faults: list[Fault]) -> str | None:
    if len(content) > LARGEST_FILE_BYTES:
        limit = LARGEST_FILE_BYTES // 1024 // 1024
        faults.append(Fault(file, 0, "", FILE_TOO_LARGE, {"file": file, "limit_mib": limit}))
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    faults.append(Fault(file, 0, "", FILE_NOT_TEXT, {"file": file}))
    return None


def _records(file: str, text: str, faults: list[Fault]) -> list[tuple[int, list[str]]]:
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            faults.append(Fault(file, number, "", QUOTES_BROKEN, {"detail": str(error)}))
            return records
        if cells is None:
            return records
        if any(cell.strip() for cell in cells):
            records.append((number, cells))


def _columns_in(form: SheetForm, heading: list[str], faults: list[Fault]) -> list[Column] | None:
    by_heading = {column.heading: column for column in form.columns}
    expected = ", ".join(column.heading for column in form.columns if not column.optional)
    found = len(faults)
    for name in dict.fromkeys(heading):
        if name not in by_heading:
            faults.append(Fault(form.file, 1, name, COLUMN_UNKNOWN, {"column": name, "expected": expected}))
        if heading.count(name) > 1:
            faults.append(Fault(form.file, 1, name, COLUMN_TWICE, {"column": name}))
    for column in form.columns:
        if column.heading not in heading and not column.optional:
            facts = {"column": column.heading, "expected": expected}
            faults.append(Fault(form.file, 1, column.heading, COLUMN_MISSING, facts))
    return [by_heading[name] for name in heading] if len(faults) == found else None


def _row(
    form: SheetForm, columns: list[Column], number: int, cells: list[str], faults: list[Fault]
) -> Row | None:
    if len(cells) != len(columns):
        facts = {"found": len(cells), "expected": len(columns)}
        faults.append(Fault(form.file, number, "", ROW_OF_WRONG_LENGTH, facts))
        return None
    values: dict[str, object] = {c.field: c.read("") for c in form.columns if c.field and c.optional}
    sound = True
    for column, cell in zip(columns, cells, strict=True):
        try:
            value = _cell(column, cell)
        except CellFault as fault:
            faults.append(Fault(form.file, number, column.heading, fault.message, fault.facts))
            sound = False
        else:
            if column.field:
                values[column.field] = value
    return Row(number, values) if sound else None


def _cell(column: Column, cell: str) -> object:
    if len(cell) > LONGEST_CELL:
        raise CellFault(CELL_TOO_LONG, limit=LONGEST_CELL)
    if column.required and not cell.strip():
        raise CellFault(CELL_EMPTY)
    return column.read(plain(cell))


def _without_repeats(form: SheetForm, rows: list[Row], faults: list[Fault]) -> list[Row]:
    first: dict[str, int] = {}
    kept = []
    for row in rows:
        key = form.key_of(row.values)
        if key in first:
            facts = {"key": key, "first_row": first[key]}
            heading = next(c.heading for c in form.columns if c.field == form.key[0])
            faults.append(Fault(form.file, row.number, heading, GIVEN_TWICE, facts))
        else:
            first[key] = row.number
            kept.append(row)
    return kept
