"""Forget the day one step is booked for, because what it was booked for has changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from concierge.kernel.work import Work
from projects.models.portfolio import BookingRow
from projects.rules.booked_days import TakenDays
from projects.services.book_steps import count_days, take_turns

HalfDay = tuple[date, int]
"""A day, and 0 for its morning or 1 for its afternoon."""


def drop_booking(
    w: Work, project_id: int, code: str, *, of: HalfDay | None = None, after: date | None = None
) -> None:
    """Forget one step's booking: only that ``of`` a half-day, or only one accepted ``after`` a day.

    Effects: what is booked by the day is brought up to date in the same transaction.
    """
    take_turns(w)
    row = w.session.scalar(
        select(BookingRow).where(BookingRow.project_id == project_id, BookingRow.code == code)
    )
    if row is None:
        return
    booked = None if row.sitting_on is None else (row.sitting_on, row.sitting_half or 0)
    if (of is not None and booked != of) or (after is not None and row.accept_on <= after):
        return
    freed = TakenDays().add([row.days()], -1)
    w.session.delete(row)
    w.session.flush()
    count_days(w, freed)
