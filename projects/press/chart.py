"""What the charts of a plan are drawn from: plain facts, already worded for the reader.

All dates are ends of civil days. A step works in (start_on, finish_on]: start_on is day 0 and is not
counted, so a bar runs from the end of start_on to the end of finish_on, and a step of no length is a point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class StepState(StrEnum):
    """How far a step has come."""

    DONE = "done"
    DOING = "doing"
    TODO = "todo"


class StepKind(StrEnum):
    """Who works on a step, or what kind of waiting it is."""

    GOV = "gov"
    ENT = "ent"
    JOINT = "joint"
    NOTICE = "notice"
    UTILITY = "utility"


class SegmentKind(StrEnum):
    """The parts of a step's time, in their order; it queues where it lies prepared until its booking."""

    PREPARATION = "preparation"
    QUEUE = "queue"
    SPECIAL = "special"
    WORK = "work"


class Tone(StrEnum):
    """What the words at a bar's end are about."""

    PLAIN = "plain"
    LATE = "late"
    SOON = "soon"
    DEFERRAL = "deferral"


@dataclass(frozen=True)
class ChartLink:
    """A predecessor of a step, by number; an issue gate holds back only the step's decision."""

    number: int
    is_issue_gate: bool = False
    tail_workdays: int = 0


@dataclass(frozen=True)
class ChartSegment:
    """One part of a step's time; it begins where the part before it ends."""

    kind: SegmentKind
    finish_on: date


@dataclass(frozen=True)
class ChartPause:
    """A lawful stop of the clock, first and last day inclusive."""

    first_on: date
    last_on: date


@dataclass(frozen=True)
class ChartRest:
    """A named public holiday, first and last day inclusive."""

    name: str
    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class ChartStep:
    """One step of a plan, as the charts show it.

    ``start_on`` and ``finish_on`` are actual or forecast dates, ``plan_*`` those of the plan it is measured
    against. ``ready_on`` is when the step's own work ends, where an issue gate makes its decision wait.
    """

    number: int
    code: str
    name: str
    short: str
    owner: str
    stage: str
    state: StepState
    kind: StepKind
    start_on: date
    finish_on: date
    length_text: str
    ready_on: date | None = None
    plan_start_on: date | None = None
    plan_finish_on: date | None = None
    plan_ready_on: date | None = None
    total_float_workdays: int = 0
    late_finish_on: date | None = None
    is_critical: bool = False
    predecessors: tuple[ChartLink, ...] = ()
    progress: float = 0.0
    pauses: tuple[ChartPause, ...] = ()
    segments: tuple[ChartSegment, ...] = ()
    limit_on: date | None = None
    meeting_on: date | None = None
    mark: str = ""
    mark_tone: Tone = Tone.PLAIN
    href: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        """Check that the dates stand in their order.

        Raises: ValueError, when a step would finish before it starts or its progress is not a share.
        """
        if self.finish_on < self.start_on:
            raise ValueError(f"step {self.number} would finish before it starts")
        if not 0.0 <= self.progress <= 1.0:
            raise ValueError(f"the progress of step {self.number} is not between 0 and 1")


@dataclass(frozen=True)
class ChartStage:
    """A stage of the process, in the order the stages are drawn."""

    key: str
    name: str


@dataclass(frozen=True)
class ChartMilestone:
    """A point people steer by (land in hand, permits, lawful start), reached when a step finishes."""

    number: int
    label: str


@dataclass(frozen=True)
class ChartCalendar:
    """Which days are worked, how rests are called, and which years the government has not announced yet."""

    is_workday: Callable[[date], bool]
    rests: tuple[ChartRest, ...] = ()
    provisional_years: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class ChartPlan:
    """Everything one project's charts show.

    Raises: ValueError, when two steps share a number or a step waits for one that is not there.
    """

    steps: tuple[ChartStep, ...]
    stages: tuple[ChartStage, ...]
    calendar: ChartCalendar
    today_on: date | None = None
    target_on: date | None = None
    milestones: tuple[ChartMilestone, ...] = ()

    def ended(self) -> ChartPlan:
        """What is left to show of a project that has ended: the steps with a result, and no line of today."""
        done = {step.number for step in self.steps if step.state is StepState.DONE}
        return replace(
            self,
            steps=tuple(
                replace(
                    step,
                    predecessors=tuple(link for link in step.predecessors if link.number in done),
                    is_critical=False,
                )
                for step in self.steps
                if step.number in done
            ),
            milestones=tuple(mark for mark in self.milestones if mark.number in done),
            today_on=None,
        )

    def __post_init__(self) -> None:
        """Check that the numbers mean what they say."""
        numbers = {step.number for step in self.steps}
        if len(numbers) != len(self.steps):
            raise ValueError("two steps share a number")
        waited_for = {link.number for step in self.steps for link in step.predecessors}
        if waited_for - numbers:
            raise ValueError(f"a step waits for {min(waited_for - numbers)}, which is not in the plan")
