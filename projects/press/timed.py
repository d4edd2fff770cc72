"""An arrow network with its dates: events numbered by date, works and dummies between them.

An event happens when the last arrow into it arrives. Where facts ran ahead of the order (a step accepted
before its predecessor finished), the event still waits, so that no arrow ever points to the left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from projects.press.arrows import Arrows, Dummy, arrows
from projects.press.chart import ChartStep
from projects.press.precedence import restricted, stated_waits


@dataclass(frozen=True, order=True)
class TimedWork:
    """One step as an arrow from event i to event j; its own work fills (start_on, ready_on]."""

    i: int
    j: int
    step: int
    start_on: date
    ready_on: date


@dataclass(frozen=True)
class TimedNetwork:
    """Events by number with their dates, works by step, and dummies."""

    dates: Mapping[int, date]
    works: Mapping[int, TimedWork]
    dummies: tuple[Dummy, ...]


Dates = tuple[date, date, date]


def planned_dates(step: ChartStep) -> Dates:
    """Start, end of its own work, and finish by the plan; by the forecast where there is no plan."""
    planned = (step.plan_start_on, step.plan_finish_on)
    if (
        step.plan_start_on is None
        or step.plan_finish_on is None
        or planned == (step.start_on, step.finish_on)
    ):
        return forecast_dates(step)
    return step.plan_start_on, step.plan_ready_on or step.plan_finish_on, step.plan_finish_on


def forecast_dates(step: ChartStep) -> Dates:
    """Start, end of its own work, and finish as they are or are expected."""
    return step.start_on, step.ready_on or step.finish_on, step.finish_on


def timed_network(
    steps: Iterable[ChartStep], dates_of: Callable[[ChartStep], Dates], keep: Callable[[ChartStep], bool]
) -> TimedNetwork:
    """The network of some of the steps, in the order the whole plan gives them.

    Raises: ValueError, when steps wait for each other in a circle.
    """
    by_number = {step.number: step for step in steps}
    kept = {number for number, step in by_number.items() if keep(step)}
    waits = restricted(stated_waits(by_number.values()), kept.__contains__)
    if not waits:
        return TimedNetwork({}, {}, ())
    dates = {number: dates_of(by_number[number]) for number in kept}
    return _numbered(arrows(waits), dates)


def _numbered(net: Arrows, dates: Mapping[int, Dates]) -> TimedNetwork:
    ahead: dict[int, list[int]] = {event: [] for event in range(net.event_count)}
    for step, tail in net.start.items():
        ahead[tail].append(net.finish[step])
    for dummy in net.dummies:
        ahead[dummy.tail].append(dummy.head)
    depth = _depths(ahead)
    arrival = dict.fromkeys(ahead, min(start for start, _, _ in dates.values()))
    for step, event in net.finish.items():
        arrival[event] = max(arrival[event], dates[step][2])
    for event in sorted(ahead, key=lambda e: -depth[e]):
        for head in ahead[event]:
            arrival[head] = max(arrival[head], arrival[event])
    order = sorted(ahead, key=lambda e: (arrival[e], -depth[e], e))
    number = {event: index + 1 for index, event in enumerate(order)}
    works: dict[int, TimedWork] = {}
    for step in sorted(dates):
        i, j = net.start[step], net.finish[step]
        start, ready, _ = dates[step]
        start_on = min(max(start, arrival[i]), arrival[j])
        works[step] = TimedWork(number[i], number[j], step, start_on, min(max(ready, start_on), arrival[j]))
    dummies = tuple(
        sorted(
            (Dummy(number[d.tail], number[d.head], d.held, d.tail_workdays) for d in net.dummies),
            key=lambda d: (d.tail, d.head),
        )
    )
    return TimedNetwork({number[event]: arrival[event] for event in order}, works, dummies)


def _depths(ahead: Mapping[int, list[int]]) -> dict[int, int]:
    depth: dict[int, int] = {}
    open_events = list(ahead)
    while open_events:
        event = open_events[-1]
        missing = [head for head in ahead[event] if head not in depth]
        if missing:
            open_events += missing
        else:
            depth[event] = 1 + max((depth[head] for head in ahead[event]), default=0)
            open_events.pop()
    return depth


def part_of(network: TimedNetwork, steps: frozenset[int]) -> TimedNetwork:
    """The works of some steps with their own events and the dummies between those."""
    works = {step: work for step, work in network.works.items() if step in steps}
    events = {event for work in works.values() for event in (work.i, work.j)}
    return TimedNetwork(
        {event: on for event, on in network.dates.items() if event in events},
        works,
        tuple(dummy for dummy in network.dummies if dummy.tail in events and dummy.head in events),
    )
