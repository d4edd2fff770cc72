"""A plan as it is kept: the dates of every step and what they rest on, in words that do not age."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.rules.periods import DaysMode
from projects.rules.bookings import Booking, booking_body, read_booking
from projects.rules.expand import Expansion
from projects.rules.project_plan import ProjectPlan


@dataclass(frozen=True)
class KeptStep:
    """One step of a kept plan, and the booking that held it then, so that a version explains itself.

    Units: civil days; ``total_float`` in working days.
    """

    code: str
    start_on: date
    accept_on: date
    finish_on: date
    total_float: int
    is_critical: bool
    booking: Booking | None = None


@dataclass(frozen=True)
class KeptPlan:
    """A version of a plan, as it was told. ``terms`` are its days and gates; ``facts`` the recorded facts."""

    steps: tuple[KeptStep, ...]
    days: str
    gates: str
    facts: Mapping[str, object]

    def step(self, code: str) -> KeptStep | None:
        """One step, if that version had it."""
        return next((step for step in self.steps if step.code == code), None)


def kept(plan: ProjectPlan, facts: Mapping[str, object]) -> KeptPlan:
    """What to keep of a plan made from a start day."""
    steps = [
        KeptStep(
            step.code,
            step.start_on,
            step.accept_on,
            step.finish_on,
            step.total_float,
            step.critical,
            step.booking,
        )
        for step in plan.steps
        if step.start_on and step.accept_on and step.finish_on
    ]
    return KeptPlan(tuple(steps), plan.terms.days.value, plan.terms.gates.value, facts)


def body_of(plan: KeptPlan) -> dict[str, object]:
    """The kept plan as plain lists and words, ready for JSON."""
    steps = [
        [
            s.code,
            s.start_on.isoformat(),
            s.accept_on.isoformat(),
            s.finish_on.isoformat(),
            s.total_float,
            s.is_critical,
            *([booking_body(s.booking)] if s.booking else []),
        ]
        for s in plan.steps
    ]
    return {"days": plan.days, "gates": plan.gates, "facts": dict(plan.facts), "steps": steps}


def read_body(body: Mapping[str, object]) -> KeptPlan:
    """The kept plan from what ``body_of`` wrote. Shape: a step without a booking has no seventh entry."""
    rows: list[list[Any]] = body["steps"]  # type: ignore[assignment]
    steps = tuple(
        KeptStep(
            str(code),
            date.fromisoformat(str(start)),
            date.fromisoformat(str(accept)),
            date.fromisoformat(str(finish)),
            int(slack),
            bool(critical),
            read_booking(booked[0]) if booked else None,
        )
        for code, start, accept, finish, slack, critical, *booked in rows
    )
    facts: Mapping[str, object] = body["facts"]  # type: ignore[assignment]
    return KeptPlan(steps, str(body["days"]), str(body["gates"]), facts)


def moved_between(old: str, new: str) -> tuple[str, ...]:
    """The steps whose days are not what they were, those that came and those that went.

    Shape: both are the JSON of what ``body_of`` wrote; the codes are in the new order, what went last.
    """
    before, after = _days_of(old), _days_of(new)
    changed = [code for code, days in after.items() if before.get(code) != days]
    return (*changed, *(code for code in before if code not in after))


def _days_of(body: str) -> dict[str, list[str]]:
    """The three days of every step, as they are written."""
    return {row[0]: row[1:4] for row in json.loads(body)["steps"]}


def serial_workdays(plan: ProjectPlan) -> int | None:
    """How long the way to the permit would take with every step after another, none beside another.

    Units: working days, each step with the length this plan counts, calendar days at 5 in 7; None without a
    way.
    """
    return one_after_another(plan.expansion, plan.terms.days, plan.on_way) if plan.on_way else None


def one_after_another(expansion: Expansion, days: DaysMode, needed: Collection[str]) -> int:
    """How long these steps of a list take one after another. Units: working days."""
    drafts = (draft for draft in expansion.steps if draft.code in needed)
    return sum(segment.nominal_workdays for draft in drafts for segment in draft.segments(days))


def holding_step(plan: ProjectPlan) -> str | None:
    """The step that now holds the permit: the first of the critical path without a result."""
    for code in plan.critical_path:
        actual = plan.step(code).actual
        if actual is None or actual.finished_on is None:
            return code
    return None
