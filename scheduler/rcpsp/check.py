"""The proof: a plan tested against its project, sharing no code with any solver."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from scheduler.rcpsp.instance import Instance


class FaultKind(StrEnum):
    """What can be wrong with a plan."""

    COUNT = "count"
    BEFORE_ZERO = "before zero"
    PRECEDENCE = "precedence"
    CAPACITY = "capacity"
    MAKESPAN = "makespan"


class Fault(NamedTuple):
    """One demand the plan breaks, in words; activities and resources are numbered from 1."""

    kind: FaultKind
    said: str


def check(instance: Instance, starts: Sequence[int], makespan: int | None = None) -> tuple[Fault, ...]:
    """Everything the plan breaks; empty when it is feasible, and as long as it says.

    Shape: ``starts`` has one entry per activity.
    """
    count = len(instance.durations)
    if len(starts) != count:
        return (Fault(FaultKind.COUNT, f"the plan has {len(starts)} starts for {count} activities"),)
    faults = [
        Fault(FaultKind.BEFORE_ZERO, f"activity {activity} starts at {start}, before the project does")
        for activity, start in enumerate(starts, 1)
        if start < 0
    ]
    faults += _precedence_faults(instance, starts)
    for resource in range(len(instance.capacities)):
        faults += _capacity_faults(instance, starts, resource)
    end = max((start + length for start, length in zip(starts, instance.durations, strict=True)), default=0)
    if makespan is not None and makespan != end:
        faults.append(Fault(FaultKind.MAKESPAN, f"the plan says it takes {makespan}, and takes {end}"))
    return tuple(faults)


def _precedence_faults(instance: Instance, starts: Sequence[int]) -> list[Fault]:
    faults = []
    for before, successors in enumerate(instance.successors):
        end = starts[before] + instance.durations[before]
        faults += [
            Fault(
                FaultKind.PRECEDENCE,
                f"activity {after + 1} starts at {starts[after]}, before activity {before + 1} ends at {end}",
            )
            for after in successors
            if starts[after] < end
        ]
    return faults


def _capacity_faults(instance: Instance, starts: Sequence[int], resource: int) -> list[Fault]:
    """Where the running total of what begins and ends goes over the capacity, once for every rise."""
    steps: dict[int, int] = {}
    for start, length, demand in zip(starts, instance.durations, instance.demands, strict=True):
        if length and demand[resource]:
            steps[start] = steps.get(start, 0) + demand[resource]
            steps[start + length] = steps.get(start + length, 0) - demand[resource]
    faults, used, capacity = [], 0, instance.capacities[resource]
    for time in sorted(steps):
        was_over = used > capacity
        used += steps[time]
        if used > capacity and not was_over:
            said = f"at {time} resource {resource + 1} is asked for {used} units and has {capacity}"
            faults.append(Fault(FaultKind.CAPACITY, said))
    return faults
