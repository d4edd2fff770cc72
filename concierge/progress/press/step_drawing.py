"""The steps of a project as one small picture for a telephone: who waits for whom, from when until when.

A row for each step, its bar on one axis of days, and a line from each step to those that wait for it. It is
drawn from what the page lists and from nothing else; the list says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from concierge.progress.rules.public_progress import ListedStep, PublicState

WIDTH, ROW, HEAD, LEFT, BAR = 360, 18, 17, 24, 8
SIGN, HALF_SIGN, GAP = 10.0, 5.3, 4.0
"""How wide a Chinese and a Latin sign are in the picture's smallest type, and what parts words from bars."""
LOOKS: Mapping[PublicState, str] = {
    PublicState.DONE: "pn-d",
    PublicState.RUNNING: "pn-r",
    PublicState.READY: "pn-w",
    PublicState.WAITING: "pn-w",
}


@dataclass(frozen=True)
class _Axis:
    """Days from left to right. Units: civil days; places in the picture's own units."""

    first: date
    last: date

    def at(self, on: date) -> float:
        """Where a day begins."""
        whole = max(1, (self.last - self.first).days)
        return round(LEFT + (WIDTH - LEFT) * (on - self.first).days / whole, 1)


def step_drawing(steps: Sequence[ListedStep], today: date, title: str, month: Callable[[date], str]) -> str:
    """The picture as SVG without colours of its own; empty where fewer than two steps have their days.

    Shape: rows as in the list; ``month`` names a month; a step without days has no bar and no row.
    Source: PL-10, PL-15.
    """
    dated = [one for one in steps if one.start_on is not None and one.finish_on is not None]
    if len(dated) < 2:
        return ""
    axis = _Axis(
        min(one.start_on for one in dated if one.start_on),
        max(one.finish_on for one in dated if one.finish_on) + timedelta(days=1),
    )
    rows = {one.place: number for number, one in enumerate(dated)}
    height = HEAD + ROW * len(dated) + 2
    parts = [
        f'<svg class="pn" viewBox="0 0 {WIDTH} {height}" role="img"><title>{escape(title)}</title>',
        *_months(axis, height, month),
        *_lines(dated, rows, axis),
        *(piece for one in dated for piece in _row(one, rows[one.place], axis)),
    ]
    if axis.first <= today <= axis.last:
        parts.append(f'<path class="pn-t" d="M{axis.at(today)} {HEAD - 4}V{height}"/>')
    return "".join((*parts, "</svg>"))


def _months(axis: _Axis, height: int, month: Callable[[date], str]) -> Iterator[str]:
    on, free_from = axis.first.replace(day=1), 0.0
    while on <= axis.last:
        place = axis.at(max(on, axis.first))
        told = month(on)
        if on > axis.first:
            yield f'<path class="pn-g" d="M{place} {HEAD - 4}V{height}"/>'
        if free_from <= place <= WIDTH - _width(told):
            yield f'<text class="pn-m" x="{place}" y="{HEAD - 6}">{escape(told)}</text>'
            free_from = place + _width(told) + GAP
        on = (on + timedelta(days=31)).replace(day=1)


def _lines(dated: Sequence[ListedStep], rows: Mapping[int, int], axis: _Axis) -> Iterator[str]:
    """A line down from the end of each step to the row of every step that waits for it, and into its bar."""
    ends = {one.place: axis.at(one.finish_on + timedelta(days=1)) for one in dated if one.finish_on}
    drawn = []
    for one in dated:
        down = _middle(rows[one.place])
        for before in one.after:
            if before in rows and one.start_on is not None:
                drawn.append(f"M{ends[before]} {_middle(rows[before])}V{down}H{axis.at(one.start_on)}")
    if drawn:
        yield f'<path class="pn-l" d="{"".join(drawn)}"/>'


def _row(one: ListedStep, row: int, axis: _Axis) -> Iterator[str]:
    if one.start_on is None or one.finish_on is None:
        return
    begins, ends = axis.at(one.start_on), axis.at(one.finish_on + timedelta(days=1))
    middle = _middle(row)
    look = LOOKS[one.state] + (" pn-c" if one.is_current else "")
    width = round(max(2.0, ends - begins), 1)
    top = middle - BAR // 2
    yield f'<rect class="{look}" x="{begins}" y="{top}" width="{width}" height="{BAR}" rx="2"/>'
    yield f'<text x="0" y="{middle + 3:g}">{one.place}</text>'
    wide = _width(one.step)
    if ends + GAP + wide <= WIDTH:
        yield f'<text x="{ends + GAP:g}" y="{middle + 3:g}">{escape(one.step)}</text>'
    elif begins - GAP - wide >= LEFT:
        yield f'<text class="pn-e" x="{begins - GAP:g}" y="{middle + 3:g}">{escape(one.step)}</text>'


def _middle(row: int) -> int:
    return HEAD + ROW * row + ROW // 2


def _width(text: str) -> float:
    return sum(HALF_SIGN if sign.isascii() else SIGN for sign in text)
