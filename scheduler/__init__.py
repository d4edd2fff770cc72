"""Pure planning: working days, precedence, dates, and why. Used qualified: ``scheduler.Step``."""

from scheduler.axis import Axis, NominalAxis
from scheduler.dates import Dates, Driver, DriverKind, StepDates, dates
from scheduler.errors import (
    ActualsOutOfOrder,
    CycleFound,
    DayTwice,
    EmptyCalendar,
    NegativeDays,
    OutsideCalendar,
    PauseEndsBeforeItBegins,
    PlanningError,
    SegmentsOutOfOrder,
    StepTwice,
    TailOnAcceptance,
    UnknownStep,
)
from scheduler.explain import Explanation, Hold, Stretch, explain
from scheduler.graph import ancestors, descendants, ring
from scheduler.period import Basis, Pause, Period, Segment, SegmentKind
from scheduler.plan import Change, changes
from scheduler.problem import Gate, Precedence, Problem, Step
from scheduler.workdays import DayRule, Rest, WorkCalendar, WorkdayAxis

__all__ = [
    "ActualsOutOfOrder",
    "Axis",
    "Basis",
    "Change",
    "CycleFound",
    "Dates",
    "DayRule",
    "DayTwice",
    "Driver",
    "DriverKind",
    "EmptyCalendar",
    "Explanation",
    "Gate",
    "Hold",
    "NegativeDays",
    "NominalAxis",
    "OutsideCalendar",
    "Pause",
    "PauseEndsBeforeItBegins",
    "Period",
    "PlanningError",
    "Precedence",
    "Problem",
    "Rest",
    "Segment",
    "SegmentKind",
    "SegmentsOutOfOrder",
    "Step",
    "StepDates",
    "StepTwice",
    "Stretch",
    "TailOnAcceptance",
    "UnknownStep",
    "WorkCalendar",
    "WorkdayAxis",
    "ancestors",
    "changes",
    "dates",
    "descendants",
    "explain",
    "ring",
]
