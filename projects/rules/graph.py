"""The graph of a project as the planner counts it: its gates, its lengths, and what has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import scheduler
from approvals.rules.catalogue import PERMIT, START, Precedence
from approvals.rules.periods import DaysMode, segments
from projects.rules.bookings import Booking
from projects.rules.expand import Expansion, StepDraft
from projects.rules.terms import Actual, GatesMode, WhatIf

WORKS = "construction-works"
"""The building itself, between the start of construction and the survey of it; no matter of the list."""
_ACCEPTANCE = "acceptance"
_WORKS_FACT = "construction_working_days"


@dataclass(frozen=True)
class CountedEdge:
    """One waiting that carries time, with the gate and the tail this plan gives it.

    Units: ``tail`` in working days.
    """

    source: Precedence
    gate: scheduler.Gate
    was_relaxed: bool
    tail: int


@dataclass(frozen=True)
class Circumstances:
    """What the planner must know beside the graph: what has happened, what day it is, and what is asked.

    Shape: ``bookings`` by step, for the steps the plan of all projects has a day for.
    """

    actuals: Mapping[str, Actual]
    today: date | None
    what_if: WhatIf
    bookings: Mapping[str, Booking] = field(default_factory=dict)


def counted_edges(expansion: Expansion, mode: GatesMode, what_if: WhatIf) -> tuple[CountedEdge, ...]:
    """Every edge that carries time; a notice (info) carries none.

    Source: S28 (reference lengths), for the three modes; DF-15.
    """
    template = expansion.template.mode
    relaxes = mode is GatesMode.RELAXED or (mode is GatesMode.TEMPLATE and template.relax_edges)
    tails = {GatesMode.RELAXED: 0, GatesMode.NORMAL: 1, GatesMode.TEMPLATE: template.issue_tail_workdays}
    found = []
    for edge in expansion.precedences:
        if edge.kind == "info":
            continue
        asked = (edge.predecessor, edge.successor) in what_if.relaxed
        was_relaxed = edge.gate == "accept" and ((edge.relaxable and relaxes) or asked)
        gate = scheduler.Gate.ISSUE if was_relaxed else scheduler.Gate(edge.gate)
        found.append(CountedEdge(edge, gate, was_relaxed, tails[mode] if gate is scheduler.Gate.ISSUE else 0))
    return tuple(found)


def problem(
    expansion: Expansion,
    edges: Sequence[CountedEdge],
    days: DaysMode,
    axis: scheduler.Axis,
    circumstances: Circumstances,
) -> scheduler.Problem:
    """The project as the planner takes it, with every length counted in this mode.

    Raises: scheduler.CycleFound.
    """
    steps = [_step(draft, days, axis, circumstances) for draft in expansion.steps]
    precedences = [
        scheduler.Precedence(edge.source.predecessor, edge.source.successor, edge.gate, edge.tail)
        for edge in edges
    ]
    works = _works_days(expansion)
    if works:
        steps.append(scheduler.Step(WORKS, (scheduler.Segment("work", works),)))
        precedences = [_through_works(expansion, precedence) for precedence in precedences]
        precedences.append(scheduler.Precedence(START, WORKS, scheduler.Gate.ACCEPT))
    today = circumstances.today
    on_calendar = isinstance(axis, scheduler.WorkdayAxis) and today is not None
    return scheduler.Problem(
        steps, precedences, targets=(PERMIT, START), today=_point(axis, today) if on_calendar else None
    )


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
    stretches = segments(draft.periods, days)
    delay = circumstances.what_if.delays.get(draft.code, 0)
    if delay:
        stretches = (*stretches, scheduler.Segment("work", delay))
    actual = circumstances.actuals.get(draft.code)
    booking = circumstances.bookings.get(draft.code)
    if actual is None and booking is None:
        return scheduler.Step(draft.code, stretches)
    return scheduler.Step(
        draft.code,
        stretches,
        started=_point(axis, actual.started_on) if actual else None,
        accepted=_point(axis, actual.accepted_on) if actual else None,
        finished=_point(axis, actual.finished_on) if actual else None,
        accept_not_before=_point(axis, booking.accept_on) if booking else None,
        finish_not_before=_point(axis, booking.decided_from) if booking else None,
        booked_by=booking.key if booking else None,
    )


def _point(axis: scheduler.Axis, on: date | None) -> int | None:
    """The point of a civil day; a typical length knows no days, and so nothing that happened."""
    return axis.point_of(on) if isinstance(axis, scheduler.WorkdayAxis) and on is not None else None
