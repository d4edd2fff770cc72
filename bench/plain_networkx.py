"""The yardstick: the same dates by NetworkX, written as its tutorials would have it.

One directed graph with the steps as nodes and the gates on its edges; a topological sort; a pass forward
over the edges in, a pass back over the edges out. It answers the same questions as ``scheduler.dates``, on
either of two lines of days: the scheduler's own axis, which leaves nothing but the graph to compare, or
civil days stepped one by one, which is how lawful dates are plainly written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

import networkx as nx

import scheduler

ACCEPT, ISSUE = scheduler.Gate.ACCEPT, scheduler.Gate.ISSUE
ONE_DAY = timedelta(days=1)

Answer = dict[str, tuple[int, int, int, int, int, int, str | None]]
"""start, finish, late start, late finish, total float, free float, driving predecessor; by step."""


class Line(Protocol):
    """A line of days: points in order, periods along it, and the working days between two points."""

    def forward(self, point: int, segment: scheduler.Segment) -> int:
        """The end of a period that follows a point."""

    def backward(self, point: int, segment: scheduler.Segment) -> int:
        """The latest point from which a period still ends by this one."""

    def workdays(self, after: int, until: int) -> int:
        """The working days between two points."""


class SharedLine:
    """The scheduler's own axis: points are working days already."""

    def __init__(self, axis: scheduler.Axis) -> None:
        self.forward = axis.forward
        self.backward = axis.backward

    def workdays(self, after: int, until: int) -> int:
        """A difference. Units: working days."""
        return until - after


class SteppedLine:
    """Civil days, walked one by one past a set of holidays and make-up days. Units: days since ``day0``."""

    def __init__(self, rules: Sequence[scheduler.DayRule], day0: date) -> None:
        self.day0 = day0
        self.exceptions = {rule.on: rule.is_workday for rule in rules}

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        return self.exceptions.get(day, day.weekday() < 5)

    def forward(self, point: int, segment: scheduler.Segment) -> int:
        """The end of a period that follows a point. Units: days since day 0."""
        day = self.day0 + timedelta(days=point)
        if segment.basis is scheduler.Basis.CALENDAR:
            day += timedelta(days=segment.days)
            while not self.is_workday(day):
                day += ONE_DAY
            return (day - self.day0).days
        left = segment.days
        while left:
            day += ONE_DAY
            left -= self.is_workday(day)
        return (day - self.day0).days

    def backward(self, point: int, segment: scheduler.Segment) -> int:
        """The latest point from which a period still ends by this one. Units: days since day 0."""
        day = self.day0 + timedelta(days=point)
        if segment.basis is scheduler.Basis.CALENDAR:
            day -= timedelta(days=segment.days)
            while not self.is_workday(day):
                day -= ONE_DAY
            return (day - self.day0).days
        left = segment.days
        while left:
            day -= ONE_DAY
            left -= self.is_workday(day)
        return (day - self.day0).days

    def workdays(self, after: int, until: int) -> int:
        """The working days after one point, up to and including another."""
        days = (self.day0 + timedelta(days=n) for n in range(after + 1, until + 1))
        return sum(self.is_workday(day) for day in days)


def build(steps: Sequence[scheduler.Step], precedences: Sequence[scheduler.Precedence]) -> nx.DiGraph:
    """The graph of a project, checked for rings."""
    graph = nx.DiGraph()
    for step in steps:
        graph.add_node(step.key, segments=step.segments)
    for precedence in precedences:
        tail = scheduler.Segment("work", precedence.tail)
        graph.add_edge(precedence.predecessor, precedence.successor, gate=precedence.gate, tail=tail)
    if not nx.is_directed_acyclic_graph(graph):
        raise ValueError(nx.find_cycle(graph))
    return graph


def plan(graph: nx.DiGraph, line: Line, targets: Sequence[str]) -> Answer:
    """Earliest and latest dates, floats and drivers of every step."""
    start: dict[str, int] = {}
    finish: dict[str, int] = {}
    driver: dict[str, str | None] = {}
    for key in nx.topological_sort(graph):
        incoming = graph.in_edges(key, data=True)
        begin, by = max(
            ((finish[before], before) for before, _, edge in incoming if edge["gate"] is ACCEPT),
            default=(0, None),
        )
        end = begin
        for segment in graph.nodes[key]["segments"]:
            end = line.forward(end, segment)
        for before, _, edge in incoming:
            if edge["gate"] is ISSUE:
                bound = line.forward(finish[before], edge["tail"])
                if bound > end:
                    end, by = bound, before
        start[key], finish[key], driver[key] = begin, end, by
    late_start, late_finish, room = _backward(graph, line, targets, start, finish)
    return {
        key: (
            start[key],
            finish[key],
            late_start[key],
            late_finish[key],
            line.workdays(finish[key], late_finish[key]),
            line.workdays(finish[key], room[key]),
            driver[key],
        )
        for key in graph
    }


def _backward(
    graph: nx.DiGraph, line: Line, targets: Sequence[str], start: dict[str, int], finish: dict[str, int]
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    project_end = max(finish.values())
    leading = set(targets).intersection(graph)
    for target in tuple(leading):
        leading |= nx.ancestors(graph, target)
    late_start: dict[str, int] = {}
    late_finish: dict[str, int] = {}
    room: dict[str, int] = {}
    for key in reversed(list(nx.topological_sort(graph))):
        bounds, moved = [], []
        for _, after, edge in graph.out_edges(key, data=True):
            if edge["gate"] is ACCEPT:
                bound, early = late_start[after], start[after]
            else:
                bound = line.backward(late_finish[after], edge["tail"])
                early = line.backward(finish[after], edge["tail"])
            moved.append(early)
            if after in leading or key not in leading:
                bounds.append(bound)
        late = finish[key] if key in targets else min(bounds, default=project_end)
        late_finish[key] = late
        room[key] = min([late, *moved])
        for segment in reversed(graph.nodes[key]["segments"]):
            late = line.backward(late, segment)
        late_start[key] = late
    return late_start, late_finish, room
