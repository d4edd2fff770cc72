"""The exact tier: a small portfolio, or a few projects of a large one, planned by CP-SAT with a proof.

It answers two things the quick planner cannot: how far a plan is from the best there is, and that a project
cannot be earlier beside what the others have booked. Searching one thread with a limit that counts the
solver's own work gives the same plan on every machine.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum
from typing import Any

from scheduler.errors import N_, PlanningError
from scheduler.portfolio.demands import Portfolio
from scheduler.portfolio.exact_model import Laid, Steps
from scheduler.portfolio.exact_room import acting, needs_officer, share
from scheduler.portfolio.plan import Occupancy, Placed, PortfolioPlan, StepKey

MOST_STEPS = 480
"""Eight large projects; beyond that a proof is out of reach, and a window of fewer projects says more."""

_FORCED_COSTS = 1 << 24


class TooLargeToProve(PlanningError):
    """More open steps than a proof can be hoped for."""

    message = N_(
        "%(steps)s steps are too many to prove at once (at most %(most)s): choose fewer projects, the others "
        "keep their days."
    )

    def __init__(self, *, steps: int, most: int) -> None:
        super().__init__(steps=steps, most=most)


class Verdict(StrEnum):
    """What the search has shown."""

    BEST = "best"
    """No plan is better."""
    FOUND = "found"
    """A plan, and a bound it cannot fall below."""
    IMPOSSIBLE = "impossible"
    """No plan keeps every demand inside the horizon."""
    OPEN = "open"
    """Nothing was found within the limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long to search. ``work`` counts the solver's own steps (about a second of one idle processor each);
    ``seconds`` is a cap for a machine that is slower, and makes the answer depend on it.
    """

    work: float = 10.0
    seconds: float | None = None
    _: KW_ONLY
    most_steps: int | None = MOST_STEPS
    threads: int = 1


@dataclass(frozen=True)
class Exact:
    """The answer: a plan, what it costs, and what no plan can fall below.

    Units: ``cost`` and ``bound`` in working days past the promises, weighted; for one project's ``earliest``,
    in points.
    """

    verdict: Verdict
    plan: PortfolioPlan | None
    cost: int | None
    bound: int


def solve(
    portfolio: Portfolio,
    occupancy: Occupancy | None = None,
    *,
    hint: PortfolioPlan | None = None,
    limit: Limit | None = None,
    seed: int = 0,
) -> Exact:
    """The plan with the least weighted tardiness, beside what others have booked.

    Nothing kept moves unless what is before it comes too late. The bound counts tardiness; where something
    kept had to move because of another step of the same portfolio it is 0, as nothing is claimed then.

    Raises: TooLargeToProve.
    """
    steps = _model(portfolio, occupancy, limit)
    weights = {project.key: project.weight for project in portfolio.projects}
    goal = sum(weights[key] * late for key, late in steps.late.items())
    return _search(steps, goal, hint, limit or Limit(), seed)


def earliest(
    portfolio: Portfolio,
    project: str,
    occupancy: Occupancy | None = None,
    *,
    hint: PortfolioPlan | None = None,
    limit: Limit | None = None,
    seed: int = 0,
) -> Exact:
    """The earliest day a project's headline step can finish on; its bound proves “cannot be earlier”.

    Units: ``cost`` and ``bound`` are points.
    Raises: TooLargeToProve.
    """
    steps = _model(portfolio, occupancy, limit)
    target = portfolio.projects[portfolio.index[project]].target
    return _search(steps, steps.laid[project, target].finish.at, hint, limit or Limit(), seed)


def window(
    portfolio: Portfolio,
    plan: PortfolioPlan,
    projects: Collection[str],
    *,
    limit: Limit | None = None,
    seed: int = 0,
) -> Exact:
    """Plan a few projects anew, proved, while all others stay where a plan has them.

    Shape: the answer's plan holds every project of the portfolio.
    Raises: TooLargeToProve.
    """
    inside = replace(portfolio, projects=[p for p in portfolio.projects if p.key in projects])
    others = replace(portfolio, projects=[p for p in portfolio.projects if p.key not in projects])
    hint = PortfolioPlan({key: placed for key, placed in plan.steps.items() if key[0] in projects})
    answer = solve(inside, Occupancy.of(others, plan), hint=hint, limit=limit, seed=seed)
    if answer.plan is None:
        return answer
    forced = {key for key in plan.forced if key[0] not in projects} | answer.plan.forced
    whole = PortfolioPlan({**plan.steps, **answer.plan.steps}, frozenset(forced))
    return replace(answer, plan=whole)


def _model(portfolio: Portfolio, occupancy: Occupancy | None, limit: Limit | None) -> Steps:
    most = (limit or Limit()).most_steps
    count = sum(step.finished is None for project in portfolio.projects for step in project.problem.steps)
    if most is not None and count > most:
        raise TooLargeToProve(steps=count, most=most)
    steps = Steps(portfolio)
    share(steps, occupancy or Occupancy())
    return steps


def _search(steps: Steps, goal: Any, hint: PortfolioPlan | None, limit: Limit, seed: int) -> Exact:
    """Search for the goal, then leave no step later than it needs to be at that goal."""
    moved = [1 - laid.stays for laid in steps.laid.values() if not isinstance(laid.stays, int | None)]
    steps.model.minimize(goal + _FORCED_COSTS * sum(moved))
    if hint is not None:
        hinted(steps, hint)
    solver, status = _run(steps, limit, seed)
    if status not in (steps.cp.OPTIMAL, steps.cp.FEASIBLE):
        is_impossible = status == steps.cp.INFEASIBLE
        return Exact(Verdict.IMPOSSIBLE if is_impossible else Verdict.OPEN, None, None, 0)
    cost, forced = solver.value(goal), sum(solver.value(one) for one in moved)
    bound = 0 if forced else min(cost, round(solver.best_objective_bound))
    verdict = Verdict.BEST if status == steps.cp.OPTIMAL and not forced else Verdict.FOUND
    steps.model.add(goal <= cost)
    if moved:
        steps.model.add(sum(moved) <= forced)
    plan = _pulled_left(steps, read(steps, solver), limit, seed)
    return Exact(verdict, plan, cost, bound)


def _pulled_left(steps: Steps, plan: PortfolioPlan, limit: Limit, seed: int) -> PortfolioPlan:
    """The same cost with everything as early as it can be found."""
    steps.model.minimize(sum(laid.finish.at for laid in steps.laid.values() if not laid.is_over))
    hinted(steps, plan)
    solver, status = _run(steps, limit, seed)
    return read(steps, solver) if status in (steps.cp.OPTIMAL, steps.cp.FEASIBLE) else plan


def _run(steps: Steps, limit: Limit, seed: int) -> tuple[Any, Any]:
    solver = steps.cp.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = limit.threads
    parameters.random_seed = seed
    parameters.max_deterministic_time = limit.work
    if limit.seconds is not None:
        parameters.max_time_in_seconds = limit.seconds
    return solver, solver.solve(steps.model)


def hinted(steps: Steps, plan: PortfolioPlan) -> None:
    """Let the solver begin from a plan."""
    steps.model.clear_hints()
    for key, laid in steps.laid.items():
        placed = plan.steps.get(key)
        if placed is None or laid.is_settled:
            continue
        steps.model.add_hint(laid.accept.at, placed.accept)
        for sitting, sits in laid.sits.items():
            steps.model.add_hint(sits, int(sitting == placed.sitting))
        for officer, hands in laid.hands.items():
            steps.model.add_hint(hands, int(officer == placed.officer))


def read(steps: Steps, solver: Any) -> PortfolioPlan:
    """The solver's choices, and what follows from them."""
    placed: dict[StepKey, Placed] = {}
    forced = set()
    for laid in steps.laid.values():
        placed[laid.key] = _placed(steps, solver, laid, placed)
        if _has_moved(steps, laid, placed[laid.key]):
            forced.add(laid.key)
    order = [
        (project.key, step.key) for project in steps.portfolio.projects for step in project.problem.steps
    ]
    return PortfolioPlan({key: placed[key] for key in order}, frozenset(forced))


