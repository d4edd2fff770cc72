"""The levels of a report: until when somebody has to come, when it rises by itself, who may be asked next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from concierge.escalation.rules.figures import Figures
from concierge.escalation.rules.opening import closing_of, open_minutes_later, spot_is_over
from concierge.escalation.rules.report import ORDER, ReportKind, ReportLevel, Rise
from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar


class NoHigherLevel(Refusal):
    """The standing meeting is the last."""

    message = N_("This report is with the standing meeting already; there is no higher level.")


class LevelsInOrder(Refusal):
    """A level was asked for that does not come next."""

    message = N_(
        "Levels follow one another. Only what concerns several departments may go to the county at once."
    )


class ArrivedAlready(Refusal):
    """Somebody has come."""

    message = N_("%(person)s came at this level already.")


class NobodyCalled(Refusal):
    """At this level nobody has to come within minutes."""

    message = N_("At this level nobody is called to the window. Write an answer, or close the report.")


class OutsideTheStage(Invalid):
    """A moment before the level began, or in the future."""

    message = N_("The time lies between %(first)s, when this level began, and now.")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A report at one level. Units: moments on the clock of the office."""

    level: ReportLevel
    began_at: datetime
    due_at: datetime | None
    arrived_at: datetime | None = None


def received_on(reported_at: datetime, figures: Figures, calendar: WorkCalendar) -> date:
    """The working day a report counts from: what comes after closing counts from the next.

    Source: WD-3.
    """
    return calendar.received_on(reported_at, figures.hours.closes)


def answer_due_on(
    received: date, kind: ReportKind | None, departments: int, figures: Figures, calendar: WorkCalendar
) -> date:
    """The last day to close and answer a report.

    Units: a civil day; working days are counted, the day of receipt is day 0.
    Shape: ``departments`` is how many it concerns.
    Source: ES-3 (3 working days), ES-6 (places that tell explanations, one department and several apart).
    """
    if departments > 1:
        return calendar.add_workdays(received, figures.across_workdays)
    if kind is ReportKind.UNLAWFUL:
        return calendar.add_workdays(received, figures.explain_workdays)
    return calendar.add_workdays(received, figures.one_department_workdays)


def stage_at(
    level: ReportLevel, began_at: datetime, due_on: date, figures: Figures, calendar: WorkCalendar
) -> Stage:
    """A report that begins a level at a moment.

    Source: ES-3 for the first three levels; ES-5 for the others, whose days are this office's default.
    """
    due_at: datetime | None = None
    if level is ReportLevel.WINDOW:
        due_at = open_minutes_later(began_at, figures.window_minutes, figures.hours, calendar)
    elif level is ReportLevel.DEPARTMENT:
        due_at = open_minutes_later(began_at, figures.department_minutes, figures.hours, calendar)
    elif level is ReportLevel.TIMED:
        due_at = closing_of(due_on, figures.hours, began_at)
    elif level is ReportLevel.LEADER:
        last = calendar.add_workdays(began_at.date(), figures.leader_workdays)
        due_at = closing_of(last, figures.hours, began_at)
    return Stage(level=level, began_at=began_at, due_at=due_at)


def rises_at(stage: Stage, figures: Figures, calendar: WorkCalendar) -> tuple[datetime, Rise] | None:
    """When a report rises by itself and why; None where a meeting decides.

    Shape: the county's leader has days, and is followed by the office meeting when they are over; a meeting
        sits when it is called, so nothing rises past it but by hand.
    Source: ES-3 to ES-5.
    """
    if stage.due_at is None:
        return None
    if not stage.level.is_on_the_spot:
        return stage.due_at, Rise.LATE
    if stage.arrived_at is None:
        return stage.due_at, Rise.NOBODY_CAME
    return spot_is_over(stage.arrived_at, figures.hours, calendar), Rise.DAY_OVER


def next_level(level: ReportLevel) -> ReportLevel:
    """The level after this one. Raises: NoHigherLevel."""
    if level is ORDER[-1]:
        raise NoHigherLevel
    return ORDER[ORDER.index(level) + 1]


def level_asked(level: ReportLevel, asked: ReportLevel, departments: int) -> ReportLevel:
    """The level somebody asks for, if a report may go there from here.

    Shape: one after another; what concerns several departments may leave out the rest of the lower levels
        and go to the county's leader.
    Raises: NoHigherLevel; LevelsInOrder, naming the next one.
    Source: ES-5.
    """
    following = next_level(level)
    may_leap = asked is ReportLevel.LEADER and departments > 1 and not level.is_county
    if asked is not following and not may_leap:
        raise LevelsInOrder(next=following.value)
    return asked


def check_arrival(stage: Stage, at: datetime, who_came: str, *, now: datetime) -> None:
    """Whether somebody can have come at this level at that moment.

    Raises: NobodyCalled, ArrivedAlready, OutsideTheStage.
    Source: ES-3.
    """
    if not stage.level.is_on_the_spot:
        raise NobodyCalled
    if stage.arrived_at is not None:
        raise ArrivedAlready(person=who_came)
    check_moment(stage.began_at, at, now=now)


def check_moment(began_at: datetime, at: datetime, *, now: datetime) -> None:
    """Whether a moment lies between the beginning of a level and now. Raises: OutsideTheStage."""
    if not began_at.replace(second=0, microsecond=0) <= at <= now:
        raise OutsideTheStage(first=f"{began_at:%Y-%m-%d %H:%M}", field="at")
