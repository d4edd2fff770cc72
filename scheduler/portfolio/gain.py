"""What handling in parallel gains, in working days, and how far a plan is from what cannot be beaten.

Three lengths of each project, from the same first day: one step after another; as planned; and as early as
its gates allow with every place free, which no plan can beat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from scheduler.graph import ancestors
from scheduler.period import Basis
from scheduler.portfolio.demands import Body, Demand, Portfolio, Project, is_kept
from scheduler.portfolio.plan import PortfolioPlan
from scheduler.portfolio.stretches import NO_DEMAND, along, floor_of, on_day, work_of
from scheduler.problem import Gate, Step


@dataclass(frozen=True, slots=True)
class ProjectGain:
    """One project's way to its target: serial, planned, and the bound.

    Units: points; lengths in working days.
    """

    project: str
    begin: int
    serial_end: int
    planned_end: int
    bound_end: int

    @property
    def gained(self) -> int:
        """How many working days the plan is shorter than one step after another."""
        return self.serial_end - self.planned_end

    @property
    def possible(self) -> int:
        """How many working days could be gained at most."""
        return self.serial_end - self.bound_end

    @property
    def within(self) -> int:
        """How many working days the plan is from what no plan can beat."""
        return self.planned_end - self.bound_end


@dataclass(frozen=True, slots=True)
class BenchBound:
    """How soon a bench can have worked on everything it is asked for, however well it is planned.

    ``case_days`` is the work still to be placed (what is kept stays, and may overfill its days),
    ``bound_end`` the first day it can all be done by (None: not before the horizon), ``planned_end`` the last
    day the plan works on any of it.

    Units: points; work in days of one case on one place.
    """

    bench: str
    case_days: int
    _: KW_ONLY
    first: int
    bound_end: int | None
    planned_end: int

    @property
    def within(self) -> int | None:
        """How many working days the plan is from the bound; None where there is no such day."""
        return None if self.bound_end is None else self.planned_end - self.bound_end


@dataclass(frozen=True, slots=True)
class Gain:
    """The whole portfolio: every project, every bench, and the sums."""

    projects: tuple[ProjectGain, ...]
    benches: tuple[BenchBound, ...]

    @property
    def gained(self) -> int:
        """Working days gained, all projects together."""
        return sum(project.gained for project in self.projects)

    @property
    def possible(self) -> int:
        """Working days that could be gained at most, all projects together."""
        return sum(project.possible for project in self.projects)

    @property
    def within(self) -> int:
        """Working days between the plan and the bound, all projects together."""
        return sum(project.within for project in self.projects)


def gain(portfolio: Portfolio, plan: PortfolioPlan) -> Gain:
    """What the plan gains against one step after another, with what proves how good it is.

    Source: PR-6 for handling in parallel.
    """
    bodies = {body.key: body for body in portfolio.bodies}
    exact = {project.key: earliest(portfolio, project) for project in portfolio.projects}
    projects = tuple(
        ProjectGain(
            project.key,
            project.release,
            _serial_end(portfolio, project, bodies),
            plan.steps[project.key, project.target].finish,
            exact[project.key][project.target].finish,
        )
        for project in portfolio.projects
    )
    return Gain(projects, tuple(_benches(portfolio, plan, exact)))


@dataclass(frozen=True, slots=True)
class Soonest:
    """The earliest a step can be accepted and finish, with every place free. Units: points."""

    accept: int
    finish: int


def earliest(portfolio: Portfolio, project: Project) -> dict[str, Soonest]:
    """How early each step can be with every place, officer and seat free: no plan is earlier.

    What has happened stays; sittings are those that are offered.
    """
    bodies = {body.key: body for body in portfolio.bodies}
    found: dict[str, Soonest] = {}
    held: dict[str, int] = {}
    issued: dict[str, int] = {}
    gates: dict[str, list[tuple[str, Gate, int]]] = {}
    for precedence in project.problem.precedences:
        after = (precedence.successor, precedence.gate, precedence.tail)
        gates.setdefault(precedence.predecessor, []).append(after)
    for i, *_ in project.problem.rows:
        step = project.problem.steps[i]
        floor = max(held.get(step.key, portfolio.today), portfolio.today)
        if step.began is None:
            floor = max(floor, floor_of(portfolio, project, i))
        soonest = _soonest(portfolio, step, project.demands.get(step.key, NO_DEMAND), bodies, floor)
        finish = soonest.finish
        if step.finished is None:
            finish = max(finish, issued.get(step.key, finish))
        found[step.key] = Soonest(soonest.accept, finish)
        for successor, gate, tail in gates.get(step.key, ()):
            bounds = issued if gate is Gate.ISSUE else held
            bounds[successor] = max(bounds.get(successor, finish + tail), finish + tail)
    return found


def _soonest(
    portfolio: Portfolio, step: Step, demand: Demand, bodies: dict[str, Body], floor: int
) -> Soonest:
    """One step alone, its gates open on ``floor``."""
    axis = portfolio.axis
    if step.finished is not None:
        return Soonest(step.finished if step.accepted is None else step.accepted, step.finished)
    if step.accepted is not None:
        accept = step.accepted
    elif step.started is not None:
        accept = max(along(axis, step.started, step.preparation), floor)
    else:
        accept = along(axis, floor, step.preparation)
    end = along(axis, accept, step.handling)
    body = bodies.get(demand.body) if demand.body is not None else None
    if body is not None:
        end = max(end, _first_sitting(portfolio, step, demand, body, accept) + body.opinion)
    return Soonest(accept, end if step.began is None else max(end, portfolio.today))


def _first_sitting(portfolio: Portfolio, step: Step, demand: Demand, body: Body, accept: int) -> int:
    """The first half-day a step can sit; where none is offered, the end of its notice."""
    noticed = max(accept + body.notice, portfolio.today)
    first = min((sitting.point for sitting in body.sittings if sitting.point >= noticed), default=noticed)
    if step.accepted is not None and demand.sitting is not None:
        return min(first, demand.sitting.point)
    return first


def _serial_end(portfolio: Portfolio, project: Project, bodies: dict[str, Body]) -> int:
    """Where the target would end if every step on the way to it waited for the one before.

    What has finished counts the days it took; what has not begun cannot begin before today.
    """
    axis, problem = portfolio.axis, project.problem
    way = {*ancestors(problem.edges(), project.target), project.target}
    point = project.release
    for i, *_ in problem.rows:
        step = problem.steps[i]
        if step.key not in way:
            continue
        if step.finished is not None:
            point += step.finished - (step.finished if step.began is None else step.began)
            continue
        point = max(point, floor_of(portfolio, project, i) if step.began is None else step.began)
        accept = along(axis, point, step.preparation if step.accepted is None else ())
        point = along(axis, accept, step.handling)
        demand = project.demands.get(step.key, NO_DEMAND)
        body = bodies.get(demand.body) if demand.body is not None else None
        if body is not None:
            point = max(point, accept + body.notice + body.opinion)
        point = max(point, portfolio.today)
    return point


def _surely(portfolio: Portfolio, step: Step) -> int:
    """The days of work a step takes wherever it lies; calendar days may fall on rest days and count none."""
    if portfolio.axis.is_nominal:
        return sum(segment.nominal_workdays for segment in step.handling if segment.kind == "work")
    return sum(
        segment.days
        for segment in step.handling
        if segment.kind == "work" and segment.basis is not Basis.CALENDAR
    )


def _benches(
    portfolio: Portfolio, plan: PortfolioPlan, exact: dict[str, dict[str, Soonest]]
) -> Sequence[BenchBound]:
    """For each bench, the day by which its places suffice for all that is asked of it."""
    axis = portfolio.axis
    asked: Counter[str] = Counter()
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    taken: dict[str, Counter[int]] = {bench.key: Counter() for bench in portfolio.benches}
    for project in portfolio.projects:
        for step in project.problem.steps:
            bench = project.demands.get(step.key, NO_DEMAND).bench
            if bench not in taken or step.finished is not None:
                continue
            begin, end = work_of(axis, plan.steps[project.key, step.key].accept, step)
            if step.accepted is not None:
                taken[bench].update(range(begin + 1, end + 1))
            elif end > begin and not is_kept(portfolio, step, project.demands[step.key]):
                asked[bench] += _surely(portfolio, step)
                soonest = work_of(axis, exact[project.key][step.key].accept, step)[0]
                first[bench] = min(first.get(bench, soonest), soonest)
                last[bench] = max(last.get(bench, end), end)
    return [
        BenchBound(
            bench.key,
            asked[bench.key],
            first=first[bench.key],
            bound_end=_enough(portfolio, bench.places, taken[bench.key], first[bench.key], asked[bench.key]),
            planned_end=last[bench.key],
        )
        for bench in portfolio.benches
        if asked[bench.key]
    ]


def _enough(
    portfolio: Portfolio, places: int | Sequence[int], taken: Counter[int], first: int, asked: int
) -> int | None:
    """The first day by which so many days of work can have been done."""
    done = 0
    for day in range(first + 1, portfolio.horizon + 1):
        done += max(0, on_day(places, day) - taken[day])
        if done >= asked:
            return day
    return None
