"""The exact tier: CP-SAT proves a plan the shortest, or raises the bound, or finds a shorter one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from scheduler.rcpsp.bounds import heads_of, tails_of
from scheduler.rcpsp.instance import Instance

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


PATIENCE = 4
"""The solver counts by the clock on the wall; on a busy machine so much of it passes for a second's work."""


class Proof(NamedTuple):
    """What the exact tier came to: a plan no worse than the one it was given, and a bound."""

    starts: tuple[int, ...]
    makespan: int
    bound: int


def prove(
    instance: Instance, starts: Sequence[int], makespan: int, *, bound: int, work: float, seconds: float
) -> Proof:
    """Look for a plan shorter than ``makespan`` and for a proof that there is none.

    One worker under a limit of work, not of time: the same question has the same answer on every machine
    that needs no more than ``seconds`` for it.

    A project whose numbers are too large for the solver is left as it is.

    Units: ``work`` in CP-SAT's deterministic time, about one second of a desk machine each.
    Shape: ``starts`` has one entry per activity and is feasible.
    """
    from ortools.sat.python import cp_model

    model, begin, end = _model(instance, makespan, bound)
    for variable, start in zip(begin, starts, strict=True):
        model.add_hint(variable, start)
    model.add_hint(end, makespan)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = work
    solver.parameters.max_time_in_seconds = seconds * PATIENCE
    status = solver.solve(model)
    if status in (cp_model.UNKNOWN, cp_model.MODEL_INVALID):
        return Proof(tuple(starts), makespan, bound)
    proved = max(bound, round(solver.best_objective_bound))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) and solver.value(end) < makespan:
        return Proof(tuple(solver.value(variable) for variable in begin), solver.value(end), proved)
    return Proof(tuple(starts), makespan, min(proved, makespan))


def _model(
    instance: Instance, makespan: int, bound: int
) -> tuple[cp_model.CpModel, list[cp_model.IntVar], cp_model.IntVar]:
    """The model of a plan between the bound and the makespan known, each activity cut to what that leaves."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    heads, tails = heads_of(instance), tails_of(instance)
    lengths = instance.durations
    begin = [
        model.new_int_var(head, makespan - tail - length, f"begin{activity}")
        for activity, (head, length, tail) in enumerate(zip(heads, lengths, tails, strict=True), 1)
    ]
    end = model.new_int_var(bound, makespan, "end")
    runs = [
        model.new_fixed_size_interval_var(start, length, f"run{activity}")
        for activity, (start, length) in enumerate(zip(begin, lengths, strict=True), 1)
    ]
    for i, after in enumerate(instance.successors):
        for j in after:
            model.add(begin[j] >= begin[i] + lengths[i])
        model.add(end >= begin[i] + lengths[i])
    for resource, capacity in enumerate(instance.capacities):
        users = [i for i, units in enumerate(instance.demands) if units[resource] and lengths[i]]
        model.add_cumulative(
            [runs[i] for i in users], [instance.demands[i][resource] for i in users], capacity
        )
    model.minimize(end)
    return model, begin, end
