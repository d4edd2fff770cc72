"""What all other projects have booked, as far as one that is placed anew could meet it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, String, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from projects.models.portfolio import BookedYear
from projects.rules.booked_days import DAYS, Booked, TakenDays, YearDays, YearOf, place_of, read_days
from projects.rules.county import half_day_of
from projects.rules.county_portfolio import Built
from scheduler import WorkCalendar
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.plan import Occupancy

_Places = NDArray[np.int64]
_MOST_CALENDARS = 4
_YEARS = BookedYear.__table__
_KINDS = {kind.value: kind for kind in Booked}
_ASKED: Select[Any] = select(
    type_coerce(_YEARS.c.kind, String), _YEARS.c.key, _YEARS.c.half, _YEARS.c.year, _YEARS.c.taken
).where(
    _YEARS.c.key.in_(bindparam("keys", expanding=True)),
    _YEARS.c.year.between(bindparam("first"), bindparam("last")),
)


def occupancy(session: Session, built: Built, own: TakenDays) -> Occupancy:
    """What all others have booked from today on, as far as the steps of a portfolio could meet it.

    Shape: ``own`` is what the bookings of the portfolio's own projects take; one query.
    """
    portfolio, last = built.portfolio, built.axis.date_of(built.portfolio.horizon)
    keys: dict[Booked, set[str]] = {
        Booked.BENCH: _benches(built),
        Booked.OFFICER: {officer.key for officer in portfolio.officers},
        Booked.SEAT: {body.key for body in portfolio.bodies},
    }
    lines = _lines(session, keys, own, built.today.year, last.year)
    places = _working_days(built.axis.calendar, built.today.year, last.year)
    today, ahead = portfolio.today, portfolio.horizon + 1 - portfolio.today
    asked = places[_first_from(places, built.today) :][:ahead]
    taken: dict[Booked, dict[tuple[str, int], YearDays]] = defaultdict(dict)
    for (kind, key, half), line in lines.items():
        by_day = np.zeros(today + len(asked), np.int32)
        np.maximum(line[asked], 0, out=by_day[today:])
        taken[kind][key, half] = by_day
    return Occupancy(
        {bench: by_day for (bench, _), by_day in taken[Booked.BENCH].items()},
        {officer: by_day for (officer, _), by_day in taken[Booked.OFFICER].items()},
        dict(_announced(built, last)) | dict(_seats(built, taken[Booked.SEAT])),
    )


def _lines(
    session: Session, keys: dict[Booked, set[str]], own: TakenDays, first: int, last: int
) -> dict[tuple[Booked, str, int], YearDays]:
    """The days of the years from first to last in one row for each bench, officer and half of a review."""
    found: dict[tuple[Booked, str, int], YearDays] = {}
    own_years = own.years()
    for of, taken in booked_years(session, set().union(*keys.values()), first, last):
        if of.key not in keys[of.kind]:
            continue
        line = found.get(of[:3])
        if line is None:
            line = found[of[:3]] = np.zeros((last - first + 1) * DAYS, np.int32)
        begin, mine = (of.year - first) * DAYS, own_years.get(of)
        line[begin : begin + DAYS] = taken if mine is None else taken - mine
    return found


def booked_years(
    session: Session, keys: Collection[str], first: int, last: int
) -> Iterator[tuple[YearOf, YearDays]]:
    """What is booked with these departments, officers and review groups in the years from first to last."""
    asked = {"keys": sorted(keys), "first": first, "last": last}
    for kind, key, half, year, kept in session.connection().execute(_ASKED, asked).all():
        yield YearOf(_KINDS[kind], key, half, year), read_days(kept)


def _seats(built: Built, taken: dict[tuple[str, int], YearDays]) -> Iterator[tuple[tuple[str, Sitting], int]]:
    """The seats others have, at the sittings there are."""
    offered = {body.key: body.offered for body in built.portfolio.bodies}
    for (group, half), by_day in taken.items():
        for point in np.flatnonzero(by_day).tolist():
            sitting = Sitting(point, half)
            if sitting in offered[group]:
                yield (group, sitting), int(by_day[point])


def _announced(built: Built, last: date) -> Iterator[tuple[tuple[str, Sitting], int]]:
    """The announced sittings: open, without a seat taken too."""
    known = {body.key for body in built.portfolio.bodies}
    for group, half in map(half_day_of, built.county.sittings):
        if group in known and built.today <= half.on <= last and built.axis.calendar.is_workday(half.on):
            yield (group, Sitting(built.axis.point_of(half.on), half.half)), 0


@lru_cache(maxsize=_MOST_CALENDARS)
def _working_days(calendar: WorkCalendar, first_year: int, last_year: int) -> _Places:
    """Where the working days of some years lie, their days in one row, each year in ``DAYS``."""
    first, after = (calendar.index_of(date(year, 1, 1)) for year in (first_year, last_year + 1))
    days = (calendar.day_at(place) for place in range(first, after))
    return np.array([(day.year - first_year) * DAYS + place_of(day) for day in days], np.int64)


def _first_from(places: _Places, today: date) -> int:
    """The working day of a row that is today, or the first one after it."""
    return int(np.searchsorted(places, place_of(today)))


def _benches(built: Built) -> set[str]:
    return {
        demand.bench
        for project in built.portfolio.projects
        for demand in project.demands.values()
        if demand.bench is not None
    }
