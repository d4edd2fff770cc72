"""What an import would change: rows added and removed, and each changed row's columns, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import SHEETS, TEMPLATES_FILE
from approvals.rules.catalogue_files.sheets import read_sheet
from approvals.rules.catalogue_files.templates_form import TemplatesFile, templates_as_plain
from approvals.rules.catalogue_files.writing import write_files

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True)
class CellChange:
    """One column of one row: what stood there, what would stand there."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """One row that an import would add, change or remove.

    Shape: ``key`` is the row's own name (a code, a date, “a → b”); ``cells`` are the columns that differ:
    those of an added row were empty, those of a removed one will be.
    """

    file: str
    key: str
    kind: str
    cells: tuple[CellChange, ...] = ()


def difference(old: Catalogue, new: Catalogue) -> tuple[RowChange, ...]:
    """Every row that differs between two catalogues, file by file, in the new one's order, removals last."""
    found: list[RowChange] = []
    for file, before, after in _tables(old, new):
        for key, row in after.items():
            if before.get(key) != row:
                found.append(_row_change(file, key, before.get(key), row))
        found += [_row_change(file, key, row, None) for key, row in before.items() if key not in after]
    return tuple(found)


_Table = Mapping[str, Mapping[str, str]]


def _tables(old: Catalogue, new: Catalogue) -> list[tuple[str, _Table, _Table]]:
    before, after = write_files(old), write_files(new)
    tables = [(file, _sheet(file, before[file]), _sheet(file, after[file])) for file in SHEETS]
    return [*tables, (TEMPLATES_FILE, _yaml_table(old), _yaml_table(new))]


def _sheet(file: str, content: bytes) -> _Table:
    form = SHEETS[file]
    return {
        form.key_of(row.values): {
            column.heading: column.write(row.values[column.field])
            for column in form.columns
            if column.field in row.values
        }
        for row in read_sheet(form, content, [])
    }


def _row_change(
    file: str, key: str, old: Mapping[str, str] | None, new: Mapping[str, str] | None
) -> RowChange:
    kind = ADDED if old is None else REMOVED if new is None else CHANGED
    before, after = old or {}, new or {}
    cells = tuple(
        CellChange(column, before.get(column, ""), after.get(column, ""))
        for column in dict.fromkeys((*after, *before))
        if before.get(column, "") != after.get(column, "")
    )
    return RowChange(file, key, kind, cells)


def _yaml_table(catalogue: Catalogue) -> _Table:
    parts = templates_as_plain(
        TemplatesFile(
            source_note=catalogue.source_note,
            attributes=catalogue.attributes,
            derived_rules=catalogue.derived_rules,
            conditions=catalogue.conditions,
            review_groups=catalogue.review_groups,
            templates=catalogue.templates,
        )
    )
    table: dict[str, dict[str, str]] = {}
    for part, value in parts.items():
        rows = value if isinstance(value, dict) else {}
        if isinstance(value, list):
            rows = {row["code"]: row for row in value}
        for name, row in rows.items():
            table[f"{part}: {name}"] = dict(_cells(row))
        if not isinstance(value, dict | list):
            table[part] = {part: _text(value)}
    return table


def _cells(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """A part's fields as cells, one level deep, so that one changed override is one changed cell."""
    for column, cell in row.items():
        if isinstance(cell, Mapping):
            yield from ((f"{column}.{name}", _text(member)) for name, member in cell.items())
        else:
            yield column, _text(cell)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_text(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_text(member) for member in value) + "]"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
