"""Who uses what on which day, and where too many do: benches, officers, sittings, rooms and members.

What has begun or is kept may fill a bench, or an officer's day, beyond its places by itself; then nothing
free may use that day. A sitting is different: nobody can be in two places, so of what is kept one must move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from itertools import pairwise

from scheduler.portfolio.demands import Body, Portfolio, Sitting
from scheduler.portfolio.faults import Fault, FaultKind
from scheduler.portfolio.plan import Occupancy, StepKey
from scheduler.portfolio.stretches import on_day

_Stretch = tuple[int, int, StepKey, bool]
"""Begin and end of work on a bench, whose it is, and whether it lies there freely."""


class Firmness(IntEnum):
    """How firmly a step has its sitting: chosen by the planner, kept, or over (or booked by others)."""

    FREE = 0
    KEPT = 1
    OVER = 2


@dataclass(slots=True)
class Users:
    """Who shares one day of an officer, or one sitting: how many, and which of them by how firm they are."""

    count: int = 0
    free: list[StepKey] = field(default_factory=list)
    kept: list[StepKey] = field(default_factory=list)

    def add(self, who: StepKey, firmness: Firmness) -> None:
        """One more."""
        self.count += 1
        if firmness is not Firmness.OVER:
            (self.kept if firmness is Firmness.KEPT else self.free).append(who)

    @property
    def settled(self) -> int:
        """How many are there whatever the planner chose."""
        return self.count - len(self.free)

    @property
    def firmness(self) -> Firmness:
        """How firm the whole sitting is: as firm as its firmest user."""
        if self.count > len(self.free) + len(self.kept):
            return Firmness.OVER
        return Firmness.KEPT if self.kept else Firmness.FREE

    @property
    def blamed(self) -> list[StepKey]:
        """Who should have gone elsewhere: what lies freely, or else what is kept."""
        return self.free or self.kept


class Crowd:
    """Everything a plan uses, collected step by step, beside what others have booked. Units: points."""

    def __init__(self, portfolio: Portfolio, occupancy: Occupancy) -> None:
        self.portfolio = portfolio
        self.bodies = {body.key: body for body in portfolio.bodies}
        self.benches: defaultdict[str, list[_Stretch]] = defaultdict(list)
        self.hand_ins: defaultdict[tuple[str, int], Users] = defaultdict(Users)
        self.halves: dict[Sitting, dict[str, Users]] = {}
        self.others = occupancy

    def sit(self, body: str, sitting: Sitting, who: StepKey, firmness: Firmness) -> None:
        """One more at a table."""
        self.tables(sitting).setdefault(body, Users()).add(who, firmness)

    def tables(self, sitting: Sitting) -> dict[str, Users]:
        """Who sits in one half-day, by joint review: what others have opened, and what the plan adds."""
        if sitting not in self.halves:
            opened = ((body, self.others.seats.get((body, sitting))) for body in self.bodies)
            self.halves[sitting] = {body: Users(count) for body, count in opened if count is not None}
        return self.halves[sitting]

    def has_room(self, key: str, sitting: Sitting) -> bool:
        """Whether a kept step could sit here, among all that is settled: a seat, a room, every member."""
        body, tables = self.bodies[key], self.tables(sitting)
        if key in tables and tables[key].settled:
            return tables[key].settled < body.seats
        settled = [
            self.bodies[other] for other, users in tables.items() if users.settled and other in self.bodies
        ]
        if body.needs_room and sum(other.needs_room for other in settled) >= self.portfolio.rooms:
            return False
        return not any(set(body.members) & set(other.members) for other in settled)

    def faults(self) -> Iterator[Fault]:
        """Every day, officer and sitting with more users than room, one fault for each step to blame."""
        yield from self._benches()
        yield from self._officers()
        for sitting, tables in self.halves.items():
            known = [(self.bodies[key], users) for key, users in tables.items() if key in self.bodies]
            yield from self._seats(sitting, known)
            yield from self._rooms(sitting, known)
            if len(known) > 1:
                yield from self._members(sitting, known)

    def _benches(self) -> Iterator[Fault]:
        for bench in self.portfolio.benches:
            stretches = self.benches.get(bench.key, [])
            booked = partial(self.others.at_bench, bench.key)
            overfull = _overfull(bench.places, stretches, booked, self.portfolio.today)
            days = sorted(overfull)
            for begin, end, (project, step), is_free in stretches if days else ():
                day = next((day for day in days if begin < day <= end), None) if is_free else None
                if day is not None:
                    used, places = overfull[day]
                    facts = {
                        "bench": bench.key,
                        "day": self.portfolio.day(day),
                        "used": used,
                        "places": places,
                    }
                    yield Fault(FaultKind.BENCH_OVERFULL, project, step, facts)

    def _officers(self) -> Iterator[Fault]:
        known = {officer.key: officer.hand_ins for officer in self.portfolio.officers}
        for (officer, day), users in self.hand_ins.items():
            if officer not in known or not users.free:
                continue
            used, places = users.count + self.others.by_officer(officer, day), on_day(known[officer], day)
            if used > places:
                facts = {
                    "officer": officer,
                    "day": self.portfolio.day(day),
                    "used": used,
                    "places": places,
                }
                yield from (Fault(FaultKind.OFFICER_OVERFULL, *who, facts) for who in users.free)

    def _seats(self, sitting: Sitting, tables: list[tuple[Body, Users]]) -> Iterator[Fault]:
        for body, users in tables:
            if users.count > body.seats:
                facts = self._facts(body, sitting) | {"used": users.count, "places": body.seats}
                yield from (Fault(FaultKind.SITTING_OVERFULL, *who, facts) for who in users.blamed)

    def _rooms(self, sitting: Sitting, tables: list[tuple[Body, Users]]) -> Iterator[Fault]:
        seated = [(body, users) for body, users in tables if body.needs_room]
        if len(seated) <= self.portfolio.rooms:
            return
        weakest = min(users.firmness for _, users in seated)
        for body, users in seated:
            if users.firmness is weakest:
                facts = self._facts(body, sitting) | {"used": len(seated), "places": self.portfolio.rooms}
                yield from (Fault(FaultKind.ROOMS_OVERFULL, *who, facts) for who in users.blamed)

    def _members(self, sitting: Sitting, tables: list[tuple[Body, Users]]) -> Iterator[Fault]:
        for body, users in tables:
            for other, others in tables:
                twice = sorted(set(body.members) & set(other.members))
                if other is not body and twice and users.firmness <= others.firmness:
                    facts = self._facts(body, sitting) | {"member": twice[0], "other": other.key}
                    yield from (Fault(FaultKind.MEMBER_TWICE, *who, facts) for who in users.blamed)
                    break

    def _facts(self, body: Body, sitting: Sitting) -> dict[str, object]:
        return {"body": body.key, "day": self.portfolio.day(sitting.point), "half": sitting.half}


def _overfull(
    places: int | Sequence[int], stretches: Sequence[_Stretch], booked: Callable[[int], int], today: int
) -> dict[int, tuple[int, int]]:
    """The days from tomorrow on with more cases than places, some of them ours: (cases, places) by day."""
    change: defaultdict[int, int] = defaultdict(int)
    for begin, end, _, _ in stretches:
        if end > today:
            change[max(begin, today) + 1] += 1
            change[end + 1] -= 1
    found = {}
    ours = 0
    for turn, following in pairwise(sorted(change)):
        ours += change[turn]
        for day in range(turn, following if ours else turn):
            if (used := ours + booked(day)) > (room := on_day(places, day)):
                found[day] = (used, room)
    return found
