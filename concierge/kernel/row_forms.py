"""Forms made from the columns of a row: what may be empty, how long, how large, chosen from what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy import inspect, select
from sqlalchemy import types as kinds
from sqlalchemy.orm import RelationshipDirection, Session
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    Field,
    FloatField,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from concierge.kernel.answers import LARGEST_NUMBER
from concierge.kernel.errors import Misconfigured
from concierge.kernel.row_fields import LocalMoment, Member, RelatedRow, RelatedRows

LOOK = {"class": "form-control"}


class RowForm(FlaskForm):
    """A form over one row; the hidden fields remember the row as this page was opened on it."""

    row_version = HiddenField()
    opened = HiddenField()


def _tidied(text: str | None) -> str | None:
    return text.replace("\r\n", "\n").strip() if text else text


def row_form(
    kind: type[Any],
    columns: Sequence[str],
    *,
    labels: Mapping[str, Any],
    hints: Mapping[str, Any] | None = None,
    checks: Mapping[str, Sequence[Any]] | None = None,
    instead: Mapping[str, Field] | None = None,
) -> type[RowForm]:
    """The form class for these columns of a row; ``instead`` replaces the field of a column.

    Raises: Misconfigured, for a column no field fits.
    """
    hints, checks, instead = hints or {}, checks or {}, instead or {}
    fields = {
        column: instead[column]
        if column in instead
        else _field(kind, column, labels[column], hints.get(column, ""), list(checks.get(column, ())))
        for column in columns
    }
    return type(f"{kind.__name__}Form", (RowForm,), fields)


def _field(kind: type[Any], column: str, label: Any, hint: Any, checks: list[Any]) -> Any:
    relation = relation_of(kind, column)
    if relation is not None:
        several = relation.direction is not RelationshipDirection.MANYTOONE
        may_be_empty = several or all(local.nullable for local in relation.local_columns)
        checks += [Optional() if may_be_empty else InputRequired()]
        made = RelatedRows if several else RelatedRow
        return made(
            label,
            checks,
            kind=relation.mapper.class_,
            may_be_empty=may_be_empty,
            description=hint,
            render_kw=LOOK,
        )
    mapper = inspect(kind)
    if column not in mapper.columns:
        raise Misconfigured(what=f"{kind.__name__} has no column {column} for a form")
    return _plain_field(mapper.columns[column], label, hint, checks)


def _plain_field(column: Any, label: Any, hint: Any, checks: list[Any]) -> Any:
    looks = {"description": hint, "render_kw": LOOK}
    kind = column.type.impl if isinstance(column.type, kinds.TypeDecorator) else column.type
    if isinstance(kind, kinds.Boolean):
        return BooleanField(label, checks, description=hint)
    may_be_empty = column.nullable or column.default is not None or column.server_default is not None
    checks = [Optional() if may_be_empty else InputRequired(), *checks]
    if isinstance(kind, kinds.Enum) and kind.enum_class is not None:
        return Member(label, checks, kind=kind.enum_class, may_be_empty=column.nullable, **looks)
    if isinstance(kind, kinds.Text):
        return TextAreaField(label, checks, filters=[_tidied], **looks)
    if isinstance(kind, kinds.String):
        return StringField(label, [*checks, Length(max=kind.length or 255)], filters=[_tidied], **looks)
    for made, of, more in (
        (IntegerField, kinds.Integer, [NumberRange(-LARGEST_NUMBER, LARGEST_NUMBER)]),
        (FloatField, kinds.Float, []),
        (DecimalField, kinds.Numeric, [NumberRange(-LARGEST_NUMBER, LARGEST_NUMBER)]),
        (LocalMoment, kinds.DateTime, []),
        (DateField, kinds.Date, []),
        (TimeField, kinds.Time, []),
    ):
        if isinstance(kind, of):
            return made(label, [*checks, *more], **looks)
    raise Misconfigured(what=f"no form field fits the column {column}")


def relation_of(kind: type[Any], column: str) -> Any:
    """The relation a column of a form stands for: by its own name, or by the name of its foreign key."""
    mapper = inspect(kind)
    if column in mapper.relationships:
        return mapper.relationships[column]
    if column in mapper.columns and mapper.columns[column].foreign_keys:
        return next(
            (
                r
                for r in mapper.relationships
                if r.direction is RelationshipDirection.MANYTOONE
                and r.local_columns == {mapper.columns[column]}
            ),
            None,
        )
    return None


def values_of(row: Any, columns: Sequence[str]) -> dict[str, Any]:
    """What a form shows of a row: for a relation the numbers of the rows it leads to."""
    kind, told = type(row), {}
    for column in columns:
        relation = relation_of(kind, column)
        if relation is None:
            told[column] = getattr(row, column)
        elif relation.direction is RelationshipDirection.MANYTOONE:
            told[column] = getattr(row, _foreign_key(kind, relation))
        else:
            told[column] = [other.id for other in getattr(row, relation.key)]
    return told


def fill(session: Session, row: Any, form: RowForm, columns: Sequence[str]) -> None:
    """Put what was typed into a row."""
    kind = type(row)
    for column in columns:
        field, relation = form[column], relation_of(kind, column)
        if isinstance(field, LocalMoment):
            setattr(row, column, field.moment())
        elif relation is None:
            setattr(row, column, _kept(kind, column, field.data))
        elif relation.direction is RelationshipDirection.MANYTOONE:
            setattr(row, _foreign_key(kind, relation), field.data)
        else:
            other = relation.mapper.class_
            rows = session.execute(select(other).where(other.id.in_(field.data or []))).scalars()
            setattr(row, relation.key, list(rows))


def _kept(kind: type[Any], name: str, typed: Any) -> Any:
    column = inspect(kind).columns[name]
    if typed in (None, "") and column.nullable:
        return None
    if typed is None and column.default is not None and column.default.is_scalar:
        return column.default.arg
    if typed is None and isinstance(column.type, kinds.String) and not isinstance(column.type, kinds.Enum):
        return ""
    return typed


def _foreign_key(kind: type[Any], relation: Any) -> str:
    (local,) = relation.local_columns
    return str(inspect(kind).get_property_by_column(local).key)
