"""Portfolio strips: one project a line, stage by stage, on an axis that all projects share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projects.press.axis import TimeAxis, pill
from projects.press.svg import box, label, num, path, safe, text_width
from projects.press.words import Words

WIDTH = 300.0
_HEIGHT, _HEAD_HEIGHT = 34, 38
_DAY = timedelta(1)


@dataclass(frozen=True)
class StripStage:
    """A stage along the critical line: its sign (1, 2, 3) and when it ends, in fact or by forecast."""

    sign: str
    finish_on: date


@dataclass(frozen=True)
class StripProject:
    """One project of the portfolio."""

    start_on: date
    stages: tuple[StripStage, ...]
    target_on: date | None = None
    title: str = ""

    @property
    def finish_on(self) -> date:
        """The end of the last stage."""
        return max((stage.finish_on for stage in self.stages), default=self.start_on)


def strip_axis(first_on: date, last_on: date, *, width: float = WIDTH) -> TimeAxis:
    """The axis all strips of a page share; days may be narrower than a pixel.

    Raises: ValueError, when the page would end before it begins.
    """
    if last_on <= first_on:
        raise ValueError("an axis needs at least one day")
    return TimeAxis(first_on, last_on, 0.0, width / (last_on - first_on).days)


def strip_head(axis: TimeAxis, words: Words, *, today_on: date | None) -> str:
    """The months above the strips, and the tag of today."""
    texts: list[str] = []
    free_from = 0.0
    for first in _months(axis):
        x, text = axis.x(first - _DAY), words.month_of(first, with_year=first.month == 1)
        short = words.month_of(first)
        text = text if x + 3 + text_width(text, 11) < axis.right else short
        if x + 3 >= free_from and x + 3 + text_width(text, 11) <= axis.right:
            texts.append(label(text, x + 3, 13))
            free_from = x + 3 + text_width(text, 11) + 4
    parts = [f'<g class="ax-t">{"".join(texts)}</g>', _month_lines(axis, _HEAD_HEIGHT)]
    if today_on is not None and axis.has(today_on):
        parts.append(pill(words.today, axis.noon(today_on), 20, ends=(0.0, axis.right)))
    return _svg(axis, _HEAD_HEIGHT, "", parts)


def strip(project: StripProject, axis: TimeAxis, words: Words, *, today_on: date | None) -> str:
    """One project: done stages grey, the running one filled up to today, the target's flag, red past it."""
    middle = _HEIGHT / 2
    parts = [_month_lines(axis, _HEIGHT)]
    begin = project.start_on
    for stage in project.stages:
        parts.append(_stage(stage, begin, axis, today_on))
        begin = max(begin, stage.finish_on)
    if project.target_on is not None:
        parts.append(_target(project.target_on, project.finish_on, axis, middle))
    if today_on is not None and axis.has(today_on):
        parts.append(path(f"M{num(axis.noon(today_on))} 0V{_HEIGHT}", "now-line"))
    title = project.title or words.strip_desc % {
        "start": words.day_of(project.start_on),
        "finish": words.day_of(project.finish_on),
        "target": words.day_of(project.target_on) if project.target_on else "—",
    }
    return _svg(axis, _HEIGHT, title, parts)


def _svg(axis: TimeAxis, height: int, title: str, parts: Sequence[str]) -> str:
    width = num(axis.right)
    named = f'role="img" aria-label="{safe(title)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bd-strip" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" {named}>{"".join(parts)}</svg>'
    )


def _months(axis: TimeAxis) -> list[date]:
    firsts = [date(axis.first_on.year, axis.first_on.month, 1)]
    while firsts[-1] <= axis.last_on:
        last = firsts[-1]
        firsts.append(date(last.year + last.month // 12, last.month % 12 + 1, 1))
    return [first for first in firsts if axis.first_on < first <= axis.last_on]


def _month_lines(axis: TimeAxis, height: int) -> str:
    d = "".join(f"M{num(axis.x(first - _DAY))} 0V{height}" for first in _months(axis))
    return path(d, "ax-month") if d else ""


def _inside(axis: TimeAxis, on: date) -> float:
    return min(max(axis.x(on), axis.left), axis.right)


def _stage(stage: StripStage, begin: date, axis: TimeAxis, today_on: date | None) -> str:
    x0, x1 = _inside(axis, begin), _inside(axis, stage.finish_on)
    if x1 - x0 < 0.5:
        return ""
    now = axis.noon(today_on) if today_on is not None else x0
    state = "todo"
    if today_on is not None and begin < today_on:
        state = "done" if stage.finish_on < today_on else "doing"
    y = _HEIGHT / 2 - 5
    width = max(x1 - x0 - 1.5, 1.0)
    parts = [box(f"s-{state}", x=x0, y=y, width=width, height=10, extra='rx="2"')]
    is_on = state == "doing" and now - x0 > 12
    if state == "doing":
        parts.append(
            box("s-prog", x=x0, y=y, width=max(min(now - x0, width), 2.0), height=10, extra='rx="2"')
        )
    if width > 7 + text_width(stage.sign, 9):
        parts.append(label(stage.sign, x0 + 4, y + 8.5, "s-no s-no-on" if is_on else "s-no"))
    return "".join(parts)


def _target(target_on: date, finish_on: date, axis: TimeAxis, middle: float) -> str:
    x = min(max(axis.x(target_on), axis.left), axis.right - 8)
    late = min(axis.x(finish_on), axis.right)
    over = (
        path(f"M{num(x)} {num(middle)}H{num(late)}", "s-over") if finish_on > target_on and late > x else ""
    )
    flag = path(f"M{num(x)} {num(middle - 9)}h7l-2 3l2 3h-7z", "s-goal-f")
    return over + path(f"M{num(x)} {num(middle - 9)}V{num(middle + 9)}", "s-goal") + flag
