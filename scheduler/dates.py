"""Earliest and latest dates, floats, and what drives each step: the critical-path passes for lawful periods.

A step starts no earlier than every accept gate's result, and finishes no earlier than every issue gate's result plus
its tail: finish = max(start + own length, every issue bound). Lengths come from the axis, so one day's delay at the
start may cost no day, or several, at the end; the backward pass asks the axis for the latest start instead of
subtracting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from scheduler.axis import Axis
from scheduler.period import Segment
from scheduler.problem import Problem, Row, Step

_APART = 1 << 40
"""Added to late dates of steps that lead to no target, so that a target's bound always wins over the project's end."""
_LEADS_NOWHERE = _APART >> 1
"""Late dates from here on belong to steps that lead to no target."""
_HELD_BY_START = -1
_HELD_BY_TODAY = -2


class DriverKind(StrEnum):
    """What holds a step where it is."""

    ACCEPT_GATE = "accept_gate"
    ISSUE_GATE = "issue_gate"
    PROJECT_START = "project_start"
    NOT_BEFORE = "not_before"
    TODAY = "today"
    ACTUAL = "actual"
    OWN_LENGTH = "own_length"


@dataclass(frozen=True, slots=True)
class Driver:
    """Why a day is not earlier: the kind of hold, and the step that holds, if it is one."""

    kind: DriverKind
    predecessor: str | None = None


@dataclass(frozen=True, slots=True)
class StepDates:
    """The dates of one step.

    ``start_driver`` holds its start (or, once started, its acceptance), ``finish_driver`` its finish; ``driver`` is
    the one of the two that decides, so following ``driver`` back from a step walks its critical path.

    Units: points are working days since day 0, ``*_on`` civil days or None on a nominal axis; floats are working days.
    """

    key: str
    _: KW_ONLY
    start: int
    accept: int
    finish: int
    late_start: int
    late_finish: int
    total_float: int
    start_float: int
    free_float: int
    driver: Driver
    start_driver: Driver
    finish_driver: Driver
    start_on: date | None
    accept_on: date | None
    finish_on: date | None
    late_start_on: date | None
    late_finish_on: date | None


@dataclass(frozen=True)
class Dates:
    """Early and late dates of every step of a problem.

    - ``start``, ``accept``, ``finish``: the earliest, with everything that has happened left where it is.
    - ``late_finish``: the latest finish that leaves every target it leads to where it is; a target's own is its
      earliest, and a step that leads to no target may go as far as the project's end. What has finished stays.
    - ``late_start``: the latest start that still reaches ``late_finish``; what has started keeps its start.
    - ``total_float``: late_finish - finish. ``start_float``: late_start - start; it differs where a decision waits for
      another result, or where a calendar period ends on a rest day either way.
    - ``free_float``: how far the finish may slip before an early date of any other step moves; never more than
      ``total_float``.

    Units: working days since day 0; floats in working days.
    Shape: every sequence has one entry per step, in ``problem.steps`` order; floats are >= 0.
    """

    problem: Problem
    axis: Axis
    _: KW_ONLY
    start: Sequence[int]
    accept: Sequence[int]
    finish: Sequence[int]
    late_start: Sequence[int]
    late_finish: Sequence[int]
    total_float: Sequence[int]
    free_float: Sequence[int]
    accept_held_by: Sequence[int] = field(repr=False)
    finish_held_by: Sequence[int] = field(repr=False)

    @cached_property
    def driver(self) -> tuple[Driver, ...]:
        """What decides each step's dates, in ``problem.steps`` order."""
        return tuple(self._driver(i) for i in range(len(self.finish)))

    @property
    def end(self) -> int:
        """The working day on which the last step finishes; 0 for a project without steps."""
        return max(self.finish, default=0)

    def target(self, key: str) -> int | None:
        """The working day on which a headline step finishes; None where this project has no such step."""
        i = self.problem.index.get(key)
        return None if i is None else self.finish[i]

    def target_on(self, key: str) -> date | None:
        """The civil day on which a headline step finishes; None without such a step, or on a nominal axis."""
        point = self.target(key)
        return None if point is None else self.axis.date_of(point)

    def critical_path(self, key: str) -> tuple[str, ...]:
        """The steps that put this one where it is, first to last, itself included; empty if there is no such step.

        It follows drivers. A step on it may still have float where a calendar period ends on a rest day either way.
        """
        i = self.problem.index.get(key)
        path: list[str] = []
        while i is not None:
            path.append(self.problem.steps[i].key)
            i = self._driving_place(i)
        return tuple(reversed(path))

    def step(self, key: str) -> StepDates:
        """The dates of one step. Raises: UnknownStep."""
        return self._view(self.problem.place(key))

    def __iter__(self) -> Iterator[StepDates]:
        return (self._view(i) for i in range(len(self.finish)))

    def __len__(self) -> int:
        return len(self.finish)

    def _view(self, i: int) -> StepDates:
        on = self.axis.date_of
        return StepDates(
            self.problem.steps[i].key,
            start=self.start[i],
            accept=self.accept[i],
            finish=self.finish[i],
            late_start=self.late_start[i],
            late_finish=self.late_finish[i],
            total_float=self.total_float[i],
            start_float=self.late_start[i] - self.start[i],
            free_float=self.free_float[i],
            driver=self.driver[i],
            start_driver=self._start_driver(i),
            finish_driver=self._finish_driver(i),
            start_on=on(self.start[i]),
            accept_on=on(self.accept[i]),
            finish_on=on(self.finish[i]),
            late_start_on=on(self.late_start[i]),
            late_finish_on=on(self.late_finish[i]),
        )

    def _driving_place(self, i: int) -> int | None:
        if self.finish_held_by[i] != _HELD_BY_START:
            held_by = self.finish_held_by[i]
        else:
            held_by = self.accept_held_by[i]
        return held_by if held_by >= 0 else None

    def _driver(self, i: int) -> Driver:
        finish_driver = self._finish_driver(i)
        return self._start_driver(i) if finish_driver.kind is DriverKind.OWN_LENGTH else finish_driver

    def _finish_driver(self, i: int) -> Driver:
        held_by = self.finish_held_by[i]
        if self.problem.steps[i].finished is not None:
            return _ACTUAL
        if held_by >= 0:
            return Driver(DriverKind.ISSUE_GATE, self.problem.steps[held_by].key)
        return _TODAY if held_by == _HELD_BY_TODAY else _OWN_LENGTH

    def _start_driver(self, i: int) -> Driver:
        held_by = self.accept_held_by[i]
        step = self.problem.steps[i]
        if held_by >= 0:
            return Driver(DriverKind.ACCEPT_GATE, self.problem.steps[held_by].key)
        if held_by == _HELD_BY_TODAY:
            return _TODAY
        if step.has_actuals:
            return _ACTUAL
        if self.start[i] <= 0:
            return _PROJECT_START
        return _NOT_BEFORE if self.start[i] == step.not_before else _TODAY


