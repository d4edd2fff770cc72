"""How a plan is counted, what has happened, and what a person asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from approvals.rules.periods import DaysMode
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

    Units: civil days; None = not yet.
    """

    step: str
    started_on: date | None = None
    accepted_on: date | None = None
    finished_on: date | None = None


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
