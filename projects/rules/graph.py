"""The graph of a project as the planner counts it: its gates, its lengths, and what has happened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import scheduler
from approvals.rules.catalogue import PERMIT, START, Precedence
from approvals.rules.periods import DaysMode
from projects.rules.bookings import Booking
from projects.rules.expand import Expansion, StepDraft
from projects.rules.running import as_it_runs, expected_acceptance
from projects.rules.terms import Actual, GatesMode, WhatIf

WORKS = "construction-works"
"""The building itself, between the start of construction and the survey of it; no matter of the list."""
_ACCEPTANCE = "acceptance"
_WORKS_FACT = "construction_working_days"
_MOST_STEPS = 4096


class CountedEdge(NamedTuple):
    """One waiting that carries time, with the gate and the tail this plan gives it.

    Units: ``tail`` in working days.
    Shape: ``was_bridged`` says that a granted deferral relaxed it; then ``was_relaxed`` does too.
    """

    source: Precedence
    gate: scheduler.Gate
    was_relaxed: bool
    tail: int
    was_bridged: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What the planner must know beside the graph: what has happened, what day it is, and what is asked.

    Shape: ``bookings`` by step, for the steps the plan of all projects has a day for.
    """

    actuals: Mapping[str, Actual]
    today: date | None
    what_if: WhatIf
    bookings: Mapping[str, Booking] = field(default_factory=dict)


def counted_edges(
    expansion: Expansion, mode: GatesMode, what_if: WhatIf, bridged: Collection[tuple[str, str]] = ()
) -> tuple[CountedEdge, ...]:
    """Every edge that carries time; a notice (info) carries none.

    Shape: ``bridged`` are the waitings a granted deferral relaxed, as (predecessor, successor).
    Source: S28 (reference lengths), for the three modes; DF-15.
    """
    template = expansion.template.mode
    relaxes = mode is GatesMode.RELAXED or (mode is GatesMode.TEMPLATE and template.relax_edges)
    tails = {GatesMode.RELAXED: 0, GatesMode.NORMAL: 1, GatesMode.TEMPLATE: template.issue_tail_workdays}
    tail, asked = tails[mode], what_if.relaxed
    found = []
    for edge in expansion.precedences:
        if edge.kind == "info":
            continue
        if edge.gate != "accept":
            found.append(CountedEdge(edge, scheduler.Gate(edge.gate), False, tail))
            continue
        pair = (edge.predecessor, edge.successor)
        was_bridged = pair in bridged
        if was_bridged or pair in asked or (relaxes and edge.relaxable):
            found.append(CountedEdge(edge, scheduler.Gate.ISSUE, True, tail, was_bridged))
        else:
            found.append(CountedEdge(edge, scheduler.Gate.ACCEPT, False, 0))
    return tuple(found)


class Frame:
    """The graph of one project, built once for every way of counting its days."""

    def __init__(self, expansion: Expansion, edges: Sequence[CountedEdge]) -> None:
        self.expansion, self.edges = expansion, edges
        self.works = _works_days(expansion)
        waits = [
            _wait(edge.source.predecessor, edge.source.successor, edge.gate, edge.tail) for edge in edges
        ]
        if self.works:
            waits = [_through_works(expansion, wait) for wait in waits]
            waits.append(scheduler.Precedence(START, WORKS, scheduler.Gate.ACCEPT))
        self.precedences = tuple(waits)

    @cached_property
    def works_first(self) -> tuple[scheduler.Precedence, ...]:
        """The same waitings, and what accepts the works waits until there are works.

        A step of the acceptance stage whose law holds back only its decision could be looked at now, and a
        plan without limits is none the worse for it; among others it would keep reviewers from them for
        months.
        """
        if self.expansion.step(START) is None:
            return self.precedences
        gated = {wait.successor for wait in self.precedences if wait.gate is scheduler.Gate.ACCEPT}
        held = (
            scheduler.Precedence(START, draft.code, scheduler.Gate.ACCEPT)
            for draft in self.expansion.steps
            if draft.matter.stage == _ACCEPTANCE and draft.code not in gated
        )
        return (*self.precedences, *held)

    def problem(
        self,
        days: DaysMode,
        axis: scheduler.Axis,
        circumstances: Circumstances,
        *,
        works_first: bool = False,
    ) -> scheduler.Problem:
        """The project as the planner takes it, with every length counted in this mode.

        Raises: scheduler.CycleFound.
        """
        steps = [_step(draft, days, axis, circumstances) for draft in self.expansion.steps]
        if self.works:
            steps.append(scheduler.Step(WORKS, (scheduler.Segment("work", self.works),)))
        today = circumstances.today
        on_calendar = isinstance(axis, scheduler.WorkdayAxis) and today is not None
        return scheduler.Problem(
            steps,
            self.works_first if works_first else self.precedences,
            targets=(PERMIT, START),
            today=_point(axis, today) if on_calendar else None,
        )


