"""What a screen over rows must declare: what it leaves out, the framework fills with every column."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect

from concierge.kernel.errors import Misconfigured
from concierge.kernel.rows import CrudInterface

COLUMNS = ("list_columns", "show_columns", "add_columns", "edit_columns", "search_columns", "order_columns")
TITLES = ("list_title", "show_title", "add_title", "edit_title")
MAY_BE_EMPTY = frozenset({"add_columns", "edit_columns", "search_columns", "order_columns"})
NEVER_SHOWN = frozenset({"password", "key_hash", "lookup_hash"})


def sheet_columns(view: type[Any]) -> list[str]:
    """The columns of a screen's sheet, in fieldsets or not."""
    if view.show_fieldsets:
        return [column for _, part in view.show_fieldsets for column in part["fields"]]
    return list(view.show_columns or ())


def refuse_gaps(view: type[Any]) -> None:
    """Refuse a screen that leaves columns, titles, labels or its permission name to the framework.

    Raises: Misconfigured, naming the screen and everything it lacks.
    """
    gaps = list(_gaps(view))
    if gaps:
        raise Misconfigured(what=f"the screen {view.__name__} {'; '.join(gaps)}")


def _gaps(view: type[Any]) -> list[str]:
    if not isinstance(view.datamodel, CrudInterface):
        return ["needs datamodel = CrudInterface(…)"]
    gaps = [f"does not declare {name}" for name in (*COLUMNS, *TITLES) if not _is_declared(view, name)]
    if view.class_permission_name is None:
        gaps.append("does not declare class_permission_name")
    if gaps:
        return gaps
    labels = view.label_columns or {}
    used = dict.fromkeys(
        [
            *view.list_columns,
            *sheet_columns(view),
            *view.add_columns,
            *view.edit_columns,
            *view.search_columns,
        ]
    )
    gaps += [f"has no label for {column}" for column in used if column not in labels]
    gaps += [f"shows {column}" for column in used if column.rpartition(".")[2] in NEVER_SHOWN]
    gaps += [
        f"cannot sort by {column}" for column in view.order_columns if not view.datamodel.is_sortable(column)
    ]
    gaps += _forgotten_scope(view)
    return gaps


def _is_declared(view: type[Any], name: str) -> bool:
    if name == "show_columns" and view.show_fieldsets:
        return True
    value = getattr(view, name, None)
    return value is not None and (name in MAY_BE_EMPTY or bool(value))


def _forgotten_scope(view: type[Any]) -> list[str]:
    column = view.project_column
    known = inspect(view.datamodel.obj).columns
    return [f"is narrowed by {column}, which its rows lack"] if column and column not in known else []
