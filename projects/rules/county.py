"""What a plan of all projects is made from: the live projects, and what the county's departments can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from approvals.rules.benches import Bench, BenchChange
from approvals.rules.catalogue import Department, Holiday, ReviewGroup
from approvals.rules.sittings import Availability, Sitting, SittingRule
from approvals.rules.work_calendar import work_calendar
from concierge.staff.rules.absence import Away
from projects.rules.county_scenario import CountyScenario, ShortBench
from projects.rules.expand import Expansion
from projects.rules.portfolio_days import HalfDay, StepDays
from projects.rules.terms import Actual, PlanTerms, WhatIf
from scheduler import WorkCalendar, WorkdayAxis
from scheduler.portfolio.demands import Body


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What stands for one step: the day its department expects it, and the sitting it has.

    ``is_announced`` says that people outside were told: moving it costs.
    """

    accept_on: date | None
    sitting: HalfDay | None = None
    is_announced: bool = False


@dataclass(frozen=True, kw_only=True)
class LiveProject:
    """One project under way, as the plan of all takes it.

    ``due_on`` is the day promised for its permit, ``baseline_on`` the day its first plan told, which counts
    where nobody set a target. ``is_green`` says that it has the green channel. ``officers`` are its A
    and B, ``what_if`` a question asked of it.
    ``booked`` are the days of its bookings as they stand, ``bridged`` the waitings a granted deferral has
    relaxed.
    """

    id: int
    code: str
    name: str
    revision: int
    expansion: Expansion
    terms: PlanTerms
    actuals: tuple[Actual, ...] = ()
    target_on: date | None = None
    baseline_on: date | None = None
    is_green: bool = False
    officers: tuple[int, ...] = ()
    what_if: WhatIf = field(default_factory=WhatIf)
    bridged: tuple[tuple[str, str], ...] = ()
    promises: Mapping[str, Promise] = field(default_factory=dict)
    booked: Mapping[str, StepDays] = field(default_factory=dict)

    @property
    def due_on(self) -> date | None:
        """What its headline day is measured against."""
        return self.target_on or self.baseline_on

    @property
    def start_on(self) -> date:
        """Day 0. Raises: TypeError, for a typical length without one."""
        if self.terms.start_on is None:
            raise TypeError("a live project has a start day")
        return self.terms.start_on


@dataclass(frozen=True, kw_only=True)
class County:
    """What the departments, rooms and officers of a county can do, as recorded.

    Shape: a department without a bench takes any number of cases; ``rules`` are the groups that sit, by
        code; ``sittings`` the announced ones that stand; ``rooms`` None where no room is recorded;
        ``daily_hand_ins`` how many steps an officer can hand in on one day, any number where none is said.
        ``short``, ``extra`` and ``without`` are what a question takes away, adds and withdraws.
    """

    calendar: WorkCalendar
    holidays: tuple[Holiday, ...] = ()
    departments: Mapping[str, Department] = field(default_factory=dict)
    groups: Mapping[str, ReviewGroup] = field(default_factory=dict)
    benches: Mapping[str, Bench] = field(default_factory=dict)
    changes: tuple[BenchChange, ...] = ()
    rules: Mapping[str, SittingRule] = field(default_factory=dict)
    answers: tuple[Availability, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    rooms: int | None = None
    away: tuple[Away, ...] = ()
    daily_hand_ins: Mapping[int, int] = field(default_factory=dict)
    short: tuple[ShortBench, ...] = ()
    extra: tuple[tuple[str, HalfDay], ...] = ()
    without: tuple[tuple[str, HalfDay], ...] = ()
    found: dict[tuple[str, date, date], tuple[HalfDay, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """Half-days already worked out: by group and days. A county never changes, so neither do they."""
    bodies: dict[tuple[str, WorkdayAxis, date, int], Body] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """Joint reviews as a planner takes them: by group, axis, today and horizon."""

    @property
    def limits_anything(self) -> bool:
        """Whether any step could have to wait for somebody: a bench, a room, an officer's days."""
        return bool(self.benches or self.rooms or self.limits_officers)

    @property
    def limits_officers(self) -> bool:
        """Whether a step could have to wait for an officer: until then nobody does."""
        return bool(self.away or self.daily_hand_ins)

    @property
    def sitting_groups(self) -> tuple[str, ...]:
        """The groups that really sit: with a rule in use, and known to the catalogue.

        Shape: none before the office has recorded a bench or a room; until then the usual rhythm that comes
        with the program is no statement of its own.
        """
        if not (self.benches or self.rooms):
            return ()
        return tuple(code for code, rule in self.rules.items() if rule.is_active and code in self.groups)


def as_if(county: County, scenario: CountyScenario) -> County:
    """The county as a question makes it."""
    holidays = _other_days(county.holidays, scenario)
    away = (Away(person_id=one.officer, first_on=one.first_on, last_on=one.last_on) for one in scenario.away)
    without = tuple((s.group, HalfDay(s.on, s.half)) for s in scenario.sittings if not s.is_added)
    return replace(
        county,
        holidays=holidays,
        calendar=county.calendar if holidays is county.holidays else work_calendar(holidays),
        short=(*county.short, *scenario.short),
        away=(*county.away, *away),
        extra=tuple((s.group, HalfDay(s.on, s.half)) for s in scenario.sittings if s.is_added),
        without=without,
        sittings=tuple(sitting for sitting in county.sittings if half_day_of(sitting) not in without),
    )


def half_day_of(sitting: Sitting) -> tuple[str, HalfDay]:
    """A sitting's group and half-day."""
    return sitting.review_group, HalfDay(sitting.on, sitting.half.number)


def _other_days(holidays: tuple[Holiday, ...], scenario: CountyScenario) -> tuple[Holiday, ...]:
    """The year tables with the asked days off and on."""
    changed = {*scenario.days_off, *scenario.days_worked}
    if not changed:
        return holidays
    status = {holiday.on.year: holiday.status for holiday in holidays}
    new = [
        Holiday(
            on=day,
            kind="makeup_workday" if day in scenario.days_worked else "holiday",
            is_workday=day in scenario.days_worked,
            status=status.get(day.year, "provisional"),
        )
        for day in changed
    ]
    kept = [holiday for holiday in holidays if holiday.on not in changed]
    return tuple(sorted((*kept, *new), key=lambda holiday: holiday.on))
