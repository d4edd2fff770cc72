"""The proof: re-tests any plan against its portfolio, rule by rule, sharing no code with a solver.

It reads the demands, the plan and the axis, nothing else. An empty answer means: proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.portfolio.crowding import Crowd, Firmness
from scheduler.portfolio.demands import Body, Demand, Portfolio, Project, Sitting, is_kept
from scheduler.portfolio.faults import Fault, FaultKind
from scheduler.portfolio.plan import Occupancy, Placed, PortfolioPlan, StepKey
from scheduler.portfolio.stretches import NO_DEMAND, acting, along, floor_of, work_of
from scheduler.problem import Gate, Step

_NEVER = -(1 << 40)


@dataclass(slots=True)
class _Case:
    """One step under test, with all that its rules ask for.

    ``held`` is the day its accept gates and its project let it start, ``issued`` the day its issue gates let
    it finish, ``ready`` the first day it can be accepted as far as only these and its preparation count.
    """

    project: Project
    step: Step
    demand: Demand
    placed: Placed
    held: int
    issued: int
    ready: int
    worked: int
    is_accepted: bool
    is_kept: bool
    is_moved: bool = False

    @property
    def key(self) -> StepKey:
        """Its project's key and its own."""
        return self.project.key, self.step.key


def check(portfolio: Portfolio, plan: PortfolioPlan, occupancy: Occupancy | None = None) -> tuple[Fault, ...]:
    """Every rule of the portfolio that a plan breaks; empty where it breaks none.

    ``occupancy`` is what projects outside this portfolio have booked beside it.

    Shape: the faults of each step in the order of projects and steps, then those of days shared by too many.
    """
    return tuple(_Proof(portfolio, plan, occupancy or Occupancy()).faults())


