"""The working calendar: which days count, and how periods run across them.

The only module of the planner that knows dates. Two prefix tables answer everything: ``_before`` holds, for
each civil day, the working days before it; ``_workdays`` the civil day of each working day, in order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta

from scheduler.errors import DayTwice, EmptyCalendar, OutsideCalendar
from scheduler.period import Basis, Pause, Period, Segment, joined

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)

_SOURCE_FAILURES = (
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a source of later years may fail with; the plan goes on with plain weekdays, marked provisional."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """One civil day the calendar singles out: a holiday, a moved rest day, or a make-up working day."""

    on: date
    is_workday: bool
    kind: str
    _: KW_ONLY
    name_zh: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """A named block of rest days, or one make-up working day, that a period ran across.

    Units: ``first`` and ``last`` are civil days, both inside the block.
    """

    first: date
    last: date
    is_workday: bool
    _: KW_ONLY
    names_zh: tuple[str, ...] = ()
    names_en: tuple[str, ...] = ()


class WorkCalendar:
    """Published holidays and make-up days, and how lawful periods count across them.

    Years of the table that are not among ``official_years`` are provisional. A year after the table is
    asked of ``beyond`` when first needed; if that fails too, its plain weekdays count. Both are
    provisional.

    Raises: EmptyCalendar; DayTwice; OutsideCalendar from any question about a day before the table begins.
    Source: S02 (行政许可法) art. 82; WD-1, WD-7.
    """

    def __init__(
        self,
        rules: Iterable[DayRule],
        official_years: Collection[int],
        beyond: Callable[[int], Iterable[DayRule]] | None = None,
    ) -> None:
        self._rules: dict[date, DayRule] = {}
        for rule in rules:
            if rule.on in self._rules:
                raise DayTwice(on=rule.on)
            self._rules[rule.on] = rule
        self._official = frozenset(official_years)
        years = self._official.union(day.year for day in self._rules)
        if not years:
            raise EmptyCalendar
        self._beyond = beyond
        self._lock = threading.Lock()
        self._first_day = date(min(years), 1, 1)
        self._base = self._first_day.toordinal()
        self._before: list[int] = [0]
        self._workdays: list[int] = []
        self._next_year = self._first_day.year
        self._last_table_year = max(years)
        while self._next_year <= self._last_table_year:
            self._add_year()

    # --- days -------------------------------------------------------------------------------------

    @property
    def first_day(self) -> date:
        """The first civil day this calendar can answer for."""
        return self._first_day

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day, make-up days included."""
        x = self._place(day)
        return self._before[x + 1] > self._before[x]

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, otherwise the first working day after it."""
        return self._date(self._before[self._place(day)])

    def next_workday(self, day: date) -> date:
        """The first working day after this day, never the day itself."""
        return self._date(self._before[self._place(day) + 1])

    def add_workdays(self, day: date, count: int) -> date:
        """The working day ``count`` working days after (or, below zero, before) a civil day.

        Zero gives the day itself, or the first working day after it when it is a rest day.

        Units: working days; the day itself is day 0 and is not counted.
        Source: S02 (行政许可法) art. 82; WD-1, WD-2.
        """
        x = self._place(day)
        return self._date(self._before[x + 1] + count - 1 if count > 0 else self._before[x] + count)

    def workdays_between(self, after: date, until: date) -> int:
        """How many working days lie after one day, up to and including another; negative when reversed.

        Units: working days.
        """
        return self._before[self._place(until) + 1] - self._before[self._place(after) + 1]

    def received_on(self, at: datetime, cutoff: time) -> date:
        """The working day on which something counts as received.

        Units: ``at`` and ``cutoff`` are local wall-clock times of the office.
        Source: WD-3 (民法典 art. 203 ties the last day to business hours).
        """
        day = at.date()
        return self.next_workday(day) if at.time() > cutoff else self.on_or_after(day)

    def due_on(self, accepted_on: date, period: Period, pauses: Sequence[Pause] = ()) -> date:
        """The last day of a period that began on the day of acceptance (or of a notice).

        Paused days do not count; a last day that is a rest day, or paused, moves to the next working day.

        Units: a civil day; ``accepted_on`` is day 0, and is taken as it stands even on a rest day.
        Raises: PauseEndsBeforeItBegins; OutsideCalendar.
        Source: S02 (行政许可法) arts. 45, 82; 民法典 arts. 201, 203; WD-2, WD-4, CL-7.
        """
        merged = joined(pauses)
        if period.basis is Basis.CALENDAR:
            return self._calendar_due(accepted_on, period.days, merged)
        due = self.add_workdays(accepted_on, period.days)
        skipped = 0
        for first, last in merged:
            from_ = max(first, accepted_on + _ONE_DAY)
            if last < from_:
                continue
            if from_ > due or not period.days:
                break
            skipped += self.workdays_between(from_ - _ONE_DAY, last)
            due = self.add_workdays(accepted_on, period.days + skipped)
        return due

    def _calendar_due(self, accepted_on: date, days: int, merged: Sequence[Pause]) -> date:
        due = self._shift(accepted_on, days)
        rolled = self.on_or_after(due)
        for first, last in merged:
            from_ = max(first, accepted_on + _ONE_DAY)
            if last < from_:
                continue
            if from_ > rolled or not days:
                break
            # A count that had ended on a rest day only moves its last day on; others grow by the days paused.
            due = last + _ONE_DAY if from_ > due else self._shift(due, (last - from_).days + 1)
            rolled = self.on_or_after(due)
        return rolled

    # --- what a reader should know ----------------------------------------------------------------

    def is_provisional(self, year_or_day: int | date) -> bool:
        """Whether a year, or the year of a day, has no official arrangement yet (WD-7)."""
        year = year_or_day.year if isinstance(year_or_day, date) else year_or_day
        return year not in self._official

    def touches_provisional(self, first: date, last: date) -> bool:
        """Whether any day between two days, both included, lies in a provisional year."""
        return any(self.is_provisional(year) for year in range(first.year, last.year + 1))

    def rests_between(self, after: date, until: date) -> tuple[Rest, ...]:
        """The named rest blocks and make-up days a period ran across, in order; plain weekends are left out.

        Units: civil days after ``after`` up to and including ``until``; a block is given whole, with the
        weekends that adjoin it.
        """
        found: list[Rest] = []
        day = after + _ONE_DAY
        while day <= until:
            if self.is_workday(day):
                rule = self._rules.get(day)
                if rule is not None and day.weekday() >= _SATURDAY:
                    found.append(Rest(day, day, True, names_zh=(rule.name_zh,), names_en=(rule.name_en,)))
                day += _ONE_DAY
                continue
            block = self._block_around(day)
            if block.names_zh or block.names_en:
                found.append(block)
            day = block.last + _ONE_DAY
        return tuple(found)

    def axis(self, day0: date) -> WorkdayAxis:
        """The line of working days that begins with a project's first day (or the working day after it)."""
        return WorkdayAxis(self, day0)

    def _block_around(self, day: date) -> Rest:
        first = last = day
        while first > self._first_day and not self.is_workday(first - _ONE_DAY):
            first -= _ONE_DAY
        while not self.is_workday(last + _ONE_DAY):
            last += _ONE_DAY
        inside = (first + timedelta(days=n) for n in range((last - first).days + 1))
        rules = [self._rules[day] for day in inside if day in self._rules]
        return Rest(
            first,
            last,
            False,
            names_zh=tuple(dict.fromkeys(rule.name_zh for rule in rules if rule.name_zh)),
            names_en=tuple(dict.fromkeys(rule.name_en for rule in rules if rule.name_en)),
        )

    # --- the tables -------------------------------------------------------------------------------

    def index_of(self, day: date) -> int:
        """The place of a day (or of the working day after it) among all working days of this calendar."""
        return self._before[self._place(day)]

    def day_at(self, index: int) -> date:
        """The civil day of the working day at a place; the inverse of ``index_of``."""
        return self._date(index)

    def calendar_days_after(self, index: int, days: int) -> int:
        """The place of the working day on which so many civil days end, rest days rolled forward."""
        if index >= 0:
            try:
                return self._before[self._workdays[index] + days - self._base]
            except IndexError:
                pass  # beyond the tables so far: below they grow
        x = self._ordinal(index) + days - self._base
        while x >= len(self._before):
            self._extend()
        return self._before[x]

    def calendar_days_after_each(self, indexes: Sequence[int], days: int) -> list[int]:
        """The same for many places at once."""
        if not indexes:
            return []
        for index in (min(indexes), max(indexes)):
            self.calendar_days_after(index, days)  # the tables reach so far now
        before, workdays, shift = self._before, self._workdays, days - self._base
        return [before[workdays[index] + shift] for index in indexes]

    def calendar_days_before(self, index: int, days: int) -> int:
        """The latest place from which so many civil days still end by the working day at ``index``."""
        x = self._ordinal(index) - days - self._base
        if x < 0:
            raise self._outside(self._first_day - _ONE_DAY)
        return self._before[x + 1] - 1

    def _place(self, day: date) -> int:
        x = day.toordinal() - self._base
        if x < 0:
            raise self._outside(day)
        while x + 1 >= len(self._before):
            self._extend()
        return x

    def _ordinal(self, index: int) -> int:
        if index < 0:
            raise self._outside(self._first_day - _ONE_DAY)
        while index >= len(self._workdays):
            self._extend()
        return self._workdays[index]

    def _date(self, index: int) -> date:
        return date.fromordinal(self._ordinal(index))

    def _shift(self, day: date, days: int) -> date:
        ordinal = day.toordinal() + days
        if ordinal > date.max.toordinal():
            raise self._outside(date.max)
        return date.fromordinal(ordinal)

    def _extend(self) -> None:
        wanted = self._next_year
        with self._lock:
            if self._next_year == wanted:  # otherwise another thread has just added this year
                self._add_year()

    def _add_year(self) -> None:
        year = self._next_year
        if year > MAXYEAR:
            raise self._outside(date.max)
        if year > self._last_table_year:
            self._rules.update(self._later_rules(year))
        start = date(year, 1, 1).toordinal()
        count = self._before[-1]
        before: list[int] = []
        workdays: list[int] = []
        for ordinal in range(start, date(year, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            rule = self._rules.get(day)
            if rule.is_workday if rule is not None else day.weekday() < _SATURDAY:
                workdays.append(ordinal)
                count += 1
            before.append(count)
        self._workdays.extend(workdays)  # before the counts that point into it: readers take no lock
        self._before.extend(before)
        self._next_year = year + 1

    def _later_rules(self, year: int) -> dict[date, DayRule]:
        if self._beyond is None:
            return {}
        try:
            return {rule.on: rule for rule in self._beyond(year) if rule.on.year == year}
        except _SOURCE_FAILURES:  # a guess for a far year must not stop a plan; it is provisional anyway
            return {}

    def _outside(self, day: date) -> OutsideCalendar:
        return OutsideCalendar(on=day, first=self._first_day, last=date.max)


class WorkdayAxis:
    """The working days of a calendar, numbered from a project's day 0."""

    is_nominal = False

    def __init__(self, calendar: WorkCalendar, day0: date) -> None:
        self.calendar = calendar
        self._zero = calendar.index_of(day0)
        self._after = calendar.calendar_days_after
        self._before = calendar.calendar_days_before

    def __eq__(self, other: object) -> bool:
        """Whether both number the days of the same calendar alike."""
        return (
            isinstance(other, WorkdayAxis) and other.calendar is self.calendar and other._zero == self._zero
        )

    def __hash__(self) -> int:
        """By the calendar itself and its day 0."""
        return hash((id(self.calendar), self._zero))

    def forward(self, point: int, segment: Segment) -> int:
        """The working day on which a segment ends that follows ``point``.

        Calendar days that end on a rest day roll forward to the next working day.

        Units: working days since day 0, both ways.
        Source: WD-2, WD-4 (民法典 art. 203).
        """
        if segment.basis is not Basis.CALENDAR:
            return point + segment.days
        zero = self._zero
        return self._after(point + zero, segment.days) - zero

    def forward_each(self, points: Sequence[int], segment: Segment) -> list[int]:
        """The same for many points at once."""
        if segment.basis is not Basis.CALENDAR:
            return [point + segment.days for point in points]
        zero = self._zero
        ends = self.calendar.calendar_days_after_each([point + zero for point in points], segment.days)
        return [end - zero for end in ends]

    def backward(self, point: int, segment: Segment) -> int:
        """The latest working day after which a segment may follow and still end by ``point``.

        Units: working days since day 0, both ways.
        """
        if segment.basis is not Basis.CALENDAR:
            return point - segment.days
        zero = self._zero
        return self._before(point + zero, segment.days) - zero

    def date_of(self, point: int) -> date:
        """The civil day of a point. Raises: OutsideCalendar, before the calendar begins."""
        return self.calendar.day_at(point + self._zero)

    def point_of(self, day: date) -> int:
        """The point of a civil day; a rest day counts as the working day after it (WD-3)."""
        return self.calendar.index_of(day) - self._zero
