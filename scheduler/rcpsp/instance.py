"""One project: activities with durations, precedences, and the units of each resource they take."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.errors import CycleFound
from scheduler.graph import ring
from scheduler.rcpsp.errors import (
    BelowZero,
    DemandOverCapacity,
    HorizonTooLong,
    NoSuchActivity,
    TooManyActivities,
)

MOST_ACTIVITIES = 20_000
LONGEST = 1_000_000
"""The longest time line that is kept, in units of time."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A project under limited resources, checked when built. Activities count from 0 here, from 1 in words.

    An activity runs without a break from its start to its start plus its duration, and takes its demand of
    every resource all that time. One of no duration takes nothing, whatever its demand says.

    Units: durations in whole units of time, demands and capacities in whole units of the resource.
    Shape: ``durations``, ``demands`` and ``successors`` have one entry per activity; each demand has one
    number per resource, as ``capacities`` does. Successors are named by their place.
    Raises: one of ``scheduler.rcpsp.errors``, or CycleFound.
    """

    durations: tuple[int, ...]
    demands: tuple[tuple[int, ...], ...]
    successors: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.durations) > MOST_ACTIVITIES:
            raise TooManyActivities(count=len(self.durations), most=MOST_ACTIVITIES)
        self._check_amounts()
        self._check_successors()
        if (total := sum(self.durations)) > LONGEST:
            raise HorizonTooLong(total=total, most=LONGEST)

    def _check_amounts(self) -> None:
        for resource, capacity in enumerate(self.capacities, 1):
            if capacity < 0:
                raise BelowZero(what=f"The capacity of resource {resource}", amount=capacity)
        for activity, (duration, demand) in enumerate(zip(self.durations, self.demands, strict=True), 1):
            if duration < 0:
                raise BelowZero(what=f"The duration of activity {activity}", amount=duration)
            for resource, (units, capacity) in enumerate(zip(demand, self.capacities, strict=True), 1):
                if units < 0:
                    raise BelowZero(what=f"The demand of activity {activity}", amount=units)
                if duration and units > capacity:
                    raise DemandOverCapacity(
                        activity=activity, resource=resource, demand=units, capacity=capacity
                    )

    def _check_successors(self) -> None:
        count = len(self.durations)
        for activity, after in enumerate(self.successors, 1):
            for successor in after:
                if not 0 <= successor < count:
                    raise NoSuchActivity(activity=activity, successor=successor + 1, count=count)
        if len(self.successors) != count:
            raise ValueError("every activity needs its successors, if only none")
        if len(self.topological()) < count:
            edges = ((str(i + 1), str(j + 1)) for i, after in enumerate(self.successors) for j in after)
            raise CycleFound(steps=ring(edges))

    def predecessors(self) -> list[list[int]]:
        """Who comes right before each activity.

        Shape: one list per activity, in the order of the activities.
        """
        before: list[list[int]] = [[] for _ in self.durations]
        for activity, after in enumerate(self.successors):
            for successor in dict.fromkeys(after):
                before[successor].append(activity)
        return before

    def topological(self) -> list[int]:
        """The activities, each after its predecessors; those on or behind a ring are missing."""
        waits = [len(before) for before in self.predecessors()]
        order = [activity for activity, count in enumerate(waits) if not count]
        for activity in order:
            for successor in dict.fromkeys(self.successors[activity]):
                waits[successor] -= 1
                if not waits[successor]:
                    order.append(successor)
        return order
