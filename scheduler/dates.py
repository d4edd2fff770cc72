"""Earliest and latest dates, floats, and what drives each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from scheduler.axis import Axis
from scheduler.passes import HELD_BY_BOOKING, HELD_BY_START, HELD_BY_TODAY, backward, forward
from scheduler.problem import Problem


class DriverKind(StrEnum):
    """What holds a step where it is."""

    ACCEPT_GATE = "accept_gate"
    ISSUE_GATE = "issue_gate"
    PROJECT_START = "project_start"
    NOT_BEFORE = "not_before"
    TODAY = "today"
    ACTUAL = "actual"
    BOOKING = "booking"
    OWN_LENGTH = "own_length"


@dataclass(frozen=True, slots=True)
class Driver:
    """Why a day is not earlier: the kind of hold, and the step that holds, if it is one.

    ``booked_by`` is what the step itself says of its booking, where that is what holds.
    """

    kind: DriverKind
    predecessor: str | None = None
    booked_by: str | None = None


@dataclass(frozen=True, slots=True)
class StepDates:
    """The dates of one step.

    ``start_driver`` holds its start (or, once started, what its acceptance waits for first);
    ``accept_driver`` its acceptance where a booking holds that longer, own length where it is accepted as
    soon as it is prepared; ``finish_driver`` its finish. ``driver`` is the last of the three that decides,
    so following ``driver`` back from a step walks its critical path.

    Units: points are working days since day 0, ``*_on`` civil days or None on a nominal axis; floats are
    working days.
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
    accept_driver: Driver
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
    - ``late_finish``: the latest finish that leaves every target it leads to where it is; a target's own is
      its earliest, and a step that leads to no target may go as far as the project's end. What has
      finished stays.
    - ``late_start``: the latest start that still reaches ``late_finish``; what has started keeps its start.
    - ``total_float``: late_finish - finish. ``start_float``: late_start - start; it differs where a
      decision waits for another result, or where a calendar period ends on a rest day either way.
    - ``free_float``: how far the finish may slip before an early date of any other step moves; never more
      than ``total_float``.

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
    booked: frozenset[int] = field(repr=False, default=frozenset())

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
        """The steps that put this one where it is, first to last and itself; empty if there is no such step.

        It follows drivers. A step on it may still have float where a calendar period ends on a rest day
        either way.
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
            accept_driver=self._accept_driver(i),
            finish_driver=self._finish_driver(i),
            start_on=on(self.start[i]),
            accept_on=on(self.accept[i]),
            finish_on=on(self.finish[i]),
            late_start_on=on(self.late_start[i]),
            late_finish_on=on(self.late_finish[i]),
        )

    def _driving_place(self, i: int) -> int | None:
        if self.finish_held_by[i] != HELD_BY_START:
            held_by = self.finish_held_by[i]
        elif i in self.booked:
            held_by = HELD_BY_BOOKING
        else:
            held_by = self.accept_held_by[i]
        return held_by if held_by >= 0 else None

    def _driver(self, i: int) -> Driver:
        finish_driver = self._finish_driver(i)
        if finish_driver.kind is not DriverKind.OWN_LENGTH:
            return finish_driver
        return self._booking(i) if i in self.booked else self._start_driver(i)

    def _finish_driver(self, i: int) -> Driver:
        held_by = self.finish_held_by[i]
        if self.problem.steps[i].finished is not None:
            return _ACTUAL
        if held_by >= 0:
            return Driver(DriverKind.ISSUE_GATE, self.problem.steps[held_by].key)
        if held_by == HELD_BY_BOOKING:
            return self._booking(i)
        return _TODAY if held_by == HELD_BY_TODAY else _OWN_LENGTH

    def _accept_driver(self, i: int) -> Driver:
        if i in self.booked:
            return self._booking(i)
        has_begun = self.problem.steps[i].began is not None
        return self._start_driver(i) if has_begun else _OWN_LENGTH

    def _booking(self, i: int) -> Driver:
        return Driver(DriverKind.BOOKING, booked_by=self.problem.steps[i].booked_by)

    def _start_driver(self, i: int) -> Driver:
        held_by = self.accept_held_by[i]
        step = self.problem.steps[i]
        if held_by >= 0:
            return Driver(DriverKind.ACCEPT_GATE, self.problem.steps[held_by].key)
        if held_by == HELD_BY_TODAY:
            return _TODAY
        if step.began is not None:
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
    Source: PR-6, DF-15 for the two gates.
    """
    early = forward(problem, axis)
    late = backward(problem, axis, early)
    return Dates(
        problem,
        axis,
        start=early.start,
        accept=early.accept,
        finish=early.finish,
        late_start=late.start,
        late_finish=late.finish,
        total_float=[last - first for last, first in zip(late.finish, early.finish, strict=True)],
        free_float=late.free,
        accept_held_by=early.accept_held_by,
        finish_held_by=early.finish_held_by,
        booked=frozenset(early.booked),
    )
