"""From the planner's points back to civil days: every step of every project, and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from projects.rules.bookings import HeldBy
from projects.rules.county import LiveProject
from projects.rules.county_portfolio import Built
from projects.rules.portfolio_days import HalfDay, ProjectDays, StepDays, Wait
from scheduler.portfolio.demands import Demand, Project
from scheduler.portfolio.plan import Occupancy, Placed, PortfolioPlan, work_days
from scheduler.portfolio.stretches import NO_DEMAND, acting, along, floor_of, on_day
from scheduler.problem import Gate, Step


def read_plan(
    built: Built, plan: PortfolioPlan, *, others: Occupancy | None = None
) -> tuple[ProjectDays, ...]:
    """A plan as the office reads it, project by project.

    Shape: ``others`` is what projects outside this plan have booked.
    """
    reader = _Reader(built, plan, others or Occupancy())
    return tuple(
        reader.project(live, project)
        for live, project in zip(built.projects, built.portfolio.projects, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """One step, where it lies, and when it was ready. Units: points."""

    step: Step
    demand: Demand
    placed: Placed
    ready: int


class _Reader:
    def __init__(self, built: Built, plan: PortfolioPlan, others: Occupancy) -> None:
        self.built, self.plan, self.others = built, plan, others
        self.portfolio, self.axis = built.portfolio, built.axis
        self.own = Occupancy.of(built.portfolio, plan)
        self.places = {bench.key: bench.places for bench in built.portfolio.benches}
        self.hand_ins = {officer.key: officer.hand_ins for officer in built.portfolio.officers}

    def project(self, live: LiveProject, project: Project) -> ProjectDays:
        ready = _ready(project, self.plan.steps, self.built)
        steps = {
            step.key: self._step(
                project,
                _Held(
                    step,
                    project.demands.get(step.key, NO_DEMAND),
                    self.plan.steps[project.key, step.key],
                    ready[step.key],
                ),
            )
            for step in project.problem.steps
        }
        return ProjectDays(project_id=live.id, revision=live.revision, steps=steps)

    def _step(self, project: Project, held: _Held) -> StepDays:
        step, demand, placed = held.step, held.demand, held.placed
        on = self.axis.date_of
        days = work_days(self.portfolio, step, placed.accept)
        takes_a_place = demand.bench is not None and bool(days) and step.finished is None
        return StepDays(
            start_on=on(placed.start),
            accept_on=on(placed.accept),
            end_on=on(placed.own_end),
            finish_on=on(placed.finish),
            department=demand.bench if takes_a_place else None,
            work_first_on=on(days[0]) if takes_a_place else None,
            work_last_on=on(days[-1]) if takes_a_place else None,
            wait=self._wait(project, held),
            group=demand.body,
            sitting=None
            if placed.sitting is None
            else HalfDay(on(placed.sitting.point), placed.sitting.half),
            officer=None if placed.officer is None else int(placed.officer),
            has_begun=step.began is not None,
        )

    def _wait(self, project: Project, held: _Held) -> Wait | None:
        """What stands between the day a step is prepared and the day it is accepted; None for no days."""
        days = held.placed.accept - held.ready
        if held.step.accepted is not None or held.step.finished is not None or days <= 0:
            return None
        return Wait(*self._holder(project, held), days)

    def _holder(self, project: Project, held: _Held) -> tuple[str, str]:
        demand = held.demand
        if demand.bench is not None and self._is_full(demand.bench, held):
            return HeldBy.BENCH.value, demand.bench
        if demand.needs_officer and self._is_away(project, held.ready):
            return HeldBy.OFFICER.value, project.officers[0]
        if demand.body is not None:
            return HeldBy.SITTING.value, demand.body
        return HeldBy.NOTHING.value, ""

    def _is_full(self, bench: str, held: _Held) -> bool:
        """Whether nobody of the bench was free for it from the day it was ready."""
        own = work_days(self.portfolio, held.step, held.placed.accept)
        for day in work_days(self.portfolio, held.step, held.ready):
            used = self.own.at_bench(bench, day) + self.others.at_bench(bench, day)
            if used - (day in own) >= on_day(self.places[bench], day):
                return True
        return False

    def _is_away(self, project: Project, point: int) -> bool:
        officer = acting(self.hand_ins, project.officers, point)
        if officer is None:
            return bool(project.officers)
        if officer not in self.hand_ins:
            return False
        used = self.own.by_officer(officer, point) + self.others.by_officer(officer, point)
        return used >= on_day(self.hand_ins[officer], point)


def _ready(project: Project, placed: Mapping[tuple[str, str], Placed], built: Built) -> dict[str, int]:
    """When each step could be accepted as far as its own project and preparation count. Units: points."""
    portfolio = built.portfolio
    gates: dict[str, int] = {}
    for precedence in project.problem.precedences:
        if precedence.gate is Gate.ACCEPT:
            finish = placed[project.key, precedence.predecessor].finish
            gates[precedence.successor] = max(finish, gates.get(precedence.successor, finish))
    found = {}
    for i, step in enumerate(project.problem.steps):
        start = placed[project.key, step.key].start
        ready = along(portfolio.axis, start, step.preparation)
        if step.began is not None:
            ready = max(ready, portfolio.today, gates.get(step.key, ready))
        else:
            ready = max(ready, floor_of(portfolio, project, i))
        found[step.key] = ready
    return found
