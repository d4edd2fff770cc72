"""What a document says: plain values from the records, the day they were true, and where each came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Value: TypeAlias = "str | int | bool | date | Sequence[Value] | Mapping[str, Value] | None"


@dataclass(frozen=True, kw_only=True)
class Prefilled:
    """A field nobody typed for this document: it came from an earlier result.

    Shape: ``field`` is the field's name as the document prints it, ``source`` the earlier document, step or
        record with its number, ``on`` the civil day of that result where there is one.
    """

    field: str
    source: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MissingFact:
    """Something the document cannot do without and no record holds.

    Shape: ``name`` in the field's words (Chinese, as the document prints it); ``page`` is the path where a
        person enters it.
    """

    name: str
    page: str


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    """Everything one document is made from: nothing else reaches its template.

    Shape: ``values`` holds plain strings, whole numbers, days, lists and mappings of them, never rows; the
        template names them as they stand here. ``addressee`` is who receives it, as the first line says it.
        ``pictures`` are charts as SVG text of our own drawing, by the name the template asks for.
    """

    values: Mapping[str, Value]
    addressee: str
    data_on: date
    project_id: int | None = None
    department: str = ""
    prefilled: Sequence[Prefilled] = ()
    missing: Sequence[MissingFact] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
