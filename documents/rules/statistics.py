"""The figures of one month: what each part of the office counted, and how it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from concierge.kernel.errors import N_, Invalid

_ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2015, 2099
WIDTHS = (2, 5)
"""How many figures a line of a department may have: the document's tables are drawn for so many."""


class NoSuchMonth(Invalid):
    """Something else than a month that has begun."""

    message = N_("Choose a month that has begun, such as 2026-04.")
    field = "month"


@dataclass(frozen=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, number: int, today: date) -> Month:
        """The month of a number such as 202604. Raises: NoSuchMonth, also for one that has not begun."""
        year, month = divmod(number, 100)
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12) or date(year, month, 1) > today:
            raise NoSuchMonth(field="month")
        return cls(year, month)

    @classmethod
    def around(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def number(self) -> int:
        """Year and month as one number, 202604."""
        return self.year * 100 + self.month

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last_on(self) -> date:
        """Its last day."""
        return self.after.first_on - _ONE_DAY

    @property
    def before(self) -> Month:
        """The month before it."""
        return Month.around(self.first_on - _ONE_DAY)

    @property
    def after(self) -> Month:
        """The month after it."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)


@dataclass(frozen=True)
class Figure:
    """One figure of a month.

    Shape: ``name`` in English, marked ``N_``; ``whole`` is what it is a part of, None for a plain count;
        ``value`` None where there is nothing to count.
    """

    name: str
    value: int | float | None
    whole: int | None = None

    def text(self) -> str:
        """As people write it: 12; 9/12（75.0%）; 4.5; a dash for nothing."""
        if self.whole == 0:
            return "—"
        if self.whole is not None:
            return f"{self.value}/{self.whole}（{share_text(self.value or 0, self.whole)}）"
        return number_text(self.value)


@dataclass(frozen=True)
class DepartmentLine:
    """One department in a table. Shape: ``cells`` are as many as the table has heads."""

    department: str
    cells: tuple[int | float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one part of the office counted.

    Shape: ``title`` and ``heads`` in English, marked ``N_``; as many heads
        as ``WIDTHS`` allows, or none.
    """

    title: str
    figures: tuple[Figure, ...]
    heads: tuple[str, ...] = ()
    lines: tuple[DepartmentLine, ...] = ()

    def __post_init__(self) -> None:
        if len(self.heads) not in (0, *WIDTHS) or any(
            len(one.cells) != len(self.heads) for one in self.lines
        ):
            raise ValueError(f"a line of “{self.title}” does not fit its {len(self.heads)} heads")


@dataclass(frozen=True)
class Taken:
    """How long one decided step was promised to take, might take by law, and took.

    Units: working days from acceptance, stops included in all three. Shape: None where there is no limit.
    """

    department: str
    promised: int | None
    lawful: int | None
    actual: int

    @property
    def is_in_time(self) -> bool:
        """Whether the promise was kept."""
        return self.promised is None or self.actual <= self.promised


def number_text(value: float | None) -> str:
    """A figure: whole ones plain, others with one place, a dash for none."""
    if value is None:
        return "—"
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def share_text(part: float, whole: int) -> str:
    """A part of a whole in per cent, a dash of nothing."""
    return f"{part / whole:.1%}" if whole else "—"


def mean_of(values: Sequence[int | None]) -> float | None:
    """The mean of what there is. Source: SV-7."""
    there = [one for one in values if one is not None]
    return sum(there) / len(there) if there else None


def median_of(values: Sequence[int]) -> float | None:
    """The median. Source: SV-7."""
    return float(median(values)) if values else None


def department_lines(taken: Sequence[Taken]) -> tuple[DepartmentLine, ...]:
    """Each department's decided cases, those in time, and the mean of promised, lawful and actual days.

    Source: SV-7.
    """
    codes = sorted({one.department for one in taken}, key=lambda code: (-_times(taken, code), code))
    return tuple(_department_line(code, [one for one in taken if one.department == code]) for code in codes)


def _times(taken: Sequence[Taken], code: str) -> int:
    return sum(one.department == code for one in taken)


def _department_line(code: str, own: Sequence[Taken]) -> DepartmentLine:
    cells = (
        len(own),
        sum(one.is_in_time for one in own),
        mean_of([one.promised for one in own]),
        mean_of([one.lawful for one in own]),
        mean_of([one.actual for one in own]),
    )
    return DepartmentLine(code, cells)
