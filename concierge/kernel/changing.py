"""Adding, changing and deleting rows of reference data: one work each, old and new values on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload
from werkzeug.datastructures import MultiDict

from concierge.kernel import events, merging
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.row_fields import read_as, sent_as
from concierge.kernel.row_forms import RowForm, fill, values_of
from concierge.kernel.work import AlreadyThere, Work, work

Hook = Callable[[Work, Any], None]


class StillReferred(Refusal):
    """Other rows refer to this one."""

    message = N_("Other entries refer to this one. Change or delete those first.")


class NotAccepted(Refusal):
    """A constraint of the table says no, and none of ours said it before."""

    message = N_(
        "These values do not fit together: a number out of its range, or an empty field that is needed."
    )


class Overtaken(Exception):
    """Somebody changed the row since the form was opened; carries the row as it is now."""

    def __init__(self, version: Any, values: dict[str, Any]) -> None:
        super().__init__()
        self.version, self.values = version, values


def sent(form: RowForm, columns: Sequence[str]) -> dict[str, list[str]]:
    """What a form would send for these columns."""
    return {column: sent_as(form[column]) for column in columns}


def side(form: RowForm, columns: Sequence[str]) -> merging.Side:
    """One version of a form, to send and to read."""
    return merging.Side(sent(form, columns), {column: read_as(form[column]) for column in columns})


def read_of(form: type[RowForm], told: dict[str, list[str]]) -> dict[str, str]:
    """What a person reads in a version of a form that is known only by what it sent."""
    data = MultiDict((name, value) for name, values in told.items() for value in values)
    filled = form(formdata=data, meta={"csrf": False})
    return {name: read_as(filled[name]) for name in told}


def add_row(kind: type[Any], form: RowForm, columns: Sequence[str], *, by: Actor, save: Hook) -> int:
    """Add a row; answers its number.

    Raises: AlreadyThere, NotAccepted, and whatever ``save`` refuses with.
    """
    with _in_plain_words(), work(by) as w:
        row = kind()
        fill(w.session, row, form, columns)
        save(w, row)
        w.record(
            events.RowAdded(kind.__tablename__, row.id, _told(form, columns)),
            project_id=getattr(row, "project_id", None),
        )
        return int(row.id)


def change_row(
    kind: type[Any], number: int, form: RowForm, columns: Sequence[str], *, by: Actor, save: Hook
) -> None:
    """Change a row to what a form says, unless somebody was faster.

    Raises: Overtaken, when a field of the form changed since it was opened; Missing; AlreadyThere,
        NotAccepted, and whatever ``save`` refuses with.
    """
    with _in_plain_words(), work(by) as w:
        row = _locked(w, kind, number, columns)
        before = values_of(row, columns)
        present = type(form)(formdata=None, data=before, meta={"csrf": False})
        version, was = getattr(row, "version", ""), sent(present, columns)
        opened = merging.unpacked(form.opened.data or "", columns)
        if was != opened and (form.row_version.data != str(version) or version == ""):
            raise Overtaken(version, before)
        fill(w.session, row, form, columns)
        save(w, row)
        becomes = sent(form, columns)
        changed = [column for column in columns if was[column] != becomes[column]]
        if changed:
            w.record(
                events.RowChanged(
                    kind.__tablename__,
                    number,
                    {column: _flat(was[column]) for column in changed},
                    {column: _flat(becomes[column]) for column in changed},
                ),
                project_id=getattr(row, "project_id", None),
            )


def delete_row(kind: type[Any], number: int, *, by: Actor, remove: Hook) -> None:
    """Delete a row; what it said stays on record.

    Raises: Missing; StillReferred, when others refer to it.
    """
    with _in_plain_words(deleting=True), work(by) as w:
        row = _locked(w, kind, number, ())
        told = {column.key: getattr(row, column.key) for column in inspect(kind).column_attrs}
        project_id = getattr(row, "project_id", None)
        remove(w, row)
        w.record(events.RowDeleted(kind.__tablename__, number, told), project_id=project_id)


def record_export(kind: type[Any], rows: int, *, by: Actor) -> None:
    """Keep on record that somebody took a copy of a list away."""
    with work(by) as w:
        w.record(events.RowsExported(kind.__tablename__, rows))


def _locked(w: Work, kind: type[Any], number: int, columns: Sequence[str]) -> Any:
    row = w.get(kind, number)
    several = [r for r in inspect(kind).relationships if r.key in columns and r.uselist]
    if several:
        loads = [selectinload(getattr(kind, r.key)) for r in several]
        again = select(kind).where(kind.id == number).options(*loads)
        w.session.execute(again.execution_options(populate_existing=True)).scalar_one()
    return row


def _told(form: RowForm, columns: Sequence[str]) -> dict[str, Any]:
    return {column: _flat(values) for column, values in sent(form, columns).items()}


def _flat(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


@contextmanager
def _in_plain_words(*, deleting: bool = False) -> Iterator[None]:
    """Say what a constraint found wrong, never how the database says it."""
    try:
        yield
    except AlreadyThere as error:
        broken = error.__cause__
        if deleting:
            raise StillReferred from error
        if isinstance(broken, IntegrityError) and not is_duplicate(broken):
            raise NotAccepted from error
        raise


def is_duplicate(error: IntegrityError) -> bool:
    """Whether a constraint says that two rows would be one."""
    state = getattr(error.orig, "sqlstate", None)
    return state == "23505" if state else "UNIQUE" in str(error.orig)
