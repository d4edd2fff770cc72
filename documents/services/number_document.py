"""Give out the next number of a series, in the transaction that uses it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from concierge.kernel.work import Work
from documents.models.document import SeriesRow


def number_document(w: Work, word: str, year: int) -> int:
    """The next number of a series in a year, from 1; the row stays locked until the work is committed.

    Effects: a number that is given out is not given out again; a work that fails gives it back.
    Source: S80, 7.2.5.
    """
    row = _locked(w, word, year) or _begun(w, word, year)
    row.last += 1
    w.session.flush()
    return row.last


def _locked(w: Work, word: str, year: int) -> SeriesRow | None:
    asked = select(SeriesRow).where(SeriesRow.word == word, SeriesRow.year == year)
    row: SeriesRow | None = w.session.scalars(asked.with_for_update()).first()
    return row


def _begun(w: Work, word: str, year: int) -> SeriesRow:
    """The first number of a year; where two begin it in one moment, the second waits for the first."""
    try:
        with w.session.begin_nested():
            return w.add(SeriesRow(word=word, year=year, last=0))
    except IntegrityError:
        row = _locked(w, word, year)
        if row is None:
            raise
        return row
