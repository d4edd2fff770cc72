"""Total tardiness of one portfolio, ours beside others': first come first served, CP-SAT, TaskJuggler."""

from __future__ import annotations

import os
import threading
import time

import numpy as np

from bench import peers_instances, peers_taskjuggler
from bench.table import Table
from scheduler.portfolio import bounds, exact, exact_model, exact_room, layout, measures, solve, urgency
from scheduler.portfolio.arrays import Arrays, build, plan_of
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Portfolio
from scheduler.portfolio.plan import Occupancy, PortfolioPlan
from scheduler.portfolio.warm_up import warm_up

SIZES = (20, 100)
FULL_SEEDS, USUAL_SEEDS = (1, 2, 3, 4, 5, 6), (1, 4)
"""The search was tuned on the first three."""
OURS_SECONDS = 2.0
FULL_SECONDS, USUAL_SECONDS = 60.0, 20.0
THREADS = 2


def measure() -> Table:
    """Every planner on the same portfolios, in one run."""
    warm_up()
    is_full = os.environ.get("BENCH_FULL") == "1"
    theirs, seeds = (FULL_SECONDS, FULL_SEEDS) if is_full else (USUAL_SECONDS, USUAL_SEEDS)
    rows = [row for projects in SIZES for seed in seeds for row in _rows(projects, seed, theirs)]
    note = (
        "Working days past the promises, all projects together; 40 steps a project, 26 departments.\n"
        f"“Searched” has {OURS_SECONDS:g} CPU seconds on one thread; CP-SAT starts from our quick plan and\n"
        f"has {theirs:g} CPU seconds on {THREADS} threads ({FULL_SECONDS:g} with BENCH_FULL=1).\n"
        "TaskJuggler may interrupt its tasks. Every plan but TaskJuggler's has passed the proof. The search\n"
        "was tuned on seeds 1 to 3."
    )
    header = ("projects", "seed", "planner", "CPU seconds", "tardiness", "to quick", "to CP-SAT")
    return Table("A portfolio beside other planners", note, header, rows)


def _rows(projects: int, seed: int, theirs: float) -> list[list[str]]:
    portfolio = peers_instances.made(projects, seed)
    found = {"quick": _quick(portfolio), "first come, first served": _first_come(portfolio)}
    found["searched"] = _searched(portfolio)
    found["CP-SAT, hinted"] = cp_sat(portfolio, found["quick"][2], theirs)
    bound = bounds.tardiness(build(portfolio))
    answer = peers_taskjuggler.planned(portfolio)
    for name, (_, _, plan) in found.items():
        if check(portfolio, plan):
            raise AssertionError(f"{name} breaks a rule: {check(portfolio, plan)[0]}")
    quick, solver = found["quick"][0], found["CP-SAT, hinted"][0]
    told = {name: (late, f"{seconds:.2f}") for name, (late, seconds, _) in found.items()}
    rows = [
        [str(projects), str(seed), name, seconds, str(late), _part(late, quick), _part(late, solver)]
        for name, (late, seconds) in told.items()
    ]
    rows.append([str(projects), str(seed), "no plan below", "—", str(bound), "—", "—"])
    if answer is None:
        reason = "found no plan" if peers_taskjuggler.installed() else "not installed"
        return [*rows, [str(projects), str(seed), "TaskJuggler", "—", reason, "—", "—"]]
    late = answer.tardiness
    cells = [f"{answer.seconds:.2f}", str(late), _part(late, quick), _part(late, solver)]
    return [*rows, [str(projects), str(seed), "TaskJuggler", *cells]]


def _part(late: int, whole: int) -> str:
    return f"{late / whole:.2f}" if whole else "—"


Found = tuple[int, float, PortfolioPlan]
"""Tardiness, CPU seconds, the plan."""


def _quick(portfolio: Portfolio) -> Found:
    began = time.process_time()
    outcome = solve.plan(portfolio)
    return outcome.tardiness, time.process_time() - began, outcome.plan


def _searched(portfolio: Portfolio) -> Found:
    began = time.process_time()
    outcome = solve.plan(portfolio, effort=solve.Effort(1 << 30, OURS_SECONDS))
    return outcome.tardiness, time.process_time() - began, outcome.plan


def _first_come(portfolio: Portfolio) -> Found:
    """Whoever began first is served first everywhere, as a plain queue does."""
    began = time.process_time()
    arrays: Arrays = build(portfolio)
    releases = arrays.facts.project[:, layout.RELEASE]
    keys = np.ascontiguousarray(releases[arrays.facts.step[:, layout.PROJECT]])
    state = urgency.decoded(arrays, keys)
    late = int(measures.tardiness(arrays.facts, state))
    return late, time.process_time() - began, plan_of(arrays, state)


def cp_sat(portfolio: Portfolio, hint: PortfolioPlan, seconds: float) -> Found:
    """CP-SAT on the whole portfolio at once, from a plan; it keeps the hint where it finds nothing better."""
    began = time.process_time()
    steps = exact_model.Steps(portfolio)
    exact_room.share(steps, Occupancy())
    weights = {project.key: project.weight for project in portfolio.projects}
    steps.model.minimize(sum(weights[key] * late for key, late in steps.late.items()))
    exact.hinted(steps, hint)
    solver = steps.cp.CpSolver()
    solver.parameters.num_workers = THREADS
    solver.parameters.random_seed = 1
    over = threading.Event()
    clock = threading.Thread(target=_stop_after, args=(solver, began + seconds, over))
    clock.start()
    status = solver.solve(steps.model)
    over.set()
    clock.join()
    used = time.process_time() - began
    if status not in (steps.cp.OPTIMAL, steps.cp.FEASIBLE):
        return _tardiness(portfolio, hint), used, hint
    plan = exact.read(steps, solver)
    return _tardiness(portfolio, plan), used, plan


def _stop_after(solver: object, until: float, over: threading.Event) -> None:
    """Stop the solver when the process has used so much processor time."""
    while not over.wait(0.1):
        if time.process_time() >= until:
            solver.stop_search()  # type: ignore[attr-defined]


def _tardiness(portfolio: Portfolio, plan: PortfolioPlan) -> int:
    return sum(
        project.weight * max(0, plan.steps[project.key, project.target].finish - (project.due or 0))
        for project in portfolio.projects
    )
