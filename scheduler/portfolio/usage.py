"""Who has which place, hand-in and seat in a finished plan, and what refuses a step on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from scheduler.portfolio.demands import Body, Demand, Portfolio, Project, Sitting
from scheduler.portfolio.plan import Occupancy, PortfolioPlan, StepKey
from scheduler.portfolio.stretches import NO_DEMAND, acting, on_day, work_of
from scheduler.problem import Step


class RefusalKind(StrEnum):
    """What a step finds no room in on a day."""

    BENCH_FULL = "bench_full"
    OFFICERS_AWAY = "officers_away"
    OFFICER_FULL = "officer_full"
    NO_SITTING = "no_sitting"
    """None is offered where this one would need it."""
    SITTING_FULL = "sitting_full"
    ROOMS_TAKEN = "rooms_taken"
    MEMBER_BUSY = "member_busy"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step cannot be accepted on a day: the bench, officer or body, and the days there is no room.

    Units: ``days`` are points.
    """

    kind: RefusalKind
    who: str
    days: tuple[int, ...]


class Usage:
    """The room a plan uses, by day, with the steps that use it.

    A plan of the whole portfolio answers who holds a place; what ``occupancy`` books beside it only counts.
    A step the plan does not place uses nothing, so an empty plan tells what there is for a project alone.
    """

    def __init__(self, portfolio: Portfolio, plan: PortfolioPlan, occupancy: Occupancy | None = None) -> None:
        self.portfolio = portfolio
        self.plan = plan
        self.occupancy = occupancy or Occupancy()
        self.places = {bench.key: bench.places for bench in portfolio.benches}
        self.officers = {officer.key: officer.hand_ins for officer in portfolio.officers}
        self.bodies = {body.key: body for body in portfolio.bodies}
        self._on_bench: dict[str, dict[int, list[StepKey]]] = {}

    @cached_property
    def _steps(self) -> dict[str, list[tuple[StepKey, Step]]]:
        """The unfinished steps of every bench."""
        found: defaultdict[str, list[tuple[StepKey, Step]]] = defaultdict(list)
        for project in self.portfolio.projects:
            for step in project.problem.steps:
                bench = project.demands.get(step.key, NO_DEMAND).bench
                if bench is not None and step.finished is None:
                    found[bench].append(((project.key, step.key), step))
        return found

    @cached_property
    def _hand_ins(self) -> dict[tuple[str, int], list[StepKey]]:
        found: defaultdict[tuple[str, int], list[StepKey]] = defaultdict(list)
        for key, placed in self.plan.steps.items():
            if placed.officer is not None:
                found[placed.officer, placed.accept].append(key)
        return found

    @cached_property
    def _tables(self) -> dict[Sitting, dict[str, list[StepKey]]]:
        found: defaultdict[Sitting, dict[str, list[StepKey]]] = defaultdict(dict)
        for booked, half_day in self.occupancy.seats:
            found[half_day][booked] = []
        for project in self.portfolio.projects:
            for step in project.problem.steps:
                body = project.demands.get(step.key, NO_DEMAND).body
                placed = self.plan.steps.get((project.key, step.key))
                if body is None or placed is None or placed.sitting is None or step.finished is not None:
                    continue
                found[placed.sitting].setdefault(body, []).append((project.key, step.key))
        return found

    def at_bench(self, bench: str, day: int) -> list[StepKey]:
        """The steps a bench works on, on one day."""
        if bench not in self._on_bench:
            days: defaultdict[int, list[StepKey]] = defaultdict(list)
            for key, step in self._steps.get(bench, ()):
                placed = self.plan.steps.get(key)
                if placed is not None:
                    begin, end = work_of(self.portfolio.axis, placed.accept, step)
                    for on in range(begin + 1, end + 1):
                        days[on].append(key)
            self._on_bench[bench] = days
        return self._on_bench[bench].get(day, [])

    def by_officer(self, officer: str, day: int) -> list[StepKey]:
        """The steps an officer hands in on one day."""
        return self._hand_ins.get((officer, day), [])

    def at_sitting(self, body: str, sitting: Sitting) -> list[StepKey]:
        """The steps that share a sitting."""
        return self._tables.get(sitting, {}).get(body, [])

    def on_half_day(self, sitting: Sitting) -> Iterator[tuple[Body, list[StepKey]]]:
        """Every joint review that sits in one half-day, and what it has before it."""
        for body, users in self._tables.get(sitting, {}).items():
            if body in self.bodies:
                yield self.bodies[body], users

    # --- what refuses a step --------------------------------------------------------------------------

    def refusal(self, project: Project, step: Step, accept: int) -> Refusal | None:
        """What keeps a step from being accepted on a day, all others where they are; None if nothing does.

        Units: ``accept`` is a point.
        """
        demand = project.demands.get(step.key, NO_DEMAND)
        key = (project.key, step.key)
        begin, end = work_of(self.portfolio.axis, accept, step)
        return (
            self._bench_full(demand, key, begin, end)
            or self._officer_missing(project, demand, key, accept)
            or self._sitting_missing(demand, key, accept, end)
        )

    def _bench_full(self, demand: Demand, key: StepKey, begin: int, end: int) -> Refusal | None:
        bench = demand.bench
        if bench is None or bench not in self.places:
            return None
        full = tuple(day for day in range(begin + 1, end + 1) if self._is_full(bench, day, key))
        return Refusal(RefusalKind.BENCH_FULL, bench, full) if full else None

    def _is_full(self, bench: str, day: int, but: StepKey) -> bool:
        users = self.at_bench(bench, day)
        room = on_day(self.places[bench], day) - self.occupancy.at_bench(bench, day)
        return len(users) > room or (len(users) == room and but not in users)

    def _officer_missing(self, project: Project, demand: Demand, key: StepKey, accept: int) -> Refusal | None:
        if not demand.needs_officer or not project.officers:
            return None
        officer = acting(self.officers, project.officers, accept)
        if officer is None:
            return Refusal(RefusalKind.OFFICERS_AWAY, project.officers[0], (accept,))
        users = self.by_officer(officer, accept)
        taken = len(users) - (key in users) + self.occupancy.by_officer(officer, accept)
        if officer in self.officers and taken >= on_day(self.officers[officer], accept):
            return Refusal(RefusalKind.OFFICER_FULL, officer, (accept,))
        return None

    def _sitting_missing(self, demand: Demand, key: StepKey, accept: int, end: int) -> Refusal | None:
        body = self.bodies.get(demand.body) if demand.body is not None else None
        if body is None:
            return None
        first = accept + body.notice
        last = max(first, end - body.opinion)
        refused = None
        for sitting in body.sittings:
            if first <= sitting.point <= last:
                full = self.sitting_refusal(body, sitting, key)
                if full is None:
                    return None
                refused = refused or full
        return refused or Refusal(RefusalKind.NO_SITTING, body.key, (first,))

    def sitting_refusal(self, body: Body, sitting: Sitting, key: StepKey) -> Refusal | None:
        """Why a step cannot have a seat at an offered sitting; None if it can."""
        others = len([user for user in self.at_sitting(body.key, sitting) if user != key])
        held_open = self.occupancy.seats.get((body.key, sitting))
        others += held_open or 0
        if others or held_open is not None:
            is_full = others >= body.seats
            return Refusal(RefusalKind.SITTING_FULL, body.key, (sitting.point,)) if is_full else None
        tables = [
            other
            for other, users in self.on_half_day(sitting)
            if other is not body and (set(users) - {key} or (other.key, sitting) in self.occupancy.seats)
        ]
        if body.needs_room and sum(other.needs_room for other in tables) >= self.portfolio.rooms:
            return Refusal(RefusalKind.ROOMS_TAKEN, body.key, (sitting.point,))
        if any(set(body.members) & set(other.members) for other in tables):
            return Refusal(RefusalKind.MEMBER_BUSY, body.key, (sitting.point,))
        return None

    def holders(self, refusal: Refusal, *, but: StepKey) -> frozenset[str]:
        """The projects that have the room a step was refused."""
        return frozenset(project for project, step in self._holding(refusal) if (project, step) != but)

    def _holding(self, refusal: Refusal) -> list[StepKey]:
        kind, who, days = refusal.kind, refusal.who, refusal.days
        if kind is RefusalKind.BENCH_FULL:
            return [key for day in days for key in self.at_bench(who, day)]
        if kind is RefusalKind.OFFICER_FULL:
            return [key for day in days for key in self.by_officer(who, day)]
        if kind in (RefusalKind.OFFICERS_AWAY, RefusalKind.NO_SITTING):
            return []
        body = self.bodies[who]
        halves = [sitting for sitting in body.sittings if sitting.point in days]
        if kind is RefusalKind.SITTING_FULL:
            return [key for sitting in halves for key in self.at_sitting(who, sitting)]
        return [key for sitting in halves for _, users in self.on_half_day(sitting) for key in users]
