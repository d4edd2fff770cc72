"""The two passes over a problem's index arrays, on flat lists of whole working days.

A step starts no earlier than every accept gate's result, and finishes no earlier than every issue gate's
result plus its tail: finish = max(start + own length, every issue bound). A booking holds the acceptance,
or the finish, to its day: accept = max(prepared, booked). Lengths come from the axis, so
one day's delay at the start may cost no day, or several, at the end; the pass back asks the axis for the
latest start instead of subtracting.

Units: working days since day 0 throughout.
Source: Kelley and Walker (1959) for the passes; PR-6, DF-15 for the two gates.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.axis import Axis
from scheduler.period import Basis, Segment
from scheduler.problem import Care, Problem, Step

HELD_BY_START = -1
"""Nobody holds the step: its own start, length or history decides."""
HELD_BY_TODAY = -2
HELD_BY_BOOKING = -3

_APART = 1 << 28
"""Added to late dates of steps that lead to no target: a target's bound wins over the project's end."""
_LEADS_NOWHERE = _APART >> 1
_CALENDAR = Basis.CALENDAR


class Early:
    """The forward pass as it fills up.

    ``held`` is the day accept gates hold a step to, ``issued`` the day issue gates hold its finish to. Until
    a gate holds, ``held`` is one day short, so that a gate that opens on the very day is named. ``booked``
    are the places of steps that are prepared before their booking lets them be accepted.

    Shape: one entry per step, in ``problem.steps`` order.
    """

    __slots__ = ("accept", "accept_held_by", "booked", "finish", "finish_held_by", "held", "issued", "start")

    def __init__(self, problem: Problem) -> None:
        self.held = [day - 1 for day in problem.earliest]
        count = len(self.held)
        for i in problem.begun:
            self.held[i] = -_APART
        self.issued = [-_APART] * count
        self.start = list(self.held)
        self.accept = list(self.held)
        self.finish = list(self.held)
        self.accept_held_by = [HELD_BY_START] * count
        self.finish_held_by = [HELD_BY_START] * count
        self.booked: set[int] = set()

    def gates(self, problem: Problem) -> list[int]:
        """The early date an accept gate moves: the start, or once started the acceptance."""
        if not problem.begun:
            return self.start
        gates = list(self.start)
        for i in problem.begun:
            gates[i] = self.accept[i]
        return gates


def forward(problem: Problem, axis: Axis) -> Early:
    """The earliest dates of every step, and who holds it there.

    Raises: OutsideCalendar, when the axis cannot reach a day.
    """
    early = Early(problem)
    held, issued, start, accept, finish = early.held, early.issued, early.start, early.accept, early.finish
    accept_held_by, finish_held_by = early.accept_held_by, early.finish_held_by
    plain = Care.CALENDAR_DAYS.value if axis.is_nominal else Care.PLAIN.value
    for i, preparation, length, care, accept_after, issue_after in problem.rows:
        begin = held[i] + (accept_held_by[i] < 0)
        if care > plain:
            end = _placed_with_care(i, begin, problem, axis, early)
        else:
            start[i] = begin
            accept[i] = begin + preparation
            end = begin + length
            if issued[i] > end:
                end = issued[i]
            else:
                finish_held_by[i] = HELD_BY_START
        finish[i] = end
        for j in accept_after:
            if end > held[j]:
                held[j] = end
                accept_held_by[j] = i
        for j, tail in issue_after:
            if end + tail > issued[j]:
                issued[j] = end + tail
                finish_held_by[j] = i
    return early


def _placed_with_care(i: int, begin: int, problem: Problem, axis: Axis, early: Early) -> int:
    """The finish of a step that holds calendar days, is booked, or to which something has happened."""
    step = problem.steps[i]
    if step.finished is not None:
        early.start[i] = step.finished if step.began is None else step.began
        early.accept[i] = early.start[i] if step.accepted is None else step.accepted
        return step.finished
    if step.began is None:
        today = None  # a step that has not begun is held to today by ``problem.earliest``
        early.start[i] = begin
        early.accept[i] = _booked(i, step, _along(axis, begin, step.preparation), early)
    else:
        today = problem.today
        early.start[i] = step.began
        early.accept[i] = _acceptance(i, step, _along(axis, step.began, step.preparation), today, early)
    end = _along(axis, early.accept[i], step.handling)
    if early.issued[i] > end:
        end = early.issued[i]
    else:
        early.finish_held_by[i] = HELD_BY_START
    if step.finish_not_before is not None and step.finish_not_before > end:
        end = step.finish_not_before
        early.finish_held_by[i] = HELD_BY_BOOKING
    if today is not None and today > end:
        end = today
        early.finish_held_by[i] = HELD_BY_TODAY
    return end


def _booked(i: int, step: Step, prepared: int, early: Early) -> int:
    """The acceptance of a step that is prepared: at once, or when its booking lets it."""
    if step.accept_not_before is None or step.accept_not_before <= prepared:
        return prepared
    early.booked.add(i)
    return step.accept_not_before


def _acceptance(i: int, step: Step, prepared: int, today: int | None, early: Early) -> int:
    """The acceptance of a step that has begun: as it happened, or when gates, today and booking let it."""
    if step.accepted is not None:
        return step.accepted
    if early.held[i] > prepared:
        prepared = early.held[i]
    else:
        early.accept_held_by[i] = HELD_BY_START
    if today is not None and today > prepared:
        prepared = today
        early.accept_held_by[i] = HELD_BY_TODAY
    return _booked(i, step, prepared, early)


class Late:
    """The backward pass as it fills up.

    Late dates of steps that lead to no target are set apart (``_APART`` higher) until the end, so that in
    every minimum a step that does lead to one wins over the project's end.

    Shape: one entry per step, in ``problem.steps`` order.
    """

    __slots__ = ("finish", "free", "start")

    def __init__(self, problem: Problem, finish: list[int]) -> None:
        self.finish = [max(finish, default=0) + _APART] * len(finish)
        for key in problem.targets:
            if key in problem.index:
                self.finish[problem.index[key]] = finish[problem.index[key]]
        self.start = list(finish)
        self.free = list(finish)


def backward(problem: Problem, axis: Axis, early: Early) -> Late:
    """The latest dates and the free float of every step, from its earliest dates.

    A booking asks for nothing here: it holds the acceptance no later than the early dates already are, so
    the latest start that reaches the latest finish is the same with it and without.
    """
    late = Late(problem, early.finish)
    finish, gate = early.finish, early.gates(problem)
    late_start, late_finish = late.start, late.finish
    plain = Care.CALENDAR_DAYS.value if axis.is_nominal else Care.PLAIN.value
    for i, _, length, care, accept_after, issue_after in reversed(problem.rows):
        end = late_finish[i]
        room = _APART
        for j in accept_after:
            if late_start[j] < end:
                end = late_start[j]
            if gate[j] < room:
                room = gate[j]
        for j, tail in issue_after:
            if late_finish[j] - tail < end:
                end = late_finish[j] - tail
            if finish[j] - tail < room:
                room = finish[j] - tail
        late_finish[i] = end
        late.free[i] = (end if end < room else room) - finish[i]
        late_start[i] = end - length if care <= plain else _late_gate(problem.steps[i], axis, end)
    _settle(problem, early, late)
    return late


def _late_gate(step: Step, axis: Axis, end: int) -> int:
    """The latest result of an accept gate before a step of calendar days, booked, or started."""
    segments = step.segments if step.started is None else step.handling
    if end < _LEADS_NOWHERE:
        return _back_along(axis, end, segments)
    return _back_along(axis, end - _APART, segments) + _APART


def _settle(problem: Problem, early: Early, late: Late) -> None:
    """Bring the late dates that were set apart back to scale, and leave what has happened where it is."""
    for i in [i for i, end in enumerate(late.finish) if end >= _LEADS_NOWHERE]:
        late.start[i] -= _APART
        late.finish[i] -= _APART
        late.free[i] = min(late.free[i], late.finish[i] - early.finish[i])
    for i in problem.begun:
        late.start[i] = early.start[i]
        if problem.steps[i].finished is not None:
            late.finish[i] = early.finish[i]
            late.free[i] = 0


def _along(axis: Axis, point: int, segments: Sequence[Segment]) -> int:
    for segment in segments:
        if segment.basis is _CALENDAR:
            point = axis.forward(point, segment)
        else:
            point += segment.days
    return point


def _back_along(axis: Axis, point: int, segments: Sequence[Segment]) -> int:
    for segment in reversed(segments):
        if segment.basis is _CALENDAR:
            point = axis.backward(point, segment)
        else:
            point -= segment.days
    return point