_PROJECT_START = Driver(DriverKind.PROJECT_START)
_NOT_BEFORE = Driver(DriverKind.NOT_BEFORE)
_TODAY = Driver(DriverKind.TODAY)
_ACTUAL = Driver(DriverKind.ACTUAL)
_OWN_LENGTH = Driver(DriverKind.OWN_LENGTH)


def dates(problem: Problem, axis: Axis) -> Dates:
    """Plan a problem on an axis: one pass forward, one back.

    Units: working days since the axis's day 0.
    Raises: OutsideCalendar, when something that has happened lies before the calendar begins.
    Source: S-CPM (Kelley and Walker 1959) for the two passes; rules.md PR-6, DF-15 for the two gates.
    """
    early = _forward(problem, axis)
    late_start, late_finish, free_float = _backward(problem, axis, early)
    return Dates(
        problem,
        axis,
        start=early.start,
        accept=early.accept,
        finish=early.finish,
        late_start=late_start,
        late_finish=late_finish,
        total_float=[late - finish for late, finish in zip(late_finish, early.finish, strict=True)],
        free_float=free_float,
        accept_held_by=early.accept_held_by,
        finish_held_by=early.finish_held_by,
    )


class _Early:
    """The forward pass as it fills up; one entry per step, in ``problem.steps`` order."""

    __slots__ = ("accept", "accept_held_by", "finish", "finish_held_by", "start")

    def __init__(self, count: int) -> None:
        self.start = [0] * count
        self.accept = [0] * count
        self.finish = [0] * count
        self.accept_held_by = [_HELD_BY_START] * count
        self.finish_held_by = [_HELD_BY_START] * count

    @property
    def end(self) -> int:
        return max(self.finish, default=0)

    def gates(self, problem: Problem) -> list[int]:
        """The early date an accept gate moves: the start, or once started the acceptance."""
        if not problem.begun:
            return self.start
        gates = list(self.start)
        for i in problem.begun:
            gates[i] = self.accept[i]
        return gates


def _forward(problem: Problem, axis: Axis) -> _Early:
    early = _Early(len(problem.steps))
    start, accept, finish = early.start, early.accept, early.finish
    plain = 1 if axis.is_nominal else 0  # a row that needs more care than this asks the axis segment by segment
    for row in problem.rows:
        i, earliest, preparation, length, care, accept_before, issue_before, _, _ = row
        if care > plain:
            _place_with_care(row, problem, axis, early)
            continue
        begin = earliest - 1  # one less, so that a predecessor that ends on that very day is named as the driver
        for j in accept_before:
            if finish[j] > begin:
                begin = finish[j]
                early.accept_held_by[i] = j
        if begin < earliest:
            begin = earliest
        end = begin + length
        for j, tail in issue_before:
            if finish[j] + tail > end:
                end = finish[j] + tail
                early.finish_held_by[i] = j
        start[i] = begin
        accept[i] = begin + preparation
        finish[i] = end
    return early


