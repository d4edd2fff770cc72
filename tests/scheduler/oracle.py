"""The slow oracle: dates by walking civil days one at a time, floats by trying every delay.

It shares nothing with the planner but the data classes it is handed: no tables, no topological order, no
pass back. Early dates are swept over the steps again and again until nothing moves; a late date is found by
delaying one step, day by day, until a target moves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
FAR = 400
"""Working days no project of the tests reaches: what such a delay does not move, nothing moves."""


@dataclass(frozen=True)
class Walked:
    """Early dates by step: (start, accept, finish), as civil days."""

    days: dict[str, tuple[date, date, date]]

    def finish(self, key: str) -> date:
        """The day a step finishes."""
        return self.days[key][2]

    def end(self) -> date:
        """The day the last step finishes."""
        return max(finish for _, _, finish in self.days.values())


class Oracle:
    """One problem on one calendar, given as the days that differ from plain weekdays."""

    def __init__(self, problem, exceptions: dict[date, bool], day0: date, *, is_nominal: bool) -> None:
        self.problem = problem
        self.exceptions = exceptions
        self._asked: dict[date, bool] = {}
        self.is_nominal = is_nominal
        self.day0 = day0
        while not self.is_workday(self.day0):
            self.day0 += ONE_DAY

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day not in self._asked:
            self._asked[day] = self.exceptions.get(day, day.weekday() < 5)
        return self._asked[day]

    def walk(self, day: date, workdays: int) -> date:
        """So many working days on from a working day, or back."""
        step = ONE_DAY if workdays > 0 else -ONE_DAY
        while workdays:
            day += step
            if self.is_workday(day):
                workdays -= 1 if step == ONE_DAY else -1
        return day

    def count(self, first: date, last: date) -> int:
        """The working days from one working day to another; below zero when it lies before."""
        if last < first:
            return -self.count(last, first)
        steps = 0
        while first < last:
            first += ONE_DAY
            steps += self.is_workday(first)
        return steps

    def run(self, day: date, segments) -> date:
        """The day a chain of segments ends that follows a working day."""
        for segment in segments:
            if segment.basis != "calendar":
                day = self.walk(day, segment.days)
            elif self.is_nominal:
                day = self.walk(day, math.ceil(segment.days * 5 / 7))
            else:
                day += segment.days * ONE_DAY
                while not self.is_workday(day):
                    day += ONE_DAY
        return day

    def early(self, delayed: str | None = None, until: date | None = None) -> Walked:
        """The earliest dates, with one step's finish put off until a day if asked."""
        days = {step.key: (date.min, date.min, date.min) for step in self.problem.steps}
        while True:
            swept = {step.key: self._placed(step, days) for step in self.problem.steps}
            if delayed is not None and until is not None:
                start, accept, finish = swept[delayed]
                swept[delayed] = (start, accept, max(finish, until))
            if swept == days:
                return Walked(days)
            days = swept

    def _placed(self, step, days) -> tuple[date, date, date]:
        point = {
            name: self._day(getattr(step, name))
            for name in (
                "not_before",
                "started",
                "accepted",
                "finished",
                "accept_not_before",
                "finish_not_before",
            )
        }
        booked, booked_finish = point["accept_not_before"], point["finish_not_before"]
        today = self._day(self.problem.today)
        preparation = [segment for segment in step.segments if segment.kind == "preparation"]
        handling = [segment for segment in step.segments if segment.kind != "preparation"]
        before = [p for p in self.problem.precedences if p.successor == step.key]
        accepts = [days[p.predecessor][2] for p in before if p.gate == "accept"]
        issues = [
            self.walk(days[p.predecessor][2], p.tail)
            for p in before
            if p.gate == "issue" and days[p.predecessor][2] > date.min
        ]
        start, accept = point["started"], point["accepted"]
        if point["finished"]:
            start = start or accept or point["finished"]
            return start, accept or start, point["finished"]
        if accept:
            start = start or accept
        elif start:
            accept = _latest(self.run(start, preparation), today, booked, *accepts)
        else:
            start = _latest(self.day0, today, point["not_before"], *accepts)
            accept = _latest(self.run(start, preparation), booked)
        held_by_today = today if step.started is not None or step.accepted is not None else None
        return start, accept, _latest(self.run(accept, handling), held_by_today, booked_finish, *issues)

    def _day(self, point: int | None) -> date | None:
        return None if point is None else self.walk(self.day0, point)

    def floats(self, step, early: Walked) -> tuple[date, date, int, int]:
        """Late start, late finish, total and free float of one step, each found by trying."""
        start, _, finish = early.days[step.key]
        if step.finished is not None:
            return start, finish, 0, 0
        free = None
        late = finish
        far = self.early(step.key, self.walk(finish, FAR))
        targets = [key for key in self.problem.targets if key in early.days]
        watched = [key for key in targets if far.finish(key) != early.finish(key)]
        total = 0
        while True:
            later = self.walk(late, 1)
            tried = self.early(step.key, later)
            if free is None and _others(tried, step.key) != _others(early, step.key):
                free = total
            moved = any(tried.finish(key) != early.finish(key) for key in watched)
            if moved or (not watched and tried.end() != early.end()):
                break
            late, total = later, total + 1
        return self._late_start(step, start, late), late, total, total if free is None else free

    def _late_start(self, step, start: date, late: date) -> date:
        if step.started is not None or step.accepted is not None:
            return start
        while self.run(self.walk(start, 1), step.segments) <= late:
            start = self.walk(start, 1)
        return start


def _latest(*days: date | None) -> date:
    return max(day for day in days if day is not None)


def _others(walked: Walked, key: str) -> dict[str, tuple[date, date, date]]:
    return {other: days for other, days in walked.days.items() if other != key}
