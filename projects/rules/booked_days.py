"""What the steps of a project take of others' days: places, hand-ins and seats, day by day."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from projects.rules.portfolio_days import StepDays


class Booked(enum.Enum):
    """What is booked by the day: places on a bench, an officer's hand-ins, seats at a sitting."""

    __hash__ = object.__hash__  # of its own it hashes its name in Python, some thousand times an event

    BENCH = "bench"
    OFFICER = "officer"
    SEAT = "seat"


class Taken(NamedTuple):
    """Something taken on one day.

    Shape: ``key`` is a department, an officer's number or a review group; ``half`` is 0 but for seats of an
        afternoon.
    """

    kind: Booked
    key: str
    day: date
    half: int = 0


def takes_anything(step: StepDays, finished: bool) -> bool:
    """Whether others count on the day of this step: a department, a sitting or an officer."""
    return not finished and (step.department or step.group or step.officer) is not None


def taken_by(steps: Iterable[StepDays]) -> Counter[Taken]:
    """How much these steps take, by day.

    Units: civil days. The work of a step takes its place on every day from its first to its last, rest days
        too: they are passed over when somebody asks, so a changed calendar leaves no trace here.
    """
    found: Counter[Taken] = Counter()
    for step in steps:
        if step.department and step.work_first_on and step.work_last_on:
            first, department = step.work_first_on.toordinal(), step.department
            for day in range(first, step.work_last_on.toordinal() + 1):
                found[Taken(Booked.BENCH, department, date.fromordinal(day))] += 1
        if step.officer is not None:
            found[Taken(Booked.OFFICER, str(step.officer), step.accept_on)] += 1
        if step.group and step.sitting is not None:
            found[Taken(Booked.SEAT, step.group, step.sitting.on, step.sitting.half)] += 1
    return found
