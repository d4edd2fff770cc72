"""Where to go today, in which order, and when one could be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from concierge.staff.rules.todo import Todo

HOUR = 60
MINUTES = 20
"""How long an errand takes where nothing else is known."""
WAY_MINUTES = 30
"""How long the way from one place to the next takes; a county town, by car. A default of ours."""


@dataclass(frozen=True)
class Hours:
    """When counters are open. Units: times of day in Asia/Shanghai."""

    opens: time = time(9)
    noon: time = time(12)
    again: time = time(14, 30)
    closes: time = time(17, 30)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One place of the tour, when one could be there, and what is done there.

    Shape: ``is_fixed`` says that an appointment names the time; ``is_tight`` that it cannot be reached in
        time, or lies after hours.
    """

    at: time
    place: str
    errands: tuple[Todo, ...]
    is_fixed: bool = False
    is_tight: bool = False


@dataclass(frozen=True, kw_only=True)
class Tour:
    """The stops of a day; ``saved`` is how many ways are spared by doing things together."""

    stops: tuple[Stop, ...] = ()
    saved: int = 0


def tour(todos: Sequence[Todo], order: Mapping[str, int], hours: Hours | None = None) -> Tour:
    """The places to go to: appointments at their time, between them the nearest in the office's order.

    Shape: ``order`` numbers the places as the office walks them; places it does not know come after, the
        most errands first. Everything at one place is one stop, at its earliest appointment if it has one.
    """
    places: dict[str, list[Todo]] = defaultdict(list)
    for todo in todos:
        if todo.place:
            places[todo.place].append(todo)
    fixed = sorted((_first(errands), place) for place, errands in places.items() if _has_time(errands))
    free = [place for place, errands in places.items() if not _has_time(errands)]
    free.sort(key=lambda place: (order.get(place, len(order) + 1), -len(places[place]), place))
    walk = _Walk(places, hours or Hours())
    for at, place in fixed:
        while free and walk.has_time_before(free[0], at):
            walk.go(free.pop(0))
        walk.go(place, at)
    for place in free:
        walk.go(place)
    saved = sum(len(errands) for errands in places.values()) - len(places)
    return Tour(stops=tuple(walk.stops), saved=saved)


class _Walk:
    """The way so far: the stops, and the minute of the day at which one is free again."""

    def __init__(self, places: Mapping[str, Sequence[Todo]], hours: Hours) -> None:
        self.places, self.hours = places, hours
        self.stops: list[Stop] = []
        self.free_at = _minute(hours.opens)

    def has_time_before(self, place: str, at: time) -> bool:
        """Whether one could go there first and still be in time."""
        return self._open(self.free_at) + self._length(place) + WAY_MINUTES <= _minute(at)

    def go(self, place: str, at: time | None = None) -> None:
        """One stop more."""
        reached = self._open(self.free_at)
        begins = _minute(at) if at else reached
        late = reached > begins if at else begins + self._length(place) > _minute(self.hours.closes)
        self.stops.append(
            Stop(
                at=_time(begins),
                place=place,
                errands=tuple(self.places[place]),
                is_fixed=at is not None,
                is_tight=late,
            )
        )
        self.free_at = max(begins, reached if not at else begins) + self._length(place) + WAY_MINUTES

    def _open(self, minute: int) -> int:
        """The next minute at which counters are open; after hours, that minute."""
        noon, again = _minute(self.hours.noon), _minute(self.hours.again)
        return again if noon - MINUTES < minute < again else minute

    def _length(self, place: str) -> int:
        return sum(todo.minutes or MINUTES for todo in self.places[place])


def _has_time(errands: Sequence[Todo]) -> bool:
    return any(todo.at for todo in errands)


def _first(errands: Sequence[Todo]) -> time:
    return min(todo.at for todo in errands if todo.at)


def _minute(at: time) -> int:
    return at.hour * HOUR + at.minute


def _time(minute: int) -> time:
    return time(*divmod(min(minute, 24 * HOUR - 1), HOUR))
