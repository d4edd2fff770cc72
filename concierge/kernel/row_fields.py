"""Form fields for the columns of a row, and what a field holds as text: to compare, merge and show."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import Select, inspect, select
from wtforms import BooleanField, DateTimeLocalField, Field, SelectFieldBase
from wtforms.fields.choices import Choice
from wtforms.validators import ValidationError
from wtforms.widgets import Select as SelectWidget

from concierge.kernel import clock
from concierge.kernel.answers import LARGEST_NUMBER
from concierge.kernel.db import db
from concierge.kernel.scope import within
from concierge.kernel.web import actor, whole_number

MOST_CHOICES = 500  # a longer list is no choice; any existing row is still taken when its number is sent


def name_of(row: Any) -> str:
    """What a row is called in a list of choices: its own words, else its code and name."""
    if row is None:
        return ""
    if type(row).__str__ is not object.__str__ or type(row).__repr__ is not object.__repr__:
        return str(row)
    told = [getattr(row, part, None) for part in ("code", "number", "name", "name_zh", "title")]
    return " ".join(str(part) for part in told if part) or f"{type(row).__name__} {row.id}"


class LocalMoment(DateTimeLocalField):
    """A moment, typed on a clock in Asia/Shanghai and kept aware in UTC."""

    def process_data(self, value: datetime | None) -> None:
        """Show the row's moment as a local one."""
        self.data = clock.local(value).replace(tzinfo=None) if value and value.tzinfo else value

    def moment(self) -> datetime | None:
        """What was typed, as an aware moment."""
        return self.data.replace(tzinfo=clock.SHANGHAI).astimezone(UTC) if self.data else None


class Member(SelectFieldBase):
    """One member of an enumeration, sent by its value and shown in the reader's language."""

    widget = SelectWidget()

    def __init__(
        self, label: Any, validators: Any, *, kind: type[enum.Enum], may_be_empty: bool, **facts: Any
    ):
        self.kind, self.may_be_empty = kind, may_be_empty
        super().__init__(label, validators, **facts)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the member whose value was sent."""
        sent = valuelist[0] if valuelist else ""
        self.data = next((member for member in self.kind if str(member.value) == sent), None)
        if sent and self.data is None:
            raise ValueError(gettext("Choose from the list."))

    def iter_choices(self) -> Iterator[Choice]:
        """The members, with an empty choice when the column may be empty."""
        if self.may_be_empty or self.data is None:
            yield Choice("", "", self.data is None, {})
        for member in self.kind:
            yield Choice(str(member.value), worded(member), member is self.data, {})


def worded(member: enum.Enum) -> str:
    """A member of an enumeration in the reader's language."""
    return str(gettext(str(member.name).replace("_", " ").capitalize()))


class RelatedRow(SelectFieldBase):
    """A row this one refers to. Only the first rows are listed; what is sent is looked up by its number."""

    widget = SelectWidget()

    def __init__(self, label: Any, validators: Any, *, kind: type[Any], may_be_empty: bool, **facts: Any):
        self.kind, self.may_be_empty = kind, may_be_empty
        super().__init__(label, validators, **facts)

    def _visible(self) -> Select[Any]:
        rows = select(self.kind)
        project = getattr(self.kind, "project_id", None)
        return rows if project is None else rows.where(within(actor(), project))

    def _listed(self, chosen: set[int]) -> list[Any]:
        key = inspect(self.kind).primary_key[0]
        rows = list(db.session.execute(self._visible().order_by(key).limit(MOST_CHOICES)).scalars())
        missing = chosen - {row.id for row in rows}
        if missing:
            rows += db.session.execute(self._visible().where(key.in_(missing))).scalars()
        return sorted(rows, key=name_of)

    def process_data(self, value: Any) -> None:
        """Take the number of the row this one refers to."""
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number that was sent."""
        sent = valuelist[0] if valuelist else ""
        self.data = whole_number(sent, default=-1, least=1, most=LARGEST_NUMBER) if sent else None

    def iter_choices(self) -> Iterator[Choice]:
        """The first rows, and the chosen one."""
        if self.may_be_empty or self.data is None:
            yield Choice("", "", self.data is None, {})
        for row in self._listed({self.data} if self.data else set()):
            yield Choice(str(row.id), name_of(row), row.id == self.data, {})

    def found(self) -> set[int]:
        """Which of the numbers sent are rows the reader may see."""
        key = inspect(self.kind).primary_key[0]
        asked = self._numbers()
        return set(db.session.execute(self._visible().with_only_columns(key).where(key.in_(asked))).scalars())

    def _numbers(self) -> list[int]:
        return [self.data] if self.data else []

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  (the library's signature)
        """Refuse a row that is not there."""
        if set(self._numbers()) - self.found():
            raise ValidationError(gettext("Choose from the list."))


class RelatedRows(RelatedRow):
    """Several rows this one refers to."""

    widget = SelectWidget(multiple=True)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the numbers that were sent."""
        sent = filter(None, valuelist)
        self.data = [whole_number(one, default=-1, least=1, most=LARGEST_NUMBER) for one in sent]

    def iter_choices(self) -> Iterator[Choice]:
        """The first rows, and the chosen ones."""
        for row in self._listed(set(self._numbers())):
            yield Choice(str(row.id), name_of(row), row.id in self._numbers(), {})

    def _numbers(self) -> list[int]:
        return list(self.data or [])


def sent_as(field: Field) -> list[str]:
    """What a browser would send for a field as it stands."""
    if isinstance(field, BooleanField):
        return ["y"] if field.data else []
    if isinstance(field, RelatedRows):
        return sorted(str(number) for number in field.data or [])
    if isinstance(field, RelatedRow):
        return [str(field.data)] if field.data else [""]
    if isinstance(field, Member):
        return [str(field.data.value)] if field.data is not None else [""]
    return [str(field._value())]  # noqa: SLF001  (the library's word for it)


def read_as(field: Field) -> str:
    """What a person reads in a field as it stands."""
    if isinstance(field, BooleanField):
        return str(gettext("Yes") if field.data else gettext("No"))
    if isinstance(field, SelectFieldBase):
        return "、".join(choice.label for choice in field.iter_choices() if choice.selected)
    return str(field._value())  # noqa: SLF001  (the library's word for it)
