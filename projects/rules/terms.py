"""How a plan is counted, what has happened, and what a person asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from approvals.rules.extensions import Extension
from approvals.rules.lifecycle import StepState
from approvals.rules.periods import DaysMode
from approvals.rules.stops import ClockStop
from concierge.kernel.errors import N_, Invalid


class StepNotOnList(Invalid):
    """A what-if or a recorded day names a step this project does not have."""

    message = N_("“%(step)s” is not on this project's list of steps.")


class DelayIsNegative(Invalid):
    """A delay below zero."""

    message = N_("A delay of %(days)s days makes no sense: give 0 or more.")


class GatesMode(StrEnum):
    """How relaxable gates are treated.

    Source: DF-15, PR-6, PR-9.
    """

    TEMPLATE = "template"
    """As the template's own mode says."""
    NORMAL = "normal"
    """Every gate stands; a decision follows one working day after the result it waited for."""
    RELAXED = "relaxed"
    """Every relaxable gate holds back only the decision, and decisions fall on one day."""


@dataclass(frozen=True, kw_only=True)
class Actual:
    """What has happened to one step.

    ``received_on`` is the day its papers were handed in. A case that ended without a result is to be done
    again: ``ended_on`` and ``ended_as`` say when and how the last one ended, ``attempt`` which one this is,
    and ``started_on`` is then the day preparation began anew.

    Units: civil days; None = not yet.
    Shape: ``stops`` and ``extensions`` are those of this attempt that count; ``state`` is None where nobody
        recorded one.
    """

    step: str
    started_on: date | None = None
    received_on: date | None = None
    accepted_on: date | None = None
    finished_on: date | None = None
    state: StepState | None = None
    stops: tuple[ClockStop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    attempt: int = 1
    ended_on: date | None = None
    ended_as: StepState | None = None

    @property
    def extended_workdays(self) -> int:
        """How many working days its limit was extended by."""
        return sum(extension.workdays for extension in self.extensions)

    @property
    def is_handed_in(self) -> bool:
        """Whether its papers lie with the department, accepted or not."""
        return (self.received_on or self.accepted_on) is not None


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """A question about a plan: some steps longer, some gates relaxed. Changed facts make another expansion.

    Units: ``delays`` are working days added to a step's own work.
    """

    delays: Mapping[str, int] = field(default_factory=dict)
    relaxed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanTerms:
    """How a plan is counted: from which day, which days, which gates; without a day, a typical length."""

    start_on: date | None = None
    days: DaysMode = DaysMode.CLOCK
    gates: GatesMode = GatesMode.TEMPLATE
    today: date | None = None
