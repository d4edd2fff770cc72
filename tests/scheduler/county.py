"""What the planner's tests share: the office's calendar, and short words for steps and gates."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import scheduler

HOLIDAYS = Path(__file__).parents[2] / "approvals" / "data" / "holidays.csv"
ACCEPT, ISSUE = scheduler.Gate.ACCEPT, scheduler.Gate.ISSUE
WORKING, CALENDAR, UNSPECIFIED = scheduler.Basis


def published() -> tuple[list[scheduler.DayRule], set[int]]:
    """The shipped table of holidays and make-up days, and its official years."""
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    rules = [
        scheduler.DayRule(
            date.fromisoformat(line["date"]),
            line["is_workday"] == "yes",
            line["kind"],
            name_zh=line["holiday_zh"],
            name_en=line["holiday_en"],
        )
        for line in lines
    ]
    return rules, {int(line["date"][:4]) for line in lines if line["status"].startswith("official")}


@cache
def office_calendar() -> scheduler.WorkCalendar:
    """The calendar an office of the county works by."""
    return scheduler.WorkCalendar(*published())


def a_step(key: str, days: int = 0, *, basis=WORKING, preparation: int = 0, special: int = 0, **known):
    """A step of so many days of work, with what comes before it."""
    segments = [
        scheduler.Segment("preparation", preparation),
        scheduler.Segment("special", special),
        scheduler.Segment("work", days, basis),
    ]
    return scheduler.Step(key, tuple(segment for segment in segments if segment.days), **known)


def accept(predecessor: str, successor: str) -> scheduler.Precedence:
    """The successor's acceptance waits."""
    return scheduler.Precedence(predecessor, successor, ACCEPT)


def issue(predecessor: str, successor: str, tail: int = 0) -> scheduler.Precedence:
    """Only the successor's decision waits."""
    return scheduler.Precedence(predecessor, successor, ISSUE, tail=tail)


def planned(steps, precedences=(), *, targets=(), today=None, day0: date | None = None) -> scheduler.Dates:
    """The dates of a few steps, nominal unless a first day is given."""
    axis = office_calendar().axis(day0) if day0 else scheduler.NominalAxis()
    return scheduler.dates(scheduler.Problem(steps, precedences, targets, today=today), axis)