def _placed(steps: Steps, solver: Any, laid: Laid, placed: dict[StepKey, Placed]) -> Placed:
    step, accept = laid.step, int(solver.value(laid.accept.at))
    if step.finished is not None:
        start = step.finished if step.began is None else step.began
        return Placed(start, accept, step.finished, step.finished)
    start = _start(steps, laid, placed)
    sitting = laid.sitting
    for one, sits in laid.sits.items():
        if solver.value(sits):
            sitting = one
    own_end = int(solver.value(laid.worked.at))
    if sitting is not None and laid.demand.body is not None:
        own_end = max(own_end, sitting.point + steps.bodies[laid.demand.body].opinion)
    finish = int(solver.value(laid.finish.at))
    officer = None
    if needs_officer(laid):
        known = {officer.key: officer.hand_ins for officer in steps.portfolio.officers}
        officer = acting(known, laid.project.officers, accept)
    return Placed(start, accept, own_end, finish, sitting=sitting, officer=officer)


def _start(steps: Steps, laid: Laid, placed: dict[StepKey, Placed]) -> int:
    """As soon as its accept gates and its project let it; what has started stays."""
    project, step = laid.project, laid.step
    if step.began is not None:
        return step.began
    floor = project.problem.earliest[project.problem.place(step.key)]
    gates = [
        placed[project.key, gate.predecessor].finish
        for gate in project.problem.precedences
        if gate.successor == step.key and gate.gate == "accept"
    ]
    return max(floor, project.release, steps.portfolio.today, *gates)


def _has_moved(steps: Steps, laid: Laid, placed: Placed) -> bool:
    """Whether something kept, or a sitting it had, is no longer where it was."""
    demand, step = laid.demand, laid.step
    if laid.is_over:
        return False
    is_kept = demand.planned is not None and step.accepted is None
    is_kept = is_kept and (demand.is_announced or (demand.planned or 0) <= steps.portfolio.frozen_until)
    if is_kept and placed.accept != demand.planned:
        return True
    is_seated = is_kept or step.accepted is not None
    return is_seated and demand.sitting is not None and placed.sitting != demand.sitting
