"""Which demands cannot all be met: a named set of which none can be left out, each in words.

These few clash whatever else is given up, and no longer clash once any one of them is; so these are the ones
to talk about. Another clash may stand behind them.

The halving is Junker's (2004): it finds a minimal set with few questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.errors import N_, PlanningError
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Bench, Body, Demand, Officer, Portfolio, Project, Sitting, is_kept
from scheduler.portfolio.errors import NoRoomBeforeHorizon
from scheduler.portfolio.plan import PortfolioPlan
from scheduler.portfolio.stretches import NO_DEMAND, along, floor_of
from scheduler.portfolio.usage import Usage
from scheduler.problem import Gate, Step

IsFeasible = Callable[[Portfolio], bool]
"""Whether a portfolio has a right plan: a planner's answer, or a proof's."""


class AskedKind(StrEnum):
    """What is demanded of a plan, and could be talked about."""

    DEADLINE = "deadline"
    KEPT = "kept"
    RELEASE = "release"
    PLACES = "places"
    HAND_INS = "hand_ins"
    NO_SITTINGS = "no_sittings"
    SITTINGS = "sittings"
    SEATS = "seats"
    MEMBERS = "members"
    ROOMS = "rooms"
    HORIZON = "horizon"


SENTENCES: Mapping[AskedKind, str] = {
    AskedKind.DEADLINE: N_("“%(step)s” of %(project)s is to finish by %(day)s."),
    AskedKind.KEPT: N_("“%(step)s” of %(project)s is to stay on %(day)s."),
    AskedKind.RELEASE: N_("%(project)s begins no earlier than %(day)s."),
    AskedKind.PLACES: N_("%(bench)s works on %(most)s cases a day at most."),
    AskedKind.HAND_INS: N_("%(officer)s hands in %(most)s steps a day at most, and none when away."),
    AskedKind.NO_SITTINGS: N_("The members of %(body)s share no half-day before the plan ends."),
    AskedKind.SITTINGS: N_("%(body)s can sit on %(count)s half-days."),
    AskedKind.SEATS: N_("%(body)s takes %(most)s projects in one sitting."),
    AskedKind.MEMBERS: N_("The members of %(body)s sit at one table at a time."),
    AskedKind.ROOMS: N_("%(most)s sittings fit into one half-day."),
    AskedKind.HORIZON: N_("The plan ends on %(day)s."),
}

_WHOSE = {
    AskedKind.DEADLINE: "project",
    AskedKind.KEPT: "project",
    AskedKind.RELEASE: "project",
    AskedKind.PLACES: "bench",
    AskedKind.HAND_INS: "officer",
}
"""What ``who`` is called among the facts; for all other kinds a joint review."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand: of a project's step, a bench, an officer, a joint review, or of the whole plan.

    ``numbers`` are the days and amounts of the sentence: a ``day`` is a civil day, or a point on an axis
    without a calendar.
    """

    kind: AskedKind
    who: str = ""
    step: str = ""
    numbers: tuple[tuple[str, object], ...] = ()

    @property
    def facts(self) -> Mapping[str, object]:
        """What fills the sentence: ``project``, ``step``, ``bench``, ``officer``, ``body``, days, amounts."""
        named = {_WHOSE.get(self.kind, "body"): self.who, "step": self.step}
        return {name: fact for name, fact in named.items() if fact} | dict(self.numbers)

    @property
    def message(self) -> str:
        """The sentence for this kind of demand, its facts still open."""
        return SENTENCES[self.kind]

    def __str__(self) -> str:
        return self.message % self.facts


@dataclass(frozen=True, slots=True)
class Clash:
    """Demands that cannot all be met; once any one of them is dropped, the others can.

    ``project`` is the one that could not meet them even alone, with all the room there is; None where it
    takes several projects to clash.
    """

    demands: tuple[Asked, ...]
    project: str | None = None

    def __str__(self) -> str:
        return " ".join(str(demand) for demand in self.demands)


class NoWayAtAll(PlanningError):
    """Not even without a single demand is there a plan; then the question was put wrongly."""

    message = N_("No plan is found even when every demand is dropped: choose a later last day and try again.")


class DemandsClash(PlanningError):
    """No plan meets all that is asked; ``clash`` names what stands against each other."""

    message = N_("These cannot all be met; give up one of them: %(demands)s")

    def __init__(self, clash: Clash) -> None:
        super().__init__(demands=str(clash))
        self.clash = clash


def clash(portfolio: Portfolio, is_feasible: IsFeasible | None = None) -> Clash | None:
    """The demands that stand against each other; None where all can be met.

    First every project alone with all the room there is, which needs no search. Then, if ``is_feasible`` is
    given and says no, all of them together; the answer is as reliable as it is.

    Raises: NoWayAtAll.
    """
    for project in portfolio.projects:
        alone = replace(portfolio, projects=[project])
        if not is_possible_alone(alone):
            return Clash(minimal(alone, is_possible_alone), project.key)
    if is_feasible is None or is_feasible(portfolio):
        return None
    return Clash(minimal(portfolio, is_feasible))


def proved_by(replan: Callable[[Portfolio], PortfolioPlan]) -> IsFeasible:
    """Whether a planner finds room for everything and its plan is proved right, deadlines included."""

    def is_feasible(portfolio: Portfolio) -> bool:
        try:
            plan = replan(portfolio)
        except NoRoomBeforeHorizon:
            return False
        return not check(portfolio, plan)

    return is_feasible


def minimal(portfolio: Portfolio, is_feasible: IsFeasible) -> tuple[Asked, ...]:
    """Demands of an infeasible portfolio that clash, none of which can be left out. Raises: NoWayAtAll."""
    demands = tuple(asked(portfolio))

    def may(held: Sequence[Asked]) -> bool:
        return is_feasible(without(portfolio, set(demands) - set(held)))

    if not may(()):
        raise NoWayAtAll
    found = _narrowed(may, (), demands, is_changed=False)
    for demand in found:  # a planner that is not exact may say no too often: leave out what it can do without
        rest = tuple(other for other in found if other != demand)
        if not may(rest):
            found = rest
    return tuple(demand for demand in demands if demand in found)


def _narrowed(
    may: Callable[[Sequence[Asked]], bool],
    held: tuple[Asked, ...],
    candidates: tuple[Asked, ...],
    *,
    is_changed: bool,
) -> tuple[Asked, ...]:
    """The candidates that, beside what is held, are needed to clash: halves first."""
    if is_changed and not may(held):
        return ()
    if len(candidates) == 1:
        return candidates
    middle = len(candidates) // 2
    first, second = candidates[:middle], candidates[middle:]
    later = _narrowed(may, held + first, second, is_changed=bool(first))
    sooner = _narrowed(may, held + later, first, is_changed=bool(later))
    return sooner + later


# --- what is demanded, and a portfolio without some of it -------------------------------------------------


def asked(portfolio: Portfolio) -> Iterator[Asked]:
    """Every demand of a portfolio that could be talked about; the order of steps is not one of them."""
    yield Asked(AskedKind.HORIZON, numbers=(_day(portfolio, portfolio.horizon),))
    yield Asked(AskedKind.ROOMS, numbers=(("most", portfolio.rooms),))
    for bench in portfolio.benches:
        yield Asked(AskedKind.PLACES, bench.key, numbers=(("most", _most(bench.places)),))
    for officer in portfolio.officers:
        yield Asked(AskedKind.HAND_INS, officer.key, numbers=(("most", _most(officer.hand_ins)),))
    for body in portfolio.bodies:
        count = sum(portfolio.today <= sitting.point <= portfolio.horizon for sitting in body.sittings)
        kind = AskedKind.SITTINGS if count else AskedKind.NO_SITTINGS
        yield Asked(kind, body.key, numbers=(("count", count),))
        yield Asked(AskedKind.SEATS, body.key, numbers=(("most", body.seats),))
        yield Asked(AskedKind.MEMBERS, body.key)
    for project in portfolio.projects:
        yield from _asked_of(portfolio, project)


def _asked_of(portfolio: Portfolio, project: Project) -> Iterator[Asked]:
    if project.release > portfolio.today:
        yield Asked(AskedKind.RELEASE, project.key, numbers=(_day(portfolio, project.release),))
    for step in project.problem.steps:
        demand = project.demands.get(step.key, NO_DEMAND)
        if is_kept(portfolio, step, demand) and demand.planned is not None:
            yield Asked(AskedKind.KEPT, project.key, step.key, (_day(portfolio, demand.planned),))
        if demand.deadline is not None and step.accepted is None and step.finished is None:
            yield Asked(AskedKind.DEADLINE, project.key, step.key, (_day(portfolio, demand.deadline),))


def _day(portfolio: Portfolio, point: int) -> tuple[str, object]:
    return "day", portfolio.day(point)


def without(portfolio: Portfolio, dropped: set[Asked]) -> Portfolio:
    """The same portfolio, some of its demands dropped."""
    if not dropped:
        return portfolio
    keys = {(demand.kind, demand.who) for demand in dropped}
    steps = {(demand.kind, demand.who, demand.step) for demand in dropped if demand.step}
    many = 1 + sum(len(project.problem.steps) for project in portfolio.projects)
    horizon = portfolio.horizon
    if (AskedKind.HORIZON, "") in keys:
        horizon = max([horizon, *(max(p.problem.earliest, default=0) for p in portfolio.projects)])
        horizon += sum(_length(step) for project in portfolio.projects for step in project.problem.steps)
        horizon += sum(body.notice + body.opinion for body in portfolio.bodies) * many
    return replace(
        portfolio,
        horizon=horizon,
        rooms=many if (AskedKind.ROOMS, "") in keys else portfolio.rooms,
        benches=[
            Bench(bench.key, many) if (AskedKind.PLACES, bench.key) in keys else bench
            for bench in portfolio.benches
        ],
        officers=[
            Officer(officer.key, many) if (AskedKind.HAND_INS, officer.key) in keys else officer
            for officer in portfolio.officers
        ],
        bodies=[_freer(body, keys, portfolio.today, horizon, many) for body in portfolio.bodies],
        projects=[_eased(project, keys, steps, portfolio.today) for project in portfolio.projects],
    )


def _freer(body: Body, keys: set[tuple[AskedKind, str]], today: int, horizon: int, many: int) -> Body:
    sittings = body.sittings
    if {(AskedKind.SITTINGS, body.key), (AskedKind.NO_SITTINGS, body.key)} & keys:
        sittings = tuple(Sitting(point, half) for point in range(today, horizon + 1) for half in (0, 1))
    return replace(
        body,
        sittings=sittings,
        seats=many if (AskedKind.SEATS, body.key) in keys else body.seats,
        members=() if (AskedKind.MEMBERS, body.key) in keys else body.members,
    )


def _eased(
    project: Project,
    keys: set[tuple[AskedKind, str]],
    steps: set[tuple[AskedKind, str, str]],
    today: int,
) -> Project:
    if (AskedKind.RELEASE, project.key) in keys:
        project = replace(project, release=today)
    if not {(AskedKind.KEPT, project.key), (AskedKind.DEADLINE, project.key)} & keys:
        return project
    demands: dict[str, Demand] = {}
    for key, asks in project.demands.items():
        eased = asks
        if (AskedKind.KEPT, project.key, key) in steps:
            eased = replace(eased, planned=None, sitting=None, is_announced=False)
        if (AskedKind.DEADLINE, project.key, key) in steps:
            eased = replace(eased, deadline=None)
        demands[key] = eased
    return replace(project, demands=demands)


def _length(step: Step) -> int:
    return sum(segment.days for segment in step.segments)


def _most(numbers: int | Sequence[int]) -> int:
    return numbers if isinstance(numbers, int) else max(numbers, default=0)


# --- one project alone --------------------------------------------------------------------------------------


def is_possible_alone(portfolio: Portfolio) -> bool:
    """Whether each project could meet its demands if no other used any room; no plan can do better."""
    usage = Usage(portfolio, PortfolioPlan({}))
    return all(_is_possible(usage, project) for project in portfolio.projects)


def _is_possible(usage: Usage, project: Project) -> bool:
    """Every step as early as gates, places, officers and sittings allow, each as if it were the only one."""
    portfolio, problem = usage.portfolio, project.problem
    finish: dict[str, int] = {}
    for i, *_ in problem.rows:
        step = problem.steps[i]
        if step.finished is not None:
            finish[step.key] = step.finished
            continue
        gates = [precedence for precedence in problem.precedences if precedence.successor == step.key]
        held = [finish[gate.predecessor] for gate in gates if gate.gate is Gate.ACCEPT]
        issued = [finish[gate.predecessor] + gate.tail for gate in gates if gate.gate is Gate.ISSUE]
        accept = _acceptance(usage, project, i, held)
        if accept is None:
            return False
        end = max(_own_end(usage, project, step, accept), *issued, portfolio.today)
        demand = project.demands.get(step.key, NO_DEMAND)
        last = portfolio.horizon if demand.deadline is None else min(portfolio.horizon, demand.deadline)
        if step.accepted is None and end > last:
            return False
        finish[step.key] = end
    return True


def _acceptance(usage: Usage, project: Project, i: int, held: Sequence[int]) -> int | None:
    """The first day a step could be accepted; None if there is none before the plan ends."""
    portfolio, step = usage.portfolio, project.problem.steps[i]
    if step.accepted is not None:
        return step.accepted
    if step.started is not None:
        ready = max(along(portfolio.axis, step.started, step.preparation), portfolio.today, *held)
    else:
        ready = along(portfolio.axis, max([floor_of(portfolio, project, i), *held]), step.preparation)
    demand = project.demands.get(step.key, NO_DEMAND)
    if is_kept(portfolio, step, demand) and demand.planned is not None and ready <= demand.planned:
        return demand.planned
    days = range(ready, portfolio.horizon + 1)
    return next((day for day in days if usage.refusal(project, step, day) is None), None)


def _own_end(usage: Usage, project: Project, step: Step, accept: int) -> int:
    demand = project.demands.get(step.key, NO_DEMAND)
    end = along(usage.portfolio.axis, accept, step.handling)
    body = usage.bodies.get(demand.body) if demand.body is not None else None
    if body is None:
        return end
    noticed = max(accept + body.notice, usage.portfolio.today)
    first = min((sitting.point for sitting in body.sittings if sitting.point >= noticed), default=noticed)
    if demand.sitting is not None and (step.accepted is not None or is_kept(usage.portfolio, step, demand)):
        first = min(first, demand.sitting.point)
    return max(end, first + body.opinion)
