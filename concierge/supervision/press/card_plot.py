"""The cards of six weeks, one rectangle with its sign for each: departments in rows, days to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projects.press.svg import box, fitted, label, num, path, safe
from scheduler import WorkCalendar

_WIDTH, _NAMES, _HEAD, _FOOT, _ROW = 720.0, 138.0, 26.0, 18.0, 38.0
_MARK_WIDTH, _MARK_HEIGHT, _MIDDLE, _APART = 13.0, 17.0, 10.0, 9.0
_DAY = timedelta(1)
_MONDAY = 0


@dataclass(frozen=True, kw_only=True)
class PlotMark:
    """One mark: its sign, and what pointing at it says.

    Shape: ``is_paired`` says that the day has one of the other colour too; the red one stands above it.
    """

    on: date
    is_red: bool
    sign: str
    title: str
    is_paired: bool = False


@dataclass(frozen=True)
class PlotRow:
    """One department with its marks."""

    name: str
    marks: Sequence[PlotMark]


@dataclass(frozen=True, kw_only=True)
class PlotWords:
    """What the drawing says besides. Shape: ``weeks`` are the Mondays as they are written."""

    title: str
    today: str
    weeks: dict[date, str]


def mondays(first_on: date, last_on: date) -> list[date]:
    """The Mondays between two days, both included."""
    days = ((first_on + _DAY * n) for n in range((last_on - first_on).days + 1))
    return [day for day in days if day.weekday() == _MONDAY]


def card_plot(
    rows: Sequence[PlotRow], first_on: date, today: date, calendar: WorkCalendar, words: PlotWords
) -> str:
    """The drawing, geometry in attributes and colour in classes; the league's table has the same counts."""
    a_day = (_WIDTH - _NAMES) / ((today - first_on).days + 1)
    height = _HEAD + _ROW * max(1, len(rows)) + _FOOT
    parts = [*_rests(first_on, today, calendar, a_day, height), *_weeks(words, first_on, a_day)]
    for place, row in enumerate(rows):
        top = _HEAD + _ROW * place
        parts.append(path(f"M0 {num(top + _ROW)}H{num(_WIDTH)}", "ax-month"))
        parts.append(label(fitted(row.name, 12.5, _NAMES - 6), 0, top + 24, "g-name"))
        parts += [_mark(mark, _x(mark.on, first_on, a_day), top) for mark in row.marks]
    now = _x(today, first_on, a_day) + a_day / 2
    parts.append(path(f"M{num(now)} {num(_HEAD)}V{num(height - _FOOT)}", "now-line"))
    parts.append(label(words.today, now, height - 4, "ax-t", "end"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bd-dots" viewBox="0 0 {num(_WIDTH)} {num(height)}"'
        f' width="{num(_WIDTH)}" height="{num(height)}" role="img" aria-label="{safe(words.title)}">'
        f"<title>{safe(words.title)}</title>{''.join(parts)}</svg>"
    )


def _x(on: date, first_on: date, a_day: float) -> float:
    return _NAMES + (on - first_on).days * a_day


def _rests(first_on: date, today: date, calendar: WorkCalendar, a_day: float, height: float) -> list[str]:
    """The days without work, shaded; those side by side as one."""
    found: list[list[int]] = []
    for n in range((today - first_on).days + 1):
        if not calendar.is_workday(first_on + _DAY * n):
            if found and found[-1][1] == n:
                found[-1][1] = n + 1
            else:
                found.append([n, n + 1])
    return [
        box(
            "ax-off",
            x=_NAMES + begin * a_day,
            y=_HEAD,
            width=(end - begin) * a_day,
            height=height - _HEAD - _FOOT,
        )
        for begin, end in found
    ]


def _weeks(words: PlotWords, first_on: date, a_day: float) -> list[str]:
    return [
        part
        for monday, text in words.weeks.items()
        for part in (
            label(text, _x(monday, first_on, a_day), 18, "ax-t"),
            path(f"M{num(_x(monday, first_on, a_day))} 22v4", "ax-month"),
        )
    ]


def _mark(mark: PlotMark, x: float, top: float) -> str:
    apart = _APART if mark.is_paired else 0.0
    y = top + _MIDDLE - (apart if mark.is_red else -apart)
    return (
        f'<g class="dc dc-{"r" if mark.is_red else "y"}"><title>{safe(mark.title)}</title>'
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(_MARK_WIDTH)}" height="{num(_MARK_HEIGHT)}" rx="2"/>'
        f"{label(mark.sign, x + _MARK_WIDTH / 2, y + 13, anchor='middle')}</g>"
    )
