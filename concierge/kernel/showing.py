"""Values of rows as people read them: local days and moments, yes and no, a dash for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import inspect
from sqlalchemy import types as kinds

from concierge.kernel import clock
from concierge.kernel.row_fields import name_of, worded
from concierge.kernel.tables import Table

NOTHING = "—"


def shown(value: Any) -> Any:
    """A value as it stands in a list."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return f"{clock.local(value) if value.tzinfo else value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return "、".join(str(shown(one)) for one in value) or NOTHING
    if hasattr(value, "__mapper__"):
        return name_of(value)
    return value


def formatter_for(kind: type[Any], column: str) -> Callable[[Any], Any]:
    """How the values of a column are shown."""
    of = inspect(kind).columns.get(column)
    members = (
        getattr(of.type, "enum_class", None) if of is not None and isinstance(of.type, kinds.Enum) else None
    )
    if members is None:
        return shown
    return lambda value: NOTHING if value is None else worded(members(getattr(value, "value", value)))


def table_of(
    name: str,
    columns: Sequence[str],
    labels: Mapping[str, Any],
    formatters: Mapping[str, Callable[[Any], Any]],
    rows: Iterable[Mapping[str, Any]],
) -> Table:
    """A list as the reader sees it, as a table that can leave the house."""
    return Table(
        name=name,
        heads=[str(labels[column]) for column in columns],
        rows=([_text(formatters[column](row[column])) for column in columns] for row in rows),
    )


def _text(value: Any) -> str:
    if value == NOTHING:
        return ""
    return value.striptags() if isinstance(value, Markup) else str(value)
