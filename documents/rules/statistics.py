"""The figures of one month: what each part of the office counted, and how it is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from concierge.kernel.errors import N_, Invalid

_ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2015, 2099
WIDTHS = (2, 5, 6)
"""How many figures a line may have: the document's tables are drawn for so many."""


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


class CountedBy(StrEnum):
    """What the lines of a table are counted by, and so what their first column holds."""

    DEPARTMENT = "department"  # a code of the catalogue, empty for the concierge office
    MATTER = "matter"  # a code of the catalogue
    STAGE = "stage"  # a code of the catalogue
    OFFICER = "officer"  # a person's name


@dataclass(frozen=True)
class Line:
    """One department, matter, stage or officer. Shape: ``cells`` are as many as the table has heads."""

    subject: str
    cells: tuple[int | float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one part of the office counted.

    Shape: ``title`` and ``heads`` in English, marked ``N_``; as many heads
        as ``WIDTHS`` allows, or none.
    """

    title: str
    figures: tuple[Figure, ...] = ()
    heads: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    counted_by: CountedBy = CountedBy.DEPARTMENT

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
    matter: str
    stage: str
    promised: int | None
    lawful: int | None
    actual: int

    @property
    def is_in_time(self) -> bool:
        """Whether the promise was kept."""
        return self.promised is None or self.actual <= self.promised

    @property
    def is_early(self) -> bool:
        """Whether it was decided before the promised day."""
        return self.promised is not None and self.actual < self.promised


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


def lines_by(taken: Sequence[Taken], subject: Callable[[Taken], str]) -> tuple[Line, ...]:
    """The decided cases of each department, matter or stage, the most first.

    Shape: how many, those in time, the mean of promised, lawful and actual days, and the actual median.
    Source: SV-7.
    """
    found: dict[str, list[Taken]] = {}
    for one in taken:
        found.setdefault(subject(one), []).append(one)
    order = sorted(found, key=lambda code: (-len(found[code]), code))
    return tuple(_line(code, found[code]) for code in order)


def _line(code: str, own: Sequence[Taken]) -> Line:
    actual = [one.actual for one in own]
    cells = (
        len(own),
        sum(one.is_in_time for one in own),
        mean_of([one.promised for one in own]),
        mean_of([one.lawful for one in own]),
        mean_of(actual),
        median_of(actual),
    )
    return Line(code, cells)


@dataclass(frozen=True)
class Ran:
    """One step of a project from acceptance to its result. Shape: ``finished_on`` None while it runs."""

    project_id: int
    accepted_on: date
    finished_on: date | None


def ran_beside_others(ran: Sequence[Ran], first_on: date, last_on: date) -> tuple[int, int]:
    """How many steps decided on these days ran while another of their project did, and how many there are.

    Shape: a step that is accepted on the day another ends came after it, not beside it.
    Source: SV-7, share of steps run in parallel.
    """
    of_project: dict[int, list[Ran]] = {}
    for one in ran:
        of_project.setdefault(one.project_id, []).append(one)
    decided = [one for one in ran if one.finished_on is not None and first_on <= one.finished_on <= last_on]
    beside = sum(
        any(_overlap(one, other) for other in of_project[one.project_id] if other is not one)
        for one in decided
    )
    return beside, len(decided)


def _overlap(one: Ran, other: Ran) -> bool:
    is_begun = one.finished_on is None or other.accepted_on < one.finished_on
    return is_begun and (other.finished_on is None or other.finished_on > one.accepted_on)


@dataclass(frozen=True)
class HandedIn:
    """The papers one step asked for when it was handed in. Shape: codes of materials."""

    project_id: int
    on: date
    papers: tuple[str, ...]


def not_asked_again(handed_in: Sequence[HandedIn], first_on: date, last_on: date) -> tuple[int, int]:
    """How many papers asked for on these days an earlier step of the project had asked for, and how many all.

    Source: SV-7, materials avoided by reuse; AC-6, what was collected once is not asked for again.
    """
    had: set[tuple[int, str]] = set()
    spared = asked = 0
    for one in sorted(handed_in, key=lambda step: step.on):
        here = [(one.project_id, code) for code in one.papers]
        if first_on <= one.on <= last_on:
            asked += len(here)
            spared += sum(paper in had for paper in here)
        had.update(here)
    return spared, asked
