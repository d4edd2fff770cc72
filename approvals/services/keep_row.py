"""Keep one row that an administrator edited: in its place, checked, and with the calendar's readers told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from approvals.events.catalogue import CalendarChanged
from approvals.models.calendar import PROVISIONAL, CalendarYearRow, HolidayRow
from approvals.models.catalogue import PrecedenceRow
from approvals.models.draft_row import DraftRow
from approvals.services.check_row import WaitsInARing, check_row, remove_row
from approvals.services.write_draft import open_draft
from concierge.kernel.work import Work


def keep_row(w: Work, row: Any) -> None:
    """Add or change one row of the draft.

    Raises: Invalid with the ``field``, or WaitsInARing: nothing is kept then.
    Effects: a new row goes to the end of its file; a day or year of the calendar tells ``CalendarChanged``.
    """
    if isinstance(row, PrecedenceRow) and row.predecessor == row.successor:
        raise WaitsInARing(loop=(row.predecessor,), ring=f"{row.predecessor} → {row.successor}")
    open_draft(w)
    if isinstance(row, DraftRow) and row.id is None and not row.position:
        with w.session.no_autoflush:
            kind: Any = type(row)
            row.position = (w.session.scalar(select(func.max(kind.position))) or 0) + 1
    w.session.add(row)
    w.session.flush()
    check_row(w, row)
    _tell(w, row)


def drop_row(w: Work, row: Any) -> None:
    """Delete one row of the draft that nothing else names.

    Raises: StillNamed.
    """
    open_draft(w)
    remove_row(w, row)
    _tell(w, row)


def _tell(w: Work, row: Any) -> None:
    if isinstance(row, HolidayRow):
        year = row.day.year
        if w.session.scalar(select(CalendarYearRow.id).where(CalendarYearRow.year == year)) is None:
            w.add(CalendarYearRow(year=year, status=PROVISIONAL, source=row.source))
        w.record(CalendarChanged(year=year))
    elif isinstance(row, CalendarYearRow):
        w.record(CalendarChanged(year=row.year))
