"""What a deferral is worth: the working days it gains, and the last day its paper may come in safely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import scheduler
from approvals.rules.catalogue import PERMIT, START
from projects.rules.bookings import Booking
from projects.rules.expand import Expansion
from projects.rules.graph import Circumstances, frame_of
from projects.rules.terms import Actual, PlanTerms, WhatIf

PLANNING_PERMIT = "construction-planning-permit"
CERTIFICATES = (PLANNING_PERMIT, PERMIT, START)
"""The milestones a paper may hold back, in the order a project reaches them."""

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A project with an open deferral, as the planner needs it.

    Shape: ``bridged`` are the waitings that granted deferrals relaxed, this one among them.
    """

    expansion: Expansion
    terms: PlanTerms
    calendar: scheduler.WorkCalendar
    actuals: Sequence[Actual] = ()
    bookings: Mapping[str, Booking] = field(default_factory=dict)
    bridged: Sequence[Pair] = ()


@dataclass(frozen=True, kw_only=True)
class Deferred:
    """A paper of a step that comes later.

    Units: ``hand_in_on`` is the civil day it is expected: its due day.
    Shape: ``producer`` is the step whose result it is, empty where the enterprise brings it.
    """

    step: str
    hand_in_on: date
    producer: str = ""


@dataclass(frozen=True, kw_only=True)
class Worth:
    """The two numbers of a deferral, and what stands behind them.

    Units: civil days; ``gained_workdays`` are working days of the permit, of the start where the step does
        not lead to the permit, and of the step's own result where it leads to neither.
    Shape: ``latest_on`` is the last day on which the paper may come without moving that headline, None where
        no day moves it; ``withheld`` the milestone that waits for it, empty where none does.
    """

    permit_on: date | None
    permit_without_on: date | None
    start_on: date | None
    start_without_on: date | None
    gained_workdays: int
    latest_on: date | None
    is_critical: bool
    withheld: str


def worth(standing: Standing, deferred: Deferred) -> Worth:
    """Plan a project with and without a deferral, and with its paper held until ever later days.

    Shape: with it the case runs and only its certificate waits for the due day; without it the case is
        accepted no earlier than that day. A bridge without its deferral has its gate back at acceptance.
    Raises: scheduler.OutsideCalendar; TypeError, for a project without a start day.
    Source: DF-5, DF-7, DF-15, PR-6.
    """
    planner = _Planner(standing)
    held = {} if deferred.producer else {deferred.step: planner.point(deferred.hand_in_on)}
    with_it = planner.dates(standing.bridged, held=held)
    without = planner.without(deferred)
    target = _target(with_it, deferred.step)
    latest_on = planner.latest(target, deferred)
    return Worth(
        permit_on=with_it.target_on(PERMIT),
        permit_without_on=without.target_on(PERMIT),
        start_on=with_it.target_on(START),
        start_without_on=without.target_on(START),
        gained_workdays=_finish(without, target) - _finish(with_it, target),
        latest_on=latest_on,
        is_critical=latest_on is not None and latest_on <= deferred.hand_in_on,
        withheld=_withheld(with_it, deferred.step),
    )


class _Planner:
    """Plans one project again and again, with one thing changed at a time."""

    def __init__(self, standing: Standing) -> None:
        if standing.terms.start_on is None:
            raise TypeError("a deferral is counted on a calendar, so the project needs a start day")
        self.standing = standing
        self.axis = standing.calendar.axis(standing.terms.start_on)
        self.actuals = {actual.step: actual for actual in standing.actuals}

    def point(self, on: date) -> int:
        """The planner's day for a civil day."""
        return self.axis.point_of(on)

    def dates(
        self,
        bridged: Sequence[Pair],
        *,
        held: Mapping[str, int] | None = None,
        begun: Mapping[str, int] | None = None,
        actuals: Mapping[str, Actual] | None = None,
    ) -> scheduler.Dates:
        """The dates with some results held back until a day, and some acceptances."""
        terms, known = self.standing.terms, self.actuals if actuals is None else actuals
        asked = WhatIf(relaxed=tuple(bridged))
        frame = frame_of(self.standing.expansion, terms.gates, asked)
        at = Circumstances(known, terms.today, asked, bookings=self.standing.bookings)
        counted = frame.problem(terms.days, self.axis, at)
        results, acceptances = held or {}, begun or {}
        steps = [_held(one, results.get(one.key), acceptances.get(one.key)) for one in counted.steps]
        return scheduler.dates(
            scheduler.Problem(steps, counted.precedences, targets=counted.targets, today=counted.today),
            self.axis,
        )

    def without(self, deferred: Deferred) -> scheduler.Dates:
        """The dates had the paper not been deferred: what the deferral allowed has not happened."""
        actuals = dict(self.actuals)
        own = actuals.get(deferred.step)
        if own is not None and own.accepted_on is not None:
            actuals[deferred.step] = Actual(step=own.step, started_on=own.started_on)
        if deferred.producer:
            pair = (deferred.producer, deferred.step)
            return self.dates([one for one in self.standing.bridged if one != pair], actuals=actuals)
        begun = {deferred.step: self.point(deferred.hand_in_on)}
        return self.dates(self.standing.bridged, begun=begun, actuals=actuals)

    def latest(self, target: str, deferred: Deferred) -> date | None:
        """The last day that leaves the target where it is, found by halving: a later paper never helps.

        Shape: None where the target does not wait for it at all, or the paper cannot move it any more.
        """
        awaited = deferred.producer or deferred.step
        base = self.dates(self.standing.bridged)
        aim = _finish(base, target)
        today = self.standing.terms.today
        low = self.point(today) if today is not None else 0
        high = aim + 1
        if low > aim or not self._moves(target, awaited, high, aim):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self._moves(target, awaited, middle, aim):
                high = middle
            else:
                low = middle
        return self.axis.date_of(low)

    def _moves(self, target: str, awaited: str, point: int, aim: int) -> bool:
        return _finish(self.dates(self.standing.bridged, held={awaited: point}), target) > aim


def _held(step: scheduler.Step, result: int | None, acceptance: int | None) -> scheduler.Step:
    if result is not None:
        step = replace(step, finish_not_before=max(result, step.finish_not_before or result))
    if acceptance is not None:
        step = replace(step, accept_not_before=max(acceptance, step.accept_not_before or acceptance))
    return step


def _target(dates: scheduler.Dates, step: str) -> str:
    """The headline a step leads to: the permit before the start; itself where it leads to neither."""
    edges = dates.problem.edges()
    for headline in (PERMIT, START):
        if headline == step or (
            headline in dates.problem.index and step in scheduler.ancestors(edges, headline)
        ):
            return headline
    return step


def _withheld(dates: scheduler.Dates, step: str) -> str:
    """The first milestone that waits for a step; the permit itself where the paper is one of its own."""
    if step == PERMIT:
        return PERMIT
    edges = dates.problem.edges()
    on_list = (milestone for milestone in CERTIFICATES if milestone in dates.problem.index)
    return next((one for one in on_list if step in scheduler.ancestors(edges, one)), "")


def _finish(dates: scheduler.Dates, key: str) -> int:
    return dates.finish[dates.problem.index[key]]