class _Proof:
    """One run over a plan."""

    def __init__(self, portfolio: Portfolio, plan: PortfolioPlan, occupancy: Occupancy) -> None:
        self.portfolio = portfolio
        self.plan = plan
        self.bodies: dict[str, Body] = {body.key: body for body in portfolio.bodies}
        self.officers: dict[str, int | Sequence[int]] = {
            officer.key: officer.hand_ins for officer in portfolio.officers
        }
        self.crowd = Crowd(portfolio, occupancy)
        self.moved: list[_Case] = []

    def faults(self) -> Iterator[Fault]:
        """All of them."""
        known = 0
        for project in self.portfolio.projects:
            known += len(project.problem.steps)
            missing = [
                step.key for step in project.problem.steps if (project.key, step.key) not in self.plan.steps
            ]
            if missing:
                yield from (Fault(FaultKind.STEP_MISSING, project.key, key, {}) for key in missing)
            else:
                yield from self._project(project)
        if known != len(self.plan.steps) or self.plan.forced:
            yield from self._unknown()
        for case in self.moved:
            yield from self._move(case)
        yield from self.crowd.faults()

    def _unknown(self) -> Iterator[Fault]:
        asked = {(p.key, step.key) for p in self.portfolio.projects for step in p.problem.steps}
        for key in (*self.plan.steps, *sorted(self.plan.forced - set(self.plan.steps))):
            if key not in asked:
                yield Fault(FaultKind.STEP_UNKNOWN, *key, {})

    def _project(self, project: Project) -> Iterator[Fault]:
        places = self.plan.steps
        held, issued = _gates(project, places)
        forced = self.plan.forced
        for i, step in enumerate(project.problem.steps):
            key = (project.key, step.key)
            placed = places[key]
            if step.finished is not None:
                yield from self._finished(project, step, placed)
                if forced and key in forced:
                    yield Fault(FaultKind.NAMED_WITHOUT_MOVE, *key, {})
                continue
            case = self._case(project, i, step, held.get(step.key, _NEVER), issued.get(step.key, _NEVER))
            self._collect(case)
            yield from self._arithmetic(case)
            yield from self._handing_in(case)
            if case.demand.body is not None or placed.sitting is not None:
                yield from self._sitting(case)
            if case.is_kept or (forced and key in forced) or case.demand.sitting is not None:
                self._keeping(case)

    def _case(self, project: Project, i: int, step: Step, held: int, issued: int) -> _Case:
        portfolio, axis = self.portfolio, self.portfolio.axis
        placed = self.plan.steps[project.key, step.key]
        demand = project.demands.get(step.key, NO_DEMAND)
        if step.accepted is not None:
            ready = step.accepted
        elif step.started is not None:
            ready = max(along(axis, step.started, step.preparation), held, portfolio.today)
        else:
            held = max(held, floor_of(portfolio, project, i))
            ready = along(axis, held, step.preparation)
        begin, worked = work_of(axis, placed.accept, step)
        case = _Case(
            project,
            step,
            demand,
            placed,
            held,
            issued,
            ready,
            worked,
            is_accepted=step.accepted is not None,
            is_kept=is_kept(portfolio, step, demand),
        )
        if demand.bench is not None and worked > begin:
            taken = self.crowd.benches[demand.bench]
            taken.append((begin, worked, (project.key, step.key), self._is_free(case)))
        return case

    def _is_free(self, case: _Case) -> bool:
        """Whether the planner chose the day itself: nothing happened, and nothing is kept."""
        if case.is_accepted:
            return False
        return not (case.is_kept and case.placed.accept == case.demand.planned)

    def _seat(self, case: _Case) -> Firmness:
        """How firmly a step has its sitting."""
        if (case.is_accepted or not self._is_free(case)) and case.demand.sitting == case.placed.sitting:
            sitting = case.placed.sitting
            is_over = case.is_accepted and sitting is not None and sitting.point <= self.portfolio.today
            return Firmness.OVER if is_over else Firmness.KEPT
        return Firmness.FREE

    def _collect(self, case: _Case) -> None:
        placed, who = case.placed, (case.project.key, case.step.key)
        if placed.officer is not None:
            firmness = Firmness.FREE if self._is_free(case) else Firmness.KEPT
            self.crowd.hand_ins[placed.officer, placed.accept].add(who, firmness)
        if placed.sitting is not None and case.demand.body is not None:
            self.crowd.sit(case.demand.body, placed.sitting, who, self._seat(case))

    # --- what has happened, and the arithmetic of the rest ------------------------------------------

    def _finished(self, project: Project, step: Step, placed: Placed) -> Iterator[Fault]:
        start = step.finished if step.began is None else step.began
        accept = start if step.accepted is None else step.accepted
        found = (placed.start, placed.accept, placed.finish)
        yield from self._stayed(project, step, found, (start, accept, step.finished))

    def _stayed(
        self,
        project: Project,
        step: Step,
        found: tuple[int | None, ...],
        expected: tuple[int | None, ...],
    ) -> Iterator[Fault]:
        for what, ours, wanted in zip(("start", "accept", "finish"), found, expected, strict=False):
            if ours != wanted and wanted is not None and ours is not None:
                facts = {
                    "what": what,
                    "expected": self.portfolio.day(wanted),
                    "found": self.portfolio.day(ours),
                }
                yield Fault(FaultKind.ACTUAL_MOVED, project.key, step.key, facts)

    def _arithmetic(self, case: _Case) -> Iterator[Fault]:
        placed, step = case.placed, case.step
        if step.began is not None:
            yield from self._stayed(
                case.project, step, (placed.start, placed.accept), (step.began, step.accepted)
            )
        elif placed.start != case.held:
            yield self._fault(FaultKind.WRONG_START, case, expected=case.held, found=placed.start)
        if not case.is_accepted and placed.accept < case.ready:
            yield self._fault(FaultKind.ACCEPTED_TOO_SOON, case, expected=case.ready, found=placed.accept)
        yield from self._end(case)

    def _end(self, case: _Case) -> Iterator[Fault]:
        placed, step = case.placed, case.step
        own_end = case.worked
        body = self.bodies.get(case.demand.body) if case.demand.body is not None else None
        if body is not None and placed.sitting is not None:
            own_end = max(own_end, placed.sitting.point + body.opinion)
        if placed.own_end != own_end:
            yield self._fault(FaultKind.WRONG_OWN_END, case, expected=own_end, found=placed.own_end)
        finish = max(placed.own_end, case.issued)
        if step.began is not None:
            finish = max(finish, self.portfolio.today)
        if placed.finish != finish:
            yield self._fault(FaultKind.WRONG_FINISH, case, expected=finish, found=placed.finish)
        if case.is_accepted:
            return
        horizon, deadline = self.portfolio.horizon, case.demand.deadline
        if placed.finish > horizon:
            yield self._fault(FaultKind.BEYOND_HORIZON, case, horizon=horizon, found=placed.finish)
        if deadline is not None and placed.finish > deadline:
            yield self._fault(FaultKind.DEADLINE_MISSED, case, deadline=deadline, found=placed.finish)

    # --- officers and sittings ----------------------------------------------------------------------

    def _handing_in(self, case: _Case) -> Iterator[Fault]:
        """A hands in, B only where A is away. What stays where it is keeps its day whoever is there."""
        placed, pair = case.placed, case.project.officers
        if case.is_accepted:
            return
        if not case.demand.needs_officer or not pair:
            if placed.officer is not None:
                yield self._fault(FaultKind.WRONG_OFFICER, case, day=placed.accept, expected="—")
            return
        expected = acting(self.officers, pair, placed.accept)
        if expected is None:
            if self._is_free(case):
                yield self._fault(FaultKind.NOBODY_HANDS_IN, case, day=placed.accept)
        elif placed.officer is None:
            yield self._fault(FaultKind.NOBODY_HANDS_IN, case, day=placed.accept)
        elif placed.officer != expected:
            yield self._fault(FaultKind.WRONG_OFFICER, case, day=placed.accept, expected=expected)

    def _sitting(self, case: _Case) -> Iterator[Fault]:
        demand, sitting = case.demand, case.placed.sitting
        if demand.body is None:
            if sitting is not None:
                yield self._fault(FaultKind.SITTING_UNWANTED, case, day=sitting.point)
            return
        if sitting is None:
            yield self._fault(FaultKind.SITTING_MISSING, case, body=demand.body)
            return
        firmness = self._seat(case)
        if firmness is Firmness.OVER:
            return
        body = self.bodies.get(demand.body)
        if body is None or sitting not in body.offered:
            yield self._fault(
                FaultKind.SITTING_NOT_ALLOWED, case, body=demand.body, day=sitting.point, half=sitting.half
            )
        if body is not None and not (firmness is Firmness.KEPT and case.is_accepted):
            yield from self._sitting_day(case, body, sitting)

    def _sitting_day(self, case: _Case, body: Body, sitting: Sitting) -> Iterator[Fault]:
        accept = case.placed.accept
        first = max(accept + body.notice, self.portfolio.today)
        if sitting.point < first:
            yield self._fault(
                FaultKind.SITTING_TOO_SOON, case, body=body.key, expected=first, found=sitting.point
            )
        latest = max(case.worked, accept + body.notice + body.opinion)
        if not case.is_accepted and self._is_free(case) and sitting.point + body.opinion > latest:
            yield self._fault(
                FaultKind.SITTING_TOO_LATE, case, body=body.key, accept=accept, found=sitting.point
            )

    # --- what is kept -------------------------------------------------------------------------------

    def _keeping(self, case: _Case) -> None:
        """Note a kept step that lies elsewhere, or one that is named as forced, for when all are placed."""
        demand, placed = case.demand, case.placed
        is_moved = case.is_kept and placed.accept != demand.planned
        if (case.is_kept or case.is_accepted) and demand.sitting is not None and demand.body is not None:
            is_moved = is_moved or placed.sitting != demand.sitting
        if is_moved or case.key in self.plan.forced:
            case.is_moved = is_moved
            self.moved.append(case)

    def _move(self, case: _Case) -> Iterator[Fault]:
        is_named = case.key in self.plan.forced
        if not case.is_moved:
            yield self._fault(FaultKind.NAMED_WITHOUT_MOVE, case)
        elif not self._is_impossible(case):
            yield self._fault(FaultKind.KEPT_MOVED, case, **_way(case))
        elif not is_named:
            yield self._fault(FaultKind.MOVE_NOT_NAMED, case, **_way(case))

    def _is_impossible(self, case: _Case) -> bool:
        """Whether a step cannot stay: what it waits for is late, its day is over, or its sitting is gone."""
        demand, planned = case.demand, case.placed.accept
        if case.is_kept and demand.planned is not None:
            planned = demand.planned
            if case.ready > planned or planned > self.portfolio.horizon:
                return True
        if demand.sitting is None or demand.body is None:
            return False
        body = self.bodies.get(demand.body)
        if body is None:
            return True
        if case.is_accepted and demand.sitting.point <= self.portfolio.today:
            return False
        if demand.sitting not in body.offered or demand.sitting.point < planned + body.notice:
            return True
        return not self.crowd.has_room(body.key, demand.sitting)

    # --- words --------------------------------------------------------------------------------------

    def _fault(self, kind: FaultKind, case: _Case, **facts: object) -> Fault:
        day = self.portfolio.day
        told = {
            name: day(fact) if name in _DAYS and isinstance(fact, int) else fact
            for name, fact in facts.items()
        }
        if kind is FaultKind.WRONG_OFFICER:
            told["found"] = case.placed.officer
        return Fault(kind, case.project.key, case.step.key, told)


def _way(case: _Case) -> dict[str, int]:
    """From which day to which a kept step, or else its sitting, has moved."""
    demand, placed = case.demand, case.placed
    if case.is_kept and demand.planned is not None and placed.accept != demand.planned:
        return {"expected": demand.planned, "found": placed.accept}
    expected = placed.accept if demand.sitting is None else demand.sitting.point
    return {"expected": expected, "found": placed.accept if placed.sitting is None else placed.sitting.point}


_DAYS = frozenset({"expected", "found", "day", "accept", "horizon", "deadline"})


def _gates(project: Project, places: Mapping[StepKey, Placed]) -> tuple[dict[str, int], dict[str, int]]:
    """The day each step's accept gates, and its issue gates, let it go; only of steps that have some."""
    held: dict[str, int] = {}
    issued: dict[str, int] = {}
    key = project.key
    for precedence in project.problem.precedences:
        day = places[key, precedence.predecessor].finish + precedence.tail
        gates = issued if precedence.gate is Gate.ISSUE else held
        if day > gates.get(precedence.successor, _NEVER):
            gates[precedence.successor] = day
    return held, issued
