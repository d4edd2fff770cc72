"""Give out the next number of a series: RQ-2026-019, GC-2026-003."""

from __future__ import annotations

from datetime import date

from sqlalchemy import literal_column
from sqlalchemy.dialects import postgresql, sqlite

from approvals.models.deferral import NumberSeriesRow
from concierge.kernel.work import Work

DEFERRALS = "RQ"
ASSURANCES = "GC"


def take_number(w: Work, series: str, on: date) -> str:
    """The next number of a series in the year of a day."""
    return f"{series}-{on.year}-{next_in_series(w, series, on.year):03d}"


def next_in_series(w: Work, series: str, year: int, *, after: int = 0) -> int:
    """The next count of a series in a year, from 1.

    Shape: one statement raises the counter and reads it, so that two at once never get the same; a count is
        given back only by the whole transaction. ``after`` is where counting stood before there was a
        counter.
    """
    dialect = postgresql if w.session.get_bind().dialect.name == "postgresql" else sqlite
    added = dialect.insert(NumberSeriesRow).values(series=series, year=year, last=after + 1)
    raised = added.on_conflict_do_update(
        index_elements=[NumberSeriesRow.series, NumberSeriesRow.year],
        set_={"last": literal_column(f"{NumberSeriesRow.__tablename__}.last") + 1},
    ).returning(NumberSeriesRow.last)
    return int(w.session.execute(raised).scalar_one())
