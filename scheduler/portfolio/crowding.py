"""Who uses what on which day, and where too many do: benches, officers, sittings, rooms and members.

What has begun or is kept may fill a day beyond its places by itself; then nothing else may use that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scheduler.portfolio.demands import Body, Portfolio, Sitting
from scheduler.portfolio.faults import Fault, FaultKind
from scheduler.portfolio.plan import StepKey
from scheduler.portfolio.stretches import on_day

_Stretch = tuple[int, int, StepKey, bool]
"""Begin and end of work on a bench, whose it is, and whether it lies there freely."""


@dataclass(slots=True)
class Users:
    """Who shares one day of an officer, or one sitting: how many, and which of them lie there freely."""

    count: int = 0
    free: list[StepKey] = field(default_factory=list)

    def add(self, who: StepKey, is_free: bool) -> None:
        """One more."""
        self.count += 1
        if is_free:
            self.free.append(who)


@dataclass(slots=True)
class Crowd:
    """Everything a plan uses, collected step by step. Units: points."""

    benches: defaultdict[str, list[_Stretch]] = field(default_factory=lambda: defaultdict(list))
    hand_ins: defaultdict[tuple[str, int], Users] = field(default_factory=lambda: defaultdict(Users))
    sittings: defaultdict[tuple[str, Sitting], Users] = field(default_factory=lambda: defaultdict(Users))


def faults_of(portfolio: Portfolio, crowd: Crowd) -> Iterator[Fault]:
    """Every day, officer and sitting with more users than room, one fault for each free step there."""
    yield from _benches(portfolio, crowd)
    yield from _officers(portfolio, crowd)
    yield from _seats(portfolio, crowd)
    yield from _half_days(portfolio, crowd)


def _benches(portfolio: Portfolio, crowd: Crowd) -> Iterator[Fault]:
    for bench in portfolio.benches:
        stretches = crowd.benches.get(bench.key)
        if not stretches:
            continue
        overfull = _overfull(bench.places, stretches, portfolio.today)
        if not overfull:
            continue
        days = sorted(overfull)
        for begin, end, (project, step), is_free in stretches:
            day = next((day for day in days if begin < day <= end), None) if is_free else None
            if day is not None:
                used, places = overfull[day]
                facts = {"bench": bench.key, "day": _on(portfolio, day), "used": used, "places": places}
                yield Fault(FaultKind.BENCH_OVERFULL, project, step, facts)


def _overfull(
    places: int | Sequence[int], stretches: list[_Stretch], today: int
) -> dict[int, tuple[int, int]]:
    """The days from tomorrow on with more cases than places: (cases, places) by day."""
    change: defaultdict[int, int] = defaultdict(int)
    for begin, end, _, _ in stretches:
        if end > today:
            change[max(begin, today) + 1] += 1
            change[end + 1] -= 1
    found = {}
    used, turns = 0, sorted(change)
    for turn, following in pairwise(turns):
        used += change[turn]
        if used:
            for day in range(turn, following):
                if used > (room := on_day(places, day)):
                    found[day] = (used, room)
    return found


def _officers(portfolio: Portfolio, crowd: Crowd) -> Iterator[Fault]:
    known = {officer.key: officer.hand_ins for officer in portfolio.officers}
    for (officer, day), users in crowd.hand_ins.items():
        if officer not in known or not users.free:
            continue
        places = on_day(known[officer], day)
        if users.count <= places:
            continue
        for project, step in users.free:
            facts = {"officer": officer, "day": _on(portfolio, day), "used": users.count, "places": places}
            yield Fault(FaultKind.OFFICER_OVERFULL, project, step, facts)


def _seats(portfolio: Portfolio, crowd: Crowd) -> Iterator[Fault]:
    bodies = {body.key: body for body in portfolio.bodies}
    for (key, sitting), users in crowd.sittings.items():
        if key not in bodies or users.count <= bodies[key].seats:
            continue
        for project, step in users.free:
            facts = _sitting_facts(portfolio, key, sitting)
            facts |= {"used": users.count, "places": bodies[key].seats}
            yield Fault(FaultKind.SITTING_OVERFULL, project, step, facts)


def _half_days(portfolio: Portfolio, crowd: Crowd) -> Iterator[Fault]:
    """Rooms, and members who would sit at two tables in one half-day.

    A sitting that somebody begun or kept has opened is open anyway; who joins it takes no room more.
    """
    bodies = {body.key: body for body in portfolio.bodies}
    halves: defaultdict[Sitting, list[tuple[Body, Users]]] = defaultdict(list)
    for (key, sitting), users in crowd.sittings.items():
        if key in bodies:
            halves[sitting].append((bodies[key], users))
    for sitting, tables in halves.items():
        if len(tables) > 1 or portfolio.rooms < 1:
            yield from _rooms(portfolio, sitting, tables)
            yield from _members(portfolio, sitting, tables)


def _rooms(portfolio: Portfolio, sitting: Sitting, tables: list[tuple[Body, Users]]) -> Iterator[Fault]:
    seated = [(body, users) for body, users in tables if body.needs_room]
    if len(seated) <= portfolio.rooms:
        return
    for body, users in seated:
        if users.count == len(users.free):
            facts = _sitting_facts(portfolio, body.key, sitting)
            facts |= {"used": len(seated), "places": portfolio.rooms}
            yield from (Fault(FaultKind.ROOMS_OVERFULL, *who, facts) for who in users.free)


def _members(portfolio: Portfolio, sitting: Sitting, tables: list[tuple[Body, Users]]) -> Iterator[Fault]:
    for body, users in tables:
        if users.count != len(users.free):
            continue
        for other, _ in tables:
            twice = sorted(set(body.members) & set(other.members)) if other is not body else []
            if twice:
                facts = _sitting_facts(portfolio, body.key, sitting)
                facts |= {"member": twice[0], "other": other.key}
                yield from (Fault(FaultKind.MEMBER_TWICE, *who, facts) for who in users.free)
                break


def _sitting_facts(portfolio: Portfolio, body: str, sitting: Sitting) -> dict[str, object]:
    return {"body": body, "day": _on(portfolio, sitting.point), "half": sitting.half}


def _on(portfolio: Portfolio, point: int) -> object:
    day = portfolio.axis.date_of(point)
    return point if day is None else day
