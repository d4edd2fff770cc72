"""Keep the days a project's steps are booked for, and how much is booked on each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Table, delete, insert, text
from sqlalchemy.dialects import postgresql, sqlite

from concierge.kernel.work import Work
from projects.models.portfolio import BookedDay, BookingRow
from projects.rules.booked_days import Taken, taken_by
from projects.rules.bookings import HeldBy
from projects.rules.portfolio_days import StepDays

_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_TURNS = 0x504C414E
"""The lock that has projects placed one after another on PostgreSQL; on SQLite all writers are."""
_MOST_ROWS = 5_000
_BOOKINGS, _DAYS = cast("Table", BookingRow.__table__), cast("Table", BookedDay.__table__)


def take_turns(w: Work) -> None:
    """Wait until nobody else is placing a project: two at once would both take the last place."""
    if w.session.get_bind().dialect.name == "postgresql":
        w.session.execute(text("SELECT pg_advisory_xact_lock(:turns)"), {"turns": _TURNS})


def book_steps(
    w: Work,
    project_id: int,
    booked: Mapping[str, StepDays],
    *,
    before: Mapping[str, StepDays],
    told: Collection[str] = (),
    told_before: Collection[str] = (),
) -> None:
    """Keep these bookings in place of the project's earlier ones.

    Shape: ``before`` are the bookings as they stand; ``told`` the steps whose day was announced and stands.
    Effects: what is booked by the day is brought up to date in the same transaction; a booking that changed
        comes from no plan of all projects any more.
    """
    values = {code: booking_values(step, is_told=code in told) for code, step in booked.items()}
    stood = {code: booking_values(step, is_told=code in told_before) for code, step in before.items()}
    changed = [code for code in values if values[code] != stood.get(code)]
    gone = [code for code in stood if values.get(code) != stood[code]]
    if gone:
        w.session.execute(
            delete(BookingRow).where(BookingRow.project_id == project_id, BookingRow.code.in_(gone))
        )
    if changed:
        rows = [{"project_id": project_id, "code": code, **values[code]} for code in changed]
        w.session.connection().execute(insert(_BOOKINGS), rows)
    change = taken_by(booked[code] for code in changed)
    change.subtract(taken_by(before[code] for code in gone))
    count_days(w, change)


def booking_values(step: StepDays, *, is_told: bool) -> dict[str, Any]:
    """The columns of a booking, without whose it is."""
    return {
        "department": step.department,
        "accept_on": step.accept_on,
        "work_first_on": step.work_first_on,
        "work_last_on": step.work_last_on,
        "end_on": step.end_on,
        "held_by": HeldBy(step.wait.kind) if step.wait else HeldBy.NOTHING,
        "held_workdays": step.wait.workdays if step.wait else 0,
        "review_group": step.group,
        "sitting_on": step.sitting.on if step.sitting else None,
        "sitting_half": step.sitting.half if step.sitting else None,
        "officer_id": step.officer,
        "is_told": is_told,
    }


def count_days(w: Work, change: Counter[Taken]) -> None:
    """Add to what is booked by the day, or take away."""
    rows = [
        {"kind": taken.kind, "key": taken.key, "day": taken.day, "half": taken.half, "used": more}
        for taken, more in change.items()
        if more
    ]
    if not rows:
        return
    table = _DAYS
    added = _INSERTS[w.session.get_bind().dialect.name](table)
    counted = added.on_conflict_do_update(
        index_elements=[table.c.kind, table.c.key, table.c.day, table.c.half],
        set_={"used": table.c.used + added.excluded.used},
    )
    w.session.connection().execute(counted, rows)


def count_again(w: Work, change: Counter[Taken]) -> None:
    """Begin the count of booked days anew."""
    w.session.execute(delete(BookedDay))
    rows = [
        {"kind": taken.kind, "key": taken.key, "day": taken.day, "half": taken.half, "used": used}
        for taken, used in change.items()
        if used
    ]
    for first in range(0, len(rows), _MOST_ROWS):
        w.session.execute(insert(BookedDay), rows[first : first + _MOST_ROWS])
