"""Two peers on one project, both by CP-SAT with one thread: the plain model, and PyJobShop's.

Both are stopped by the processor time of this process, so that a busy machine is unfair to nobody, and their
own time to build the model counts, as ours does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from scheduler.rcpsp.instance import Instance

Build = Callable[[Instance], cp_model.CpModel]
BETWEEN_LOOKS_SECONDS = 0.01


def makespans(build: Build, instance: Instance, budgets_seconds: Sequence[float]) -> list[int]:
    """The best makespan after each budget, of one run as long as the longest.

    Units: seconds of processor time. Where nothing was found yet, one activity after another counts.
    """
    began = time.process_time()
    model = build(instance)
    found = _Found(began)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    over = threading.Event()
    watch = threading.Thread(target=_stop, args=(solver, began + max(budgets_seconds), over))
    watch.start()
    try:
        solver.solve(model, found)
    finally:
        over.set()
        watch.join()
    serial = sum(instance.durations)
    return [min((m for at, m in found.when if at <= budget), default=serial) for budget in budgets_seconds]


def plain(instance: Instance) -> cp_model.CpModel:
    """The model a textbook writes: one interval an activity, one cumulative constraint a resource."""
    model = cp_model.CpModel()
    horizon = sum(instance.durations)
    begin = [model.new_int_var(0, horizon, f"begin{i}") for i in range(len(instance.durations))]
    runs = [
        model.new_fixed_size_interval_var(start, length, f"run{i}")
        for i, (start, length) in enumerate(zip(begin, instance.durations, strict=True))
    ]
    end = model.new_int_var(0, horizon, "end")
    for i, after in enumerate(instance.successors):
        model.add(end >= begin[i] + instance.durations[i])
        for j in after:
            model.add(begin[j] >= begin[i] + instance.durations[i])
    for resource, capacity in enumerate(instance.capacities):
        model.add_cumulative(runs, [demand[resource] for demand in instance.demands], capacity)
    model.minimize(end)
    return model


def pyjobshop(instance: Instance) -> cp_model.CpModel:
    """The model PyJobShop builds of the project."""
    from pyjobshop import Model
    from pyjobshop.solvers.ortools import CPModel

    shop = Model()
    resources = [shop.add_renewable(capacity) for capacity in instance.capacities]
    tasks = [shop.add_task() for _ in instance.durations]
    for task, length, demand in zip(tasks, instance.durations, instance.demands, strict=True):
        shop.add_mode(task, resources, length, list(demand))
    for i, after in enumerate(instance.successors):
        for j in after:
            shop.add_end_before_start(tasks[i], tasks[j])
    return CPModel(shop.data()).model


class _Found(cp_model.CpSolverSolutionCallback):
    """When each solution was found, in processor time since the beginning."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began
        self.when: list[tuple[float, int]] = []

    def on_solution_callback(self) -> None:
        """Note the time and the makespan."""
        self.when.append((time.process_time() - self._began, round(self.objective_value)))


def _stop(solver: cp_model.CpSolver, deadline: float, over: threading.Event) -> None:
    while not over.wait(BETWEEN_LOOKS_SECONDS):
        if time.process_time() >= deadline:
            solver.stop_search()
            return
