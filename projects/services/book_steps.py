"""Keep the days a project's steps are booked for, and how much is booked on each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, text
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


def take_turns(w: Work) -> None:
    """Wait until nobody else is placing a project: two at once would both take the last place."""
    if w.session.get_bind().dialect.name == "postgresql":
        w.session.execute(text("SELECT pg_advisory_xact_lock(:turns)"), {"turns": _TURNS})


def book_steps(
    w: Work,
    project_id: int,
    booked: Mapping[str, StepDays],
    *,
    told: Collection[str] = (),
    plan_id: int | None = None,
) -> bool:
    """Keep these bookings in place of the project's earlier ones; answers whether any day moved.

    Shape: ``told`` are the steps whose day was announced and stands; ``plan_id`` the plan they come from.
    Effects: what is booked by the day is brought up to date in the same transaction.
    """
    rows = {
        row.code: row
        for row in w.session.scalars(select(BookingRow).where(BookingRow.project_id == project_id))
    }
    before = taken_by(row.days() for row in rows.values())
    gone = [row.id for code, row in rows.items() if code not in booked]
    if gone:
        w.session.execute(delete(BookingRow).where(BookingRow.id.in_(gone)))
    new, is_moved = [], bool(gone)
    for code, step in booked.items():
        values = booking_values(step, is_told=code in told)
        row = rows.get(code)
        if row is None:
            new.append({"project_id": project_id, "plan_id": plan_id, "code": code, **values})
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.plan_id = plan_id
            is_moved = True
    if new:
        w.session.execute(insert(BookingRow), new)
    w.session.flush()
    change = taken_by(booked.values())
    change.subtract(before)
    count_days(w, change)
    return is_moved or bool(new)


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
    added = _INSERTS[w.session.get_bind().dialect.name](BookedDay)
    w.session.execute(
        added.on_conflict_do_update(
            index_elements=[BookedDay.kind, BookedDay.key, BookedDay.day, BookedDay.half],
            set_={"used": BookedDay.used + added.excluded.used},
        ),
        rows,
    )


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
