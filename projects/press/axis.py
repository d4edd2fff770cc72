"""The calendar under every chart: days to scale, rests shaded, months, Mondays, today and the target.

A point in time is the end of a day, so day d fills the stretch from the end of the day before to its own end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import ceil, floor

from projects.press.chart import ChartCalendar
from projects.press.svg import box, label, num, path, pattern, text_width
from projects.press.words import Words

HEAD = 42
_MOST_MONDAYS = 24
_MOST_STRETCHES = 256
_DAY = timedelta(1)


@dataclass(frozen=True)
class TimeAxis:
    """Calendar days to scale: ``first_on`` ends at ``left``."""

    first_on: date
    last_on: date
    left: float
    pixels_a_day: float

    def x(self, on: date) -> float:
        """Where a day ends."""
        return self.left + (on - self.first_on).days * self.pixels_a_day

    def noon(self, on: date) -> float:
        """The middle of a day, where the line of today stands."""
        return self.x(on) - self.pixels_a_day / 2

    def has(self, on: date | None) -> bool:
        """Whether a day lies on the axis."""
        return on is not None and self.first_on < on <= self.last_on

    @property
    def right(self) -> float:
        """Where the last day ends."""
        return self.x(self.last_on)

    def days(self) -> Sequence[date]:
        """Every day on the axis."""
        return _days(self.first_on, self.last_on)


@lru_cache(maxsize=_MOST_STRETCHES)
def _days(after: date, last: date) -> tuple[date, ...]:
    """The days after one up to another: a drawing walks along its axis half a dozen times."""
    return tuple(after + timedelta(days=n) for n in range(1, (last - after).days + 1))


def scaled_axis(first_on: date, last_on: date, *, left: float, width: float, least: float) -> TimeAxis:
    """An axis that fills the width, or is wider where days would get narrower than ``least`` pixels.

    A day is a whole number of quarter pixels, so that coordinates stay short.
    """
    days = max((last_on - first_on).days, 1)
    scale = max(floor(width / days * 4) / 4, least)
    spare = floor((width - days * scale) / scale)
    return TimeAxis(first_on, last_on + timedelta(max(spare, 0)), left, scale)


def stretches(axis: TimeAxis, wanted: list[date]) -> list[tuple[float, float]]:
    """Neighbouring days joined, as stretches of the axis."""
    joined: list[tuple[date, date]] = []
    for on in wanted:
        if joined and joined[-1][1] + _DAY == on:
            joined[-1] = (joined[-1][0], on)
        else:
            joined.append((on, on))
    return [(axis.x(first - _DAY), axis.x(last)) for first, last in joined]


def rest_bands(axis: TimeAxis, calendar: ChartCalendar, prefix: str, ends: tuple[float, float]) -> str:
    """Days nobody works, shaded; left out where a day is too narrow to be seen.

    Weekends are one tile repeated; only holidays on weekdays and make-up working days are drawn one by one.
    """
    if axis.pixels_a_day < 2:
        return ""
    top, bottom = ends
    depth, day = num(bottom - top), axis.pixels_a_day
    saturday = next(on for on in axis.days() if on.weekday() == 5)
    tile = (
        f'<pattern id="{prefix}-s7" x="{num(axis.x(saturday - _DAY))}" y="{num(top)}" width="{num(7 * day)}"'
        f' height="{depth}" patternUnits="userSpaceOnUse">'
        f'<rect class="ax-off" width="{num(2 * day)}" height="{depth}"/></pattern>'
    )
    weekends = f'fill="url(#{prefix}-s7)"'
    shaded = box("", x=axis.left, y=top, width=axis.right - axis.left, height=bottom - top, extra=weekends)
    parts = [tile, shaded]
    for classes, wanted in (
        ("ax-off", [on for on in axis.days() if on.weekday() < 5 and not calendar.is_workday(on)]),
        ("ax-on", [on for on in axis.days() if on.weekday() >= 5 and calendar.is_workday(on)]),
    ):
        spans = stretches(axis, wanted)
        d = "".join(f"M{num(a)} {num(top)}h{num(b - a)}v{depth}h-{num(b - a)}z" for a, b in spans)
        parts.append(path(d, classes) if d else "")
    return "".join(parts)


def provisional_bands(axis: TimeAxis, calendar: ChartCalendar, prefix: str, ends: tuple[float, float]) -> str:
    """Stretches of years whose holidays are not announced yet, hatched."""
    top, bottom = ends
    parts: list[str] = []
    for a, b in _provisional(axis, calendar):
        parts.append(
            box("ax-prov", x=a, y=top, width=b - a, height=bottom - top, extra=f'fill="url(#{prefix}-p)"')
        )
        parts.append(path(f"M{num(a)} {num(top)}V{num(bottom)}", "ax-prov-l"))
    return "".join(parts)


def provisional_words(axis: TimeAxis, calendar: ChartCalendar, words: Words, y: float) -> str:
    """The same stretches said in a word, so that nobody takes their dates for certain."""
    parts: list[str] = []
    for a, b in _provisional(axis, calendar):
        fits = text_width(words.provisional, 11) + 6 < b - a
        parts.append(
            label(words.provisional, a + 4 if fits else b - 3, y, "ax-t ax-prov-t", "" if fits else "end")
        )
    return "".join(parts)


def _provisional(axis: TimeAxis, calendar: ChartCalendar) -> list[tuple[float, float]]:
    return stretches(axis, [on for on in axis.days() if on.year in calendar.provisional_years])


def provisional_pattern(prefix: str) -> str:
    """The hatch of years that are not announced."""
    return pattern(f"{prefix}-p", 9, '<path class="hp-prov" d="M0 0V9"/>', is_tilted=True)


def axis_head(axis: TimeAxis, words: Words, bottom: float) -> str:
    """Months, and Mondays where there is room for their dates."""
    months, lines = _months(axis, words)
    months_down = "".join(f"M{num(x)} 0V{num(bottom)}" for x in lines)
    return (
        f'<g class="ax-t ax-tm">{months}</g>'
        + (path(months_down, "ax-month") if lines else "")
        + _mondays(axis, words)
    )


def _months(axis: TimeAxis, words: Words) -> tuple[str, list[float]]:
    texts: list[str] = []
    lines: list[float] = []
    first = axis.first_on + _DAY
    free_from, with_year = axis.left, True
    while first <= axis.last_on:
        next_first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        x, end = axis.x(first - _DAY), min(axis.x(next_first - _DAY), axis.right)
        if x > axis.left:
            lines.append(x)
        text = words.month_of(first, with_year=with_year)
        if end - x > text_width(text, 12) + 8 and x + 6 > free_from:
            texts.append(label(text, x + 6, 15))
            free_from, with_year = x + 6 + text_width(text, 12), False
        with_year = with_year or next_first.month == 1
        first = next_first
    return "".join(texts), lines


def _mondays(axis: TimeAxis, words: Words) -> str:
    if axis.pixels_a_day < 2.2:
        return ""
    mondays = [on for on in axis.days() if on.weekday() == 0]
    widest = max((text_width(words.week_of(on), 11) for on in mondays), default=0.0) + 7
    apart = max(ceil(widest / (7 * axis.pixels_a_day)), ceil(len(mondays) / _MOST_MONDAYS), 1)
    texts = [
        label(words.week_of(on), round(axis.x(on - _DAY)), 0)
        for at, on in enumerate(mondays)
        if at % apart == 0 and axis.x(on - _DAY) + widest < axis.right
    ]
    first = num(axis.x(mondays[0] - _DAY) - 0.5)
    ticks = f'stroke-dasharray="1 {num(7 * axis.pixels_a_day - 1)}" d="M{first} 23.5H{num(axis.right)}"'
    return f'<g class="ax-t" transform="translate(3 36)">{"".join(texts)}</g><path class="ax-week" {ticks}/>'


def rest_names(
    axis: TimeAxis, calendar: ChartCalendar, y: float, *, taken: Sequence[tuple[float, float]] = ()
) -> str:
    """The names of the public holidays, where each is and nothing else stands."""
    texts: list[str] = []
    free_from = axis.left
    for rest in sorted(calendar.rests, key=lambda r: r.first_on):
        if rest.last_on <= axis.first_on or rest.first_on > axis.last_on:
            continue
        a, b = axis.x(max(rest.first_on - _DAY, axis.first_on)), axis.x(min(rest.last_on, axis.last_on))
        half = text_width(rest.name, 11) / 2
        middle = min(max((a + b) / 2, axis.left + half), axis.right - half)
        if middle - half >= free_from and all(middle + half < c or middle - half > d for c, d in taken):
            texts.append(label(rest.name, middle, y))
            free_from = middle + half + 4
    return f'<g class="ax-t ax-hol" text-anchor="middle">{"".join(texts)}</g>' if texts else ""


def pill(text: str, x: float, y: float, *, ends: tuple[float, float]) -> str:
    """The tag of today's line, kept between the two ends."""
    half = text_width(text, 11) / 2 + 9
    middle = min(max(x, ends[0] + half), ends[1] - half)
    shape = box("", x=middle - half, y=y, width=2 * half, height=16, extra='rx="8"')
    return f'<g class="now-tag">{shape}{label(text, middle, y + 12, anchor="middle")}</g>'
