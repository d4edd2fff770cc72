"""A project's plan as the office reads it: every step's dates, the two headline days, what decides them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

import scheduler
from approvals.rules.catalogue import PERMIT, START, Precedence
from approvals.rules.periods import DaysMode
from projects.rules.bookings import Booking
from projects.rules.expand import Expansion
from projects.rules.graph import leading_to
from projects.rules.terms import Actual, PlanTerms, StepNotOnList


@dataclass(frozen=True, kw_only=True)
class Headlines:
    """The two days everyone watches: the construction permit, and the day building may lawfully begin.

    Units: civil days, and working days since the project's day 0; None where the project has no such step.
    """

    permit_on: date | None
    lawful_start_on: date | None
    workdays_to_permit: int | None
    workdays_to_start: int | None


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """One step with its dates.

    Units: ``*_on`` are civil days, None in a typical length; floats are working days; points are working days
    since day 0. ``promised_end_on`` and ``statutory_end_on`` count from this plan's own acceptance day;
    ``ends`` are the step's finish when the whole plan counts promised, clock, elapsed or statutory days.
    ``booking`` is what the plan of all projects has agreed for it, with the days it waits for that here.
    """

    code: str
    number: str
    name_zh: str
    name_en: str
    stage: str
    department: str
    start: int
    accept: int
    finish: int
    start_on: date | None
    accept_on: date | None
    finish_on: date | None
    late_finish_on: date | None
    total_float: int
    free_float: int
    critical: bool
    leads_to_headline: bool
    start_by_on: date | None
    driver: scheduler.Driver
    promised_end_on: date | None
    statutory_end_on: date | None
    ends: Mapping[DaysMode, date | int]
    is_provisional: bool
    segments: tuple[scheduler.Segment, ...]
    actual: Actual | None = None
    booking: Booking | None = None

    @property
    def queued_workdays(self) -> int:
        """How many working days it lies prepared until the day it is booked for."""
        return self.booking.waited_workdays if self.booking is not None else 0

    def spoken(self, lang: str) -> str:
        """The step's name for a reader of ``lang``."""
        return self.name_zh if lang.startswith("zh") else self.name_en


@dataclass(frozen=True, kw_only=True)
class PlanEdge:
    """One waiting as this plan counts it: its gate after relaxing, and whether it decides the successor.

    Shape: ``gate`` is accept, issue or info; ``was_relaxed`` says that an accept gate holds back the decision
    only, ``was_bridged`` that it does because a deferral was granted.
    """

    predecessor: str
    successor: str
    gate: str
    was_relaxed: bool
    tail_workdays: int
    drives: bool
    source: Precedence
    was_bridged: bool = False


@dataclass(frozen=True, kw_only=True)
class ProjectPlan:
    """A project's plan: every step's dates, the two headline days, and what decides them.

    Shape: ``steps`` in the order of the list; ``headlines`` for every way of counting, ``terms.days`` among
    them. ``critical_path`` leads to the permit (to the start of construction where there is no permit).
    """

    expansion: Expansion
    terms: PlanTerms
    steps: tuple[PlannedStep, ...]
    headlines: Mapping[DaysMode, Headlines]
    critical_path: tuple[str, ...]
    critical_path_to_start: tuple[str, ...]
    is_provisional: bool
    works_on: tuple[date, date] | None
    calendar: scheduler.WorkCalendar | None = field(repr=False, compare=False)
    dates: scheduler.Dates = field(repr=False, compare=False)
    work_out_edges: Callable[[], Iterable[PlanEdge]] = field(repr=False, compare=False)
    _by_code: Mapping[str, PlannedStep] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", MappingProxyType({step.code: step for step in self.steps}))

    def step(self, code: str) -> PlannedStep:
        """One step's dates. Raises: StepNotOnList."""
        if code not in self._by_code:
            raise StepNotOnList(step=code, field="step")
        return self._by_code[code]

    @cached_property
    def on_way(self) -> frozenset[str]:
        """The steps that lead to the permit, or to the start of construction where there is none."""
        index = self.dates.problem.index
        target = next((key for key in (PERMIT, START) if key in index), None)
        return leading_to(self.dates.problem, target) if target else frozenset()

    @cached_property
    def edges(self) -> tuple[PlanEdge, ...]:
        """Every waiting as this plan counts it; worked out when somebody asks."""
        return tuple(self.work_out_edges())

    @cached_property
    def _waits(self) -> Mapping[str, Sequence[PlanEdge]]:
        found: dict[str, list[PlanEdge]] = {}
        for edge in self.edges:
            found.setdefault(edge.successor, []).append(edge)
        return found

    def waits_of(self, code: str) -> Sequence[PlanEdge]:
        """What one step waits for, notices too."""
        return self._waits.get(code, ())

    @property
    def headline(self) -> Headlines:
        """The two days as this plan's own terms count."""
        return self.headlines[self.terms.days]

    @property
    def permit_on(self) -> date | None:
        """The day of the construction permit."""
        return self.headline.permit_on

    @property
    def lawful_start_on(self) -> date | None:
        """The first day building may begin: the permit and every approval without which it must not start.

        Source: PR-12.
        """
        return self.headline.lawful_start_on

    @property
    def workdays_to_permit(self) -> int | None:
        """Working days from day 0 to the permit."""
        return self.headline.workdays_to_permit

    @property
    def workdays_to_start(self) -> int | None:
        """Working days from day 0 to the lawful start of construction."""
        return self.headline.workdays_to_start
