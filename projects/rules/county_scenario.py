"""What if, for the whole county: other days off, fewer reviewers, somebody away, a sitting more or less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concierge.kernel.errors import N_, Invalid
from scheduler import WorkCalendar

HALVES = (0, 1)


class NothingAsked(Invalid):
    """A what-if that changes nothing."""

    message = N_("Nothing is different in this question. Name a day, a department, an officer or a sitting.")
    field = "scenario"


class DaysReversed(Invalid):
    """A period whose last day comes before its first."""

    message = N_("The period ends on %(last)s, before it begins on %(first)s. Exchange the two days.")


class NobodyFewer(Invalid):
    """A department short of nobody."""

    message = N_("A department that is short of %(fewer)s reviewers is not short: give 1 or more.")
    field = "fewer"


class DayBothWays(Invalid):
    """A day off and worked at once."""

    message = N_("%(day)s cannot be a day off and a working day at once. Take it out of one of the lists.")
    field = "days_off"


class DayIsThatAlready(Invalid):
    """A day that is already what the question makes of it."""

    message = N_("The calendar counts %(day)s that way already. Leave it out, or look at the year table.")
    field = "days_off"


class NoSuchHalf(Invalid):
    """A half-day that is neither morning nor afternoon."""

    message = N_("A sitting takes the morning (0) or the afternoon (1), not %(half)s.")
    field = "half"


class NoBenchRecorded(Invalid):
    """A department short of reviewers nobody ever counted."""

    message = N_(
        "How many reviewers “%(department)s” has is not recorded, so it cannot be short of some. "
        "Record them first."
    )
    field = "department"


class NobodyOfThatNumber(Invalid):
    """An absence of somebody who is no concierge officer."""

    message = N_("Number %(officer)s is no concierge officer with a working account.")
    field = "officer"


class GroupDoesNotSit(Invalid):
    """A sitting more or less of a group that has no rhythm of sittings."""

    message = N_("“%(group)s” has no rhythm of sittings. Record on which weekdays it sits first.")
    field = "group"


@dataclass(frozen=True, kw_only=True)
class ShortBench:
    """A department with fewer reviewers between two days. Units: civil days, both included."""

    department: str
    fewer: int
    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        _check_period(self.first_on, self.last_on)
        if self.fewer < 1:
            raise NobodyFewer(fewer=self.fewer)


@dataclass(frozen=True, kw_only=True)
class OfficerAway:
    """A concierge officer who hands nothing in between two days. Units: civil days, both included."""

    officer: int
    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        _check_period(self.first_on, self.last_on)


@dataclass(frozen=True, kw_only=True)
class SittingChanged:
    """One half-day on which a review group may sit as well, or may not sit any more."""

    group: str
    on: date
    half: int
    is_added: bool

    def __post_init__(self) -> None:
        if self.half not in HALVES:
            raise NoSuchHalf(half=self.half)


@dataclass(frozen=True, kw_only=True)
class CountyScenario:
    """Everything one question changes; what it does not name stays as it is.

    Raises: NothingAsked; DayBothWays.
    """

    name: str = ""
    days_off: tuple[date, ...] = ()
    days_worked: tuple[date, ...] = ()
    short: tuple[ShortBench, ...] = ()
    away: tuple[OfficerAway, ...] = ()
    sittings: tuple[SittingChanged, ...] = ()

    def __post_init__(self) -> None:
        if not (self.days_off or self.days_worked or self.short or self.away or self.sittings):
            raise NothingAsked
        both = set(self.days_off) & set(self.days_worked)
        if both:
            raise DayBothWays(day=min(both))

    @property
    def gives(self) -> bool:
        """Whether it adds something somebody could come sooner by: a working day, or a sitting."""
        return bool(self.days_worked) or any(one.is_added for one in self.sittings)

    @property
    def takes(self) -> bool:
        """Whether somebody is missing in it: then a day booked with them is no reason to stay."""
        return bool(self.short or self.away)


@dataclass(frozen=True, kw_only=True)
class Office:
    """What a question may name: departments with a bench, groups that sit, officers, and the calendar."""

    benches: frozenset[str]
    groups: frozenset[str]
    officers: frozenset[int]
    calendar: WorkCalendar


def check_scenario(scenario: CountyScenario, office: Office) -> None:
    """Refuse a question about something the office has not recorded, or that changes nothing.

    Raises: NoBenchRecorded, NobodyOfThatNumber, GroupDoesNotSit, DayIsThatAlready.
    """
    for department in (one.department for one in scenario.short):
        if department not in office.benches:
            raise NoBenchRecorded(department=department)
    for officer in (one.officer for one in scenario.away):
        if officer not in office.officers:
            raise NobodyOfThatNumber(officer=officer)
    for group in (one.group for one in scenario.sittings):
        if group not in office.groups:
            raise GroupDoesNotSit(group=group)
    _check_days(scenario.days_off, False, office.calendar)
    _check_days(scenario.days_worked, True, office.calendar)


def _check_days(days: Sequence[date], is_worked: bool, calendar: WorkCalendar) -> None:
    same = [day for day in days if calendar.is_workday(day) is is_worked]
    if same:
        raise DayIsThatAlready(day=same[0])


def scenario_body(scenario: CountyScenario) -> dict[str, Any]:
    """The question as plain lists and words, ready for JSON."""
    return {
        "name": scenario.name,
        "days_off": [day.isoformat() for day in scenario.days_off],
        "days_worked": [day.isoformat() for day in scenario.days_worked],
        "short": [
            [one.department, one.fewer, one.first_on.isoformat(), one.last_on.isoformat()]
            for one in scenario.short
        ],
        "away": [[one.officer, one.first_on.isoformat(), one.last_on.isoformat()] for one in scenario.away],
        "sittings": [[one.group, one.on.isoformat(), one.half, one.is_added] for one in scenario.sittings],
    }


def read_scenario(body: Mapping[str, Any]) -> CountyScenario:
    """The question from what ``scenario_body`` wrote."""
    return CountyScenario(
        name=body["name"],
        days_off=_days(body["days_off"]),
        days_worked=_days(body["days_worked"]),
        short=tuple(
            ShortBench(department=department, fewer=fewer, first_on=_day(first), last_on=_day(last))
            for department, fewer, first, last in body["short"]
        ),
        away=tuple(
            OfficerAway(officer=officer, first_on=_day(first), last_on=_day(last))
            for officer, first, last in body["away"]
        ),
        sittings=tuple(
            SittingChanged(group=group, on=_day(on), half=half, is_added=is_added)
            for group, on, half, is_added in body["sittings"]
        ),
    )


def _check_period(first: date, last: date) -> None:
    if last < first:
        raise DaysReversed(first=first, last=last, field="last_on")


def _days(written: Sequence[str]) -> tuple[date, ...]:
    return tuple(_day(day) for day in written)


def _day(written: str) -> date:
    return date.fromisoformat(written)
