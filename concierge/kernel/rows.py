"""Rows as lists ask for them: inside the reader's scope, with what they refer to, in an order that exists."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_appbuilder.models.filters import BaseFilter, Filters
from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import inspect
from sqlalchemy.orm import Query, selectinload
from sqlalchemy.orm.interfaces import ORMOption
from werkzeug.datastructures import MultiDict

from concierge.kernel.answers import LARGEST_NUMBER
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.kernel.typed_values import readable_moment
from concierge.kernel.web import actor, whole_number

LONGEST_SEARCH = 100


class InScope(BaseFilter):
    """Only rows of projects the person behind the request may see."""

    name = "in scope"

    def apply(self, query: Query[Any], value: Any) -> Query[Any]:  # noqa: ARG002  (the framework's signature)
        """Narrow a query to the reader's projects."""
        narrowed: Query[Any] = query.filter(within(actor(), getattr(self.model, self.column_name)))
        return narrowed


class CrudInterface(SQLAInterface):
    """The framework's access to one kind of row, its relations loaded along: never one query per line."""

    def __init__(self, obj: type[Any], *loads: ORMOption) -> None:
        super().__init__(obj)
        self.loads: tuple[ORMOption, ...] = loads
        self.sheet_loads: tuple[ORMOption, ...] = loads

    def load_with(self, listed: Sequence[str], sheet: Sequence[str]) -> None:
        """Load along every relation that the columns of the list, or of the sheet, show."""
        self.loads += self._loads_of(listed)
        self.sheet_loads += self._loads_of(sheet)

    def _loads_of(self, columns: Sequence[str]) -> tuple[ORMOption, ...]:
        named = {column.partition(".")[0] for column in columns}
        relations = [r for r in inspect(self.obj).relationships if r.key in named]
        return tuple(selectinload(getattr(self.obj, r.key)) for r in relations)

    def apply_all(self, query: Query[Any], *args: Any, **facts: Any) -> Query[Any]:
        """The framework's query, with the relations loaded along."""
        made: Query[Any] = super().apply_all(query, *args, **facts).options(*self.loads)
        return made

    def get_related_obj(self, col_name: str, value: Any) -> Any:
        """The row a relation is searched by."""
        return self.session.get(self.get_related_model(col_name), value)

    def row(self, number: Any, within_filters: Filters) -> Any:
        """One row by its number.

        Raises: Missing, when there is none, it is out of scope, or the number is no number.
        """
        id_ = whole_number(str(number), default=0, most=LARGEST_NUMBER)
        asked = within_filters.apply_all(self.session.query(self.obj)).filter(self.obj.id == id_)
        found = asked.options(*self.sheet_loads).one_or_none() if id_ else None
        if found is None:
            raise Missing
        return found

    def is_sortable(self, column: str) -> bool:
        """Whether a name, dotted or not, stands for a real column."""
        relation, _, leaf = column.rpartition(".")
        mapper = inspect(self.obj)
        if relation:
            if relation not in mapper.relationships:
                return False
            mapper = mapper.relationships[relation].mapper
        return leaf in mapper.columns


def asked_filters(known: Filters, asked: MultiDict[str, str]) -> Filters:
    """The filters of an address, taken from the columns that may be searched and nothing else.

    The framework keeps them on the screen object, which all threads share; here each request has its own.
    """
    filters = copy.copy(known)
    filters.clear_filters()
    for name, texts in asked.lists():
        number, _, column = name.removeprefix("_flt_").partition("_")
        choices = known.get_search_filters().get(column) if name.startswith("_flt_") else None
        index = whole_number(number, default=-1, most=99)
        if not choices or not 0 <= index < len(choices):
            continue
        values = [value for text in texts if (value := _searched(known.datamodel, column, text)) is not None]
        if values:
            filters._add_filter(choices[index], values)  # noqa: SLF001  (its public twin looks up hidden columns too)
    return filters


def _searched(datamodel: CrudInterface, column: str, text: str) -> Any:
    """What is looked for, if a column of this kind can hold it; None otherwise."""
    if len(text) > LONGEST_SEARCH:
        return None
    if datamodel.is_datetime(column) or datamodel.is_date(column):
        return _day_or_moment(text, is_moment=datamodel.is_datetime(column))
    if datamodel.is_relation(column) or datamodel.is_integer(column):
        return text if whole_number(text.removeprefix("-"), default=-1, most=LARGEST_NUMBER) >= 0 else None
    if datamodel.is_numeric(column) or datamodel.is_float(column):
        return text if text.removeprefix("-").replace(".", "", 1).isdigit() and text.isascii() else None
    return text


def _day_or_moment(text: str, *, is_moment: bool) -> date | datetime | None:
    found = readable_moment(text)
    return found if is_moment or found is None else found.date()