def frame_of(
    expansion: Expansion, mode: GatesMode, what_if: WhatIf, bridged: Collection[tuple[str, str]] = ()
) -> Frame:
    """The graph of a project with its counted edges: built once for what is recorded, anew for a question."""
    if what_if.relaxed:
        return Frame(expansion, counted_edges(expansion, mode, what_if, bridged))
    asked = (mode, frozenset(bridged))
    if asked not in expansion.frames:
        expansion.frames[asked] = Frame(expansion, counted_edges(expansion, mode, what_if, bridged))
    found: Frame = expansion.frames[asked]
    return found


def leading_to(counted: scheduler.Problem, *targets: str) -> frozenset[str]:
    """These steps, and every step one of them waits for, directly or through others."""
    before: dict[str, list[str]] = {}
    for wait in counted.precedences:
        before.setdefault(wait.successor, []).append(wait.predecessor)
    found, open_ = set(targets), list(targets)
    while open_:
        more = [code for code in before.get(open_.pop(), ()) if code not in found]
        found.update(more)
        open_.extend(more)
    return frozenset(found)


def _works_days(expansion: Expansion) -> int:
    """How long the building takes, where the project has said so and has a start of construction."""
    fact = expansion.facts.get(_WORKS_FACT)
    if fact is None or expansion.step(START) is None or isinstance(fact.value, str | tuple):
        return 0
    return round(fact.value)


def _through_works(expansion: Expansion, precedence: scheduler.Precedence) -> scheduler.Precedence:
    """What waits for the start of construction to inspect the works waits for the works."""
    after = expansion.step(precedence.successor)
    if precedence.predecessor != START or after is None or after.matter.stage != _ACCEPTANCE:
        return precedence
    return scheduler.Precedence(WORKS, precedence.successor, precedence.gate, precedence.tail)


def _step(
    draft: StepDraft, days: DaysMode, axis: scheduler.Axis, circumstances: Circumstances
) -> scheduler.Step:
    code = draft.code
    stretches = lengths(draft, days, circumstances.what_if)
    actual, booking = circumstances.actuals.get(code), circumstances.bookings.get(code)
    if actual is None:
        return _plain(code, stretches) if booking is None else _held(code, stretches, booking, axis)
    accepted_on = actual.accepted_on
    if actual.finished_on is None and isinstance(axis, scheduler.WorkdayAxis):
        accepted_on = expected_acceptance(actual, draft.matter, axis.calendar, circumstances.today)
        if accepted_on is not None:
            stretches = _as_it_runs(draft, days, accepted_on, axis, circumstances)
    return _held(code, stretches, booking, axis, actual, accepted_on)


def lengths(draft: StepDraft, days: DaysMode, what_if: WhatIf) -> tuple[scheduler.Segment, ...]:
    """The stretches of a step as planned, longer by what a question adds. Units: each its own."""
    stretches = draft.segments(days)
    delay = what_if.delays.get(draft.code, 0)
    return (*stretches, scheduler.Segment("work", delay)) if delay else stretches


def _as_it_runs(
    draft: StepDraft,
    days: DaysMode,
    accepted_on: date,
    axis: scheduler.WorkdayAxis,
    circumstances: Circumstances,
) -> tuple[scheduler.Segment, ...]:
    """The same for a case that is with the department: its real stops and extensions, nothing to prepare."""
    actual = circumstances.actuals[draft.code]
    handling = tuple(s for s in draft.segments(days) if s.kind != "preparation")
    runs = as_it_runs(handling, accepted_on, actual, axis, circumstances.today)
    if runs == handling:
        return lengths(draft, days, circumstances.what_if)
    delay = circumstances.what_if.delays.get(draft.code, 0)
    return (*runs, scheduler.Segment("work", delay)) if delay else runs


def _held(
    code: str,
    stretches: tuple[scheduler.Segment, ...],
    booking: Booking | None,
    axis: scheduler.Axis,
    actual: Actual | None = None,
    accepted_on: date | None = None,
) -> scheduler.Step:
    return scheduler.Step(
        code,
        stretches,
        started=_point(axis, actual.started_on) if actual else None,
        accepted=_point(axis, accepted_on),
        finished=_point(axis, actual.finished_on) if actual else None,
        accept_not_before=_point(axis, booking.accept_on) if booking else None,
        finish_not_before=_point(axis, booking.decided_from) if booking else None,
        booked_by=booking.key if booking else None,
    )


@lru_cache(maxsize=_MOST_STEPS)
def _wait(predecessor: str, successor: str, gate: scheduler.Gate, tail: int) -> scheduler.Precedence:
    """A waiting as the planner takes it, the same in every project of its kind."""
    return scheduler.Precedence(predecessor, successor, gate, tail)


@lru_cache(maxsize=_MOST_STEPS)
def _plain(code: str, stretches: tuple[scheduler.Segment, ...]) -> scheduler.Step:
    """A step nothing has happened to, the same in every project of its kind."""
    return scheduler.Step(code, stretches)


def _point(axis: scheduler.Axis, on: date | None) -> int | None:
    """The point of a civil day; a typical length knows no days, and so nothing that happened."""
    return axis.point_of(on) if isinstance(axis, scheduler.WorkdayAxis) and on is not None else None
