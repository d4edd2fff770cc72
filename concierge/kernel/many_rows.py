"""Many rows written at once, past what SQLAlchemy would do with each of them.

A server takes them out of one text by itself: no row is bound, sent or answered for. On SQLite the driver
walks the rows in its own loop.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Enum,
    LargeBinary,
    String,
    Table,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB, psycopg
from sqlalchemy.orm import Session

Values = Sequence[Any]
"""A value for each column, in their order: text, numbers, days, bytes, members of an enumeration."""


def add_rows(
    session: Session,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[Values],
    *,
    at: Sequence[str] = (),
) -> None:
    """Add rows to a table in the caller's transaction, after what its session has not written yet.

    Shape: where a row of the same ``at`` stands already, the new one takes its place. No two of ``rows`` are
        of the same ``at``.
    """
    if not rows:
        return
    session.flush()
    connection, asked = session.connection(), (table, tuple(columns), tuple(at))
    plain = _plain(table, columns, rows)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_for_each(*asked), plain)
    else:
        connection.exec_driver_sql(_from_one_text(*asked), {"rows": json.dumps(plain, default=bytes.hex)})


def _plain(table: Table, columns: Sequence[str], rows: Sequence[Values]) -> list[Values]:
    """The same rows with days and words as text; column by column, because most need nothing."""
    values: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, name in enumerate(columns):
        of = table.c[name].type
        if isinstance(of, Date):
            values[place] = [None if day is None else day.isoformat() for day in values[place]]
        elif isinstance(of, Enum):
            values[place] = [None if word is None else word.value for word in values[place]]
    return list(zip(*values, strict=True))


@cache
def _for_each(table: Table, columns: tuple[str, ...], at: tuple[str, ...]) -> str:
    """The statement SQLite's driver runs for every row; written once."""
    added = sqlite.insert(table).values({name: bindparam(name) for name in columns})
    written = _settled(added, table, columns, at).compile(dialect=sqlite.dialect())
    if tuple(written.positiontup or ()) != columns:
        raise TypeError("the columns are to be named in the order of their table")
    return str(written)


@cache
def _from_one_text(table: Table, columns: tuple[str, ...], at: tuple[str, ...]) -> str:
    """The statement a server runs for all rows; written once, which SQLAlchemy would do every time."""
    text = cast(bindparam("rows", type_=Text), JSONB)
    each = func.jsonb_array_elements(text).table_valued("value")
    cells = (each.c.value.op("->>")(literal_column(str(place))) for place in range(len(columns)))
    values = (_read(cell, table.c[name]) for cell, name in zip(cells, columns, strict=True))
    added = postgresql.insert(table).from_select(columns, select(*values))
    return str(_settled(added, table, columns, at).compile(dialect=psycopg.dialect()))


def _read(value: Any, column: Column[Any]) -> Any:
    """A value out of its text; text as it is, for a cast to fewer letters would cut it off in silence."""
    if isinstance(column.type, LargeBinary):
        return func.decode(value, literal_column("'hex'"))
    return cast(value, Text if isinstance(column.type, String) else column.type)


def _settled(added: Any, table: Table, columns: tuple[str, ...], at: tuple[str, ...]) -> Any:
    """The same, where a row of the same key may stand already."""
    if not at:
        return added
    new = {name: added.excluded[name] for name in columns if name not in at}
    return added.on_conflict_do_update(index_elements=[table.c[name] for name in at], set_=new)
