"""What all other projects have booked, as far as one that is placed anew could meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, String, and_, bindparam, select, type_coerce, union_all
from sqlalchemy.orm import Session

from projects.models.portfolio import BookedDay
from projects.rules.booked_days import Booked, Taken
from projects.rules.county import half_day_of
from projects.rules.county_portfolio import Built
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.plan import Occupancy

_USED = BookedDay.__table__
_BENCH, _OFFICER, _SEAT = Booked.BENCH.value, Booked.OFFICER.value, Booked.SEAT.value
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
    for place, (least, keys) in enumerate(benches.items()):
        asked |= {f"least_{place}": least, f"benches_{place}": keys}
    points = _points(built, last)
    mine = {(t.kind.value, t.key, points.get(t.day), t.half): count for t, count in own.items()}
    places: dict[tuple[str, int], int] = {}
    hand_ins: dict[tuple[str, int], int] = {}
    seats = dict(_announced(built, points))
    for kind, key, day, half, used in session.connection().execute(_asked(len(benches)), asked).all():
        point = points.get(day)
        left = 0 if point is None else used - mine.get((kind, key, point, half), 0)
        if left <= 0 or point is None:
            continue
        if kind == _BENCH:
            places[key, point] = left
        elif kind == _OFFICER:
            hand_ins[key, point] = left
        elif (sitting := Sitting(point, half)) in groups[key]:
            seats[key, sitting] = left
    return Occupancy(places, hand_ins, seats)


def _announced(built: Built, points: Mapping[date | str, int]) -> Iterator[tuple[tuple[str, Sitting], int]]:
    """The announced sittings: open, without a seat taken too."""
    known = {body.key for body in built.portfolio.bodies}
    for group, half in map(half_day_of, built.county.sittings):
        if group in known and half.on in points:
            yield (group, Sitting(points[half.on], half.half)), 0


def _points(built: Built, last: date) -> dict[date | str, int]:
    """The point of every working day of a plan, by its day and by the day as SQLite writes it."""
    axis, now = built.axis, built.portfolio.today
    days = [(axis.date_of(point), point) for point in range(now, axis.point_of(last) + 1)]
    return {**dict(days), **{day.isoformat(): point for day, point in days}}


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
