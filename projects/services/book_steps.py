"""Keep the days a project's steps are booked for, and how much is booked on each day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Table, delete, text

from concierge.kernel.many_rows import add_rows
from concierge.kernel.work import Work
from projects.models.portfolio import BookedYear, BookingRow
from projects.queries.occupancy import booked_years
from projects.rules.booked_days import TakenDays, stored, taken_by
from projects.rules.bookings import HeldBy
from projects.rules.portfolio_days import StepDays

_TURNS = 0x504C414E
"""The lock that has projects placed one after another on PostgreSQL; on SQLite all writers are."""
_COUNTED = ("kind", "key", "half", "year")
_BOOKINGS, _YEARS = cast("Table", BookingRow.__table__), cast("Table", BookedYear.__table__)
_COLUMNS = tuple(column.name for column in _BOOKINGS.columns if column.name != "id")


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
    gone = [code for code in stood if code not in values]
    if gone:
        w.session.execute(
            delete(BookingRow).where(BookingRow.project_id == project_id, BookingRow.code.in_(gone))
        )
    rows = [(project_id, None, code, *values[code].values()) for code in changed]
    add_rows(w.session, _BOOKINGS, _COLUMNS, rows, at=("project_id", "code"))
    change = taken_by(booked[code] for code in changed)
    count_days(w, change.add((before[code] for code in (*gone, *changed) if code in before), -1))


def booking_values(step: StepDays, *, is_told: bool) -> dict[str, Any]:
    """The columns of a booking in the order of its table, without whose it is."""
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


def count_days(w: Work, change: TakenDays) -> None:
    """Add to what is booked by the day, or take away; whoever does has taken his turn."""
    changed = {of: days for of, days in change.years().items() if days.any()}
    if changed:
        years = [of.year for of in changed]
        standing = dict(booked_years(w.session, {of.key for of in changed}, min(years), max(years)))
        rows = [(*of, stored(days + standing.get(of, 0))) for of, days in changed.items()]
        add_rows(w.session, _YEARS, (*_COUNTED, "taken"), rows, at=_COUNTED)


def count_again(w: Work, taken: TakenDays) -> None:
    """Begin the count of booked days anew."""
    w.session.execute(delete(BookedYear))
    count_days(w, taken)
