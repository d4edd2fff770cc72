"""A year as months and weeks, each day marked for what the calendar makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from approvals.rules.catalogue import Holiday
from approvals.rules.wording import Label
from scheduler import WorkCalendar

_DAYS_IN_WEEK = 7
_SATURDAY = 5


@dataclass(frozen=True)
class YearDay:
    """One day of a year table.

    Shape: ``mark`` is work, weekend, rest (a holiday or moved rest day) or makeup (a weekend day worked);
    ``label`` names the holiday.
    """

    on: date
    mark: str
    label: Label | None = None


@dataclass(frozen=True)
class YearMonth:
    """One month as weeks from Monday. Shape: None fills the days of other months."""

    number: int
    weeks: tuple[tuple[YearDay | None, ...], ...]
    workdays: int


@dataclass(frozen=True, kw_only=True)
class YearTable:
    """A year as an office hangs it on the wall.

    Units: ``workdays`` are working days; ``rests`` the days off besides plain weekends; ``makeups`` the
    weekend days worked.
    """

    year: int
    months: tuple[YearMonth, ...]
    workdays: int
    rests: int
    makeups: int
    is_provisional: bool


def year_table(calendar: WorkCalendar, holidays: Iterable[Holiday], year: int) -> YearTable:
    """The table of a year; years after the last table count by the law alone.

    Raises: OutsideCalendar, for a year before the first table.
    """
    named = {h.on: Label(h.name_zh, h.name_en) for h in holidays if h.on.year == year}
    days = [_day(calendar, named, date(year, 1, 1) + timedelta(days=n)) for n in range(_days_in(year))]
    months = tuple(_month([day for day in days if day.on.month == number], number) for number in range(1, 13))
    return YearTable(
        year=year,
        months=months,
        workdays=sum(month.workdays for month in months),
        rests=sum(day.mark == "rest" for day in days),
        makeups=sum(day.mark == "makeup" for day in days),
        is_provisional=calendar.is_provisional(year),
    )


def _days_in(year: int) -> int:
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1


def _day(calendar: WorkCalendar, named: dict[date, Label], on: date) -> YearDay:
    is_weekend = on.weekday() >= _SATURDAY
    if calendar.is_workday(on):
        return YearDay(on, "makeup" if is_weekend else "work", named.get(on))
    return YearDay(on, "rest" if on in named or not is_weekend else "weekend", named.get(on))


def _month(days: list[YearDay], number: int) -> YearMonth:
    cells: list[YearDay | None] = [None] * days[0].on.weekday()
    cells += days
    cells += [None] * (-len(cells) % _DAYS_IN_WEEK)
    weeks = tuple(tuple(cells[at : at + _DAYS_IN_WEEK]) for at in range(0, len(cells), _DAYS_IN_WEEK))
    return YearMonth(number, weeks, sum(day.mark in ("work", "makeup") for day in days))