def _place_with_care(row: Row, problem: Problem, axis: Axis, early: _Early) -> None:
    """Place one step that holds calendar days, or to which something has already happened."""
    i, issue_before = row[0], row[6]
    step = problem.steps[i]
    if step.finished is not None:
        known = [day for day in (step.started, step.accepted) if day is not None]
        early.start[i] = known[0] if known else step.finished
        early.accept[i] = known[-1] if known else step.finished
        early.finish[i] = step.finished
        return
    if step.accepted is not None:
        early.start[i] = step.accepted if step.started is None else step.started
        early.accept[i] = step.accepted
    else:
        _place_acceptance(row, problem, axis, early)
    end = _along(axis, early.accept[i], step.handling)
    for j, tail in issue_before:
        if early.finish[j] + tail > end:
            end = early.finish[j] + tail
            early.finish_held_by[i] = j
    if problem.today is not None and problem.today > end:
        end = problem.today
        early.finish_held_by[i] = _HELD_BY_TODAY
    early.finish[i] = end


def _place_acceptance(row: Row, problem: Problem, axis: Axis, early: _Early) -> None:
    """Start and acceptance of a step nobody has accepted yet; once started, its gates still hold its acceptance."""
    i, earliest, _, _, _, accept_before, _, _, _ = row
    step = problem.steps[i]
    held_by = _HELD_BY_START
    if step.started is None:
        begin = earliest - 1
    else:
        early.start[i] = step.started
        begin = _along(axis, step.started, step.preparation)
    for j in accept_before:
        if early.finish[j] > begin:
            begin = early.finish[j]
            held_by = j
    if step.started is None:
        early.start[i] = max(begin, earliest)
        early.accept[i] = _along(axis, early.start[i], step.preparation)
    else:
        if problem.today is not None and problem.today > begin:
            begin = problem.today
            held_by = _HELD_BY_TODAY
        early.accept[i] = begin
    early.accept_held_by[i] = held_by


def _backward(problem: Problem, axis: Axis, early: _Early) -> tuple[list[int], list[int], list[int]]:
    """Latest starts, latest finishes and free floats, from the forward pass."""
    finish = early.finish
    late_finish = [early.end + _APART] * len(finish)
    for key in problem.targets:
        if key in problem.index:
            late_finish[problem.index[key]] = finish[problem.index[key]]
    gate = early.gates(problem)
    late_gate = list(finish)
    room = list(late_finish)
    plain = 1 if axis.is_nominal else 0
    for row in reversed(problem.rows):
        i, _, _, length, care, _, _, accept_after, issue_after = row
        late = late_finish[i]
        free = _APART
        for j in accept_after:
            if late_gate[j] < late:
                late = late_gate[j]
            if gate[j] < free:
                free = gate[j]
        for j, tail in issue_after:
            if late_finish[j] - tail < late:
                late = late_finish[j] - tail
            if finish[j] - tail < free:
                free = finish[j] - tail
        late_finish[i] = late
        room[i] = free
        late_gate[i] = late - length if care <= plain else _late_gate(problem.steps[i], axis, late)
    return _settled(problem, early, late_gate, late_finish, room)


def _late_gate(step: Step, axis: Axis, late: int) -> int:
    """The latest result of an accept gate in front of a step that holds calendar days, or has started."""
    segments = step.segments if step.started is None else step.handling
    if late < _LEADS_NOWHERE:
        return _back_along(axis, late, segments)
    return _back_along(axis, late - _APART, segments) + _APART


def _settled(
    problem: Problem, early: _Early, late_start: list[int], late_finish: list[int], room: list[int]
) -> tuple[list[int], list[int], list[int]]:
    """Bring both kinds of late dates back to one scale, and leave what has happened where it is."""
    late_start = [late if late < _LEADS_NOWHERE else late - _APART for late in late_start]
    late_finish = [late if late < _LEADS_NOWHERE else late - _APART for late in late_finish]
    for i in problem.begun:
        late_start[i] = early.start[i]
        if problem.steps[i].finished is not None:
            late_finish[i] = early.finish[i]
    free = [
        (late if late < bound else bound) - finish
        for late, bound, finish in zip(late_finish, room, early.finish, strict=True)
    ]
    return late_start, late_finish, free


def _along(axis: Axis, point: int, segments: Sequence[Segment]) -> int:
    for segment in segments:
        point = axis.forward(point, segment)
    return point


def _back_along(axis: Axis, point: int, segments: Sequence[Segment]) -> int:
    for segment in reversed(segments):
        point = axis.backward(point, segment)
    return point
