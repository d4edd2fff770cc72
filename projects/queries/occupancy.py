"""What all other projects have booked, as far as one that is placed anew could meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, String, and_, bindparam, select, type_coerce, union_all
from sqlalchemy.orm import Session

from projects.models.portfolio import BookedDay
from projects.rules.booked_days import Booked, Taken
from projects.rules.county import half_day_of
from projects.rules.county_portfolio import Built
from scheduler import WorkCalendar
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.plan import Occupancy

_USED = BookedDay.__table__
_BENCH, _OFFICER, _SEAT = Booked.BENCH.value, Booked.OFFICER.value, Booked.SEAT.value
_MOST_CALENDARS = 4
_DAY = _USED.c.day.between(bindparam("first"), bindparam("last"))


def occupancy(session: Session, built: Built, own: Mapping[Taken, int]) -> Occupancy:
    """What all others have booked from today on, as far as the steps of a portfolio could meet it.

    Shape: ``own`` is what the bookings of the portfolio's own projects take; one query.
    """
    portfolio = built.portfolio
    last = built.axis.date_of(portfolio.horizon)
    benches = _least_that_matters(built)
    groups = {body.key: set(body.sittings) for body in portfolio.bodies}
    asked: dict[str, object] = {
        "first": built.today,
        "last": last,
        "officers": [officer.key for officer in portfolio.officers],
        "groups": list(groups),
    }
    for turn, (least, keys) in enumerate(benches.items()):
        asked |= {f"least_{turn}": least, f"benches_{turn}": keys}
    places_of = _places(built.axis.calendar, built.today.year, last.year)
    zero = built.axis.calendar.index_of(built.today) - portfolio.today
    mine = {(t.kind.value, t.key, places_of.get(t.day), t.half): count for t, count in own.items()}
    cases: dict[tuple[str, int], int] = {}
    hand_ins: dict[tuple[str, int], int] = {}
    seats = dict(_announced(built, last))
    for kind, key, day, half, used in session.connection().execute(_asked(len(benches)), asked).all():
        place = places_of.get(day)
        if place is None:
            continue
        left, point = used - mine.get((kind, key, place, half), 0), place - zero
        if left <= 0:
            continue
        if kind == _BENCH:
            cases[key, point] = left
        elif kind == _OFFICER:
            hand_ins[key, point] = left
        elif (sitting := Sitting(point, half)) in groups[key]:
            seats[key, sitting] = left
    return Occupancy(cases, hand_ins, seats)


def _announced(built: Built, last: date) -> Iterator[tuple[tuple[str, Sitting], int]]:
    """The announced sittings: open, without a seat taken too."""
    known = {body.key for body in built.portfolio.bodies}
    for group, half in map(half_day_of, built.county.sittings):
        if group in known and built.today <= half.on <= last and built.axis.calendar.is_workday(half.on):
            yield (group, Sitting(built.axis.point_of(half.on), half.half)), 0


@lru_cache(maxsize=_MOST_CALENDARS)
def _places(calendar: WorkCalendar, first_year: int, last_year: int) -> dict[date | str, int]:
    """The working days of some years, by day and by the day as SQLite writes it.

    Units: places among all working days of the calendar.
    """
    first, after = (calendar.index_of(date(year, 1, 1)) for year in (first_year, last_year + 1))
    days = [(calendar.day_at(place), place) for place in range(first, after)]
    return {**dict(days), **{day.isoformat(): place for day, place in days}}


@cache
def _asked(count: int) -> CompoundSelect[Any]:
    """The question, for benches that begin to matter at so many different numbers.

    Shape: kind and day come as the driver has them: there are hundreds of rows, and each is read once.
    """
    benches = (
        and_(
            _USED.c.kind == Booked.BENCH,
            _USED.c.key.in_(bindparam(f"benches_{place}", expanding=True)),
            _USED.c.used >= bindparam(f"least_{place}"),
            _DAY,
        )
        for place in range(count)
    )
    officers = _USED.c.key.in_(bindparam("officers", expanding=True))
    groups = _USED.c.key.in_(bindparam("groups", expanding=True))
    columns = (
        type_coerce(_USED.c.kind, String),
        _USED.c.key,
        type_coerce(_USED.c.day, String),
        _USED.c.half,
        _USED.c.used,
    )
    wanted = (
        *benches,
        and_(_USED.c.kind == Booked.OFFICER, officers, _DAY),
        and_(_USED.c.kind == Booked.SEAT, groups, _DAY),
    )
    return union_all(*(select(*columns).where(one) for one in wanted))


def _least_that_matters(built: Built) -> dict[int, list[str]]:
    """From how many booked places on a day its own steps could find a bench full; no other day matters.

    Shape: the benches its steps ask for, by that number.
    """
    steps = Counter(_benches(built))
    found: dict[int, list[str]] = {}
    for bench in built.portfolio.benches:
        if steps[bench.key]:
            places = bench.places if isinstance(bench.places, int) else min(bench.places)
            found.setdefault(max(1, places - steps[bench.key] + 1), []).append(bench.key)
    return found


def _benches(built: Built) -> Iterable[str]:
    for project in built.portfolio.projects:
        for demand in project.demands.values():
            if demand.bench is not None:
                yield demand.bench
