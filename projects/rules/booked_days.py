"""What the steps of projects take of others' days: places, hand-ins and seats, counted day by day.

The days of a year are numbers in a row, so that what is asked of a bench in one event, or told to it, is one
row of a table and not one for each day.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from projects.rules.portfolio_days import StepDays

DAYS = 366
"""Room for every day of any year."""
_CHANGES = DAYS + 1
YearDays = NDArray[np.int32]
"""Shape: a number for each of ``DAYS``, the first of January first."""
_STORED = "<i4"
_MOST_DAYS = 8192


class Booked(enum.Enum):
    """What is booked by the day: places on a bench, an officer's hand-ins, seats at a sitting."""

    __hash__ = object.__hash__  # of its own it hashes its name in Python, some hundred times an event

    BENCH = "bench"
    OFFICER = "officer"
    SEAT = "seat"


class YearOf(NamedTuple):
    """Whose days are counted, in which year.

    Shape: ``key`` is a department, an officer's number or a review group; ``half`` is 0 but for seats of an
        afternoon.
    """

    kind: Booked
    key: str
    half: int
    year: int


class Taken(NamedTuple):
    """Something taken on one day, named as ``YearOf`` names it."""

    kind: Booked
    key: str
    day: date
    half: int = 0


class TakenDays:
    """How much is taken, by year and day; below zero where it is what was given back.

    Units: civil days. The work of a step takes its place on every day from its first to its last, rest days
        too: they are passed over when somebody asks, so a changed calendar leaves no trace here.
    """

    def __init__(self, years: Mapping[YearOf, YearDays] | None = None) -> None:
        self._kept = dict(years or {})
        self._rows: dict[tuple[Booked, str, int, int], int] = {}
        self._at: list[int] = []
        self._more: list[int] = []

    def add(self, steps: Iterable[StepDays], times: int = 1) -> TakenDays:
        """Count what these steps take, so many times; answers itself."""
        for step in steps:
            if step.department and step.work_first_on and step.work_last_on:
                self._span(Booked.BENCH, step.department, 0, step.work_first_on, step.work_last_on, times)
            if step.officer is not None:
                self._span(Booked.OFFICER, str(step.officer), 0, step.accept_on, step.accept_on, times)
            if step.group and step.sitting is not None:
                on, half = step.sitting
                self._span(Booked.SEAT, step.group, half, on, on, times)
        return self

    def years(self) -> dict[YearOf, YearDays]:
        """The days of every year in which anything is taken or given back."""
        if not self._rows:
            return dict(self._kept)
        changes = np.zeros((len(self._rows), _CHANGES), np.int32)
        np.add.at(changes.reshape(-1), self._at, self._more)
        days = np.cumsum(changes, axis=1, dtype=np.int32)[:, :DAYS]
        found = dict(self._kept)
        for key, row in self._rows.items():
            of = YearOf(*key)
            found[of] = days[row] + found[of] if of in found else days[row]
        return found

    def by_day(self) -> dict[Taken, int]:
        """Every day that counts anything."""
        return dict(self._days())

    def _span(self, kind: Booked, key: str, half: int, first: date, last: date, times: int) -> None:
        """Note where the days begin and where they are over: all are added up at once."""
        for year in range(first.year, last.year + 1):
            begin = self._rows.setdefault((kind, key, half, year), len(self._rows)) * _CHANGES
            self._at.append(begin + (place_of(first) if year == first.year else 0))
            self._at.append(begin + (place_of(last) + 1 if year == last.year else DAYS))
            self._more += times, -times

    def _days(self) -> Iterator[tuple[Taken, int]]:
        for (kind, key, half, year), days in self.years().items():
            for place in np.flatnonzero(days).tolist():
                on = date(year, 1, 1) + timedelta(days=place)
                if on.year == year:
                    yield Taken(kind, key, on, half), int(days[place])


@lru_cache(maxsize=_MOST_DAYS)
def place_of(day: date) -> int:
    """The place of a day in its year, from 0."""
    return day.toordinal() - date(day.year, 1, 1).toordinal()


def stored(days: YearDays) -> bytes:
    """The days of a year as a row keeps them. Shape: 32 bits each, the lowest byte first."""
    return days.astype(_STORED).tobytes()


def read_days(kept: bytes) -> YearDays:
    """The same from a row; not to be written into."""
    return np.frombuffer(kept, _STORED)


def takes_anything(step: StepDays, finished: bool) -> bool:
    """Whether others count on the day of this step: a department, a sitting or an officer."""
    return not finished and (step.department or step.group or step.officer) is not None


def taken_by(steps: Iterable[StepDays]) -> TakenDays:
    """How much these steps take, by day."""
    return TakenDays().add(steps)
