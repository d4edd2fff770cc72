"""Charts for paper: their colours written out, their rows no more than a page holds, wide drawings cut.

Source: S23 for what the drawings mean; documents.md section 3, at most 25 rows a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil

from projects.press.chart import ChartPlan, ChartStep
from projects.press.gantt import gantt
from projects.press.network import network
from projects.press.standalone import standalone
from projects.press.svg import num
from projects.press.words import Words

MOST_ROWS = 22
MOST_WIDE = 1240.0
"""How wide a piece may be drawn so that its words are 7 points high on A4 on its side. Units: pixels."""
STEEPEST = 0.5
"""The height of a piece in parts of its width that A4 on its side still holds under a caption."""
A_LITTLE_MORE = 0.3
"""How much wider than a page a drawing is still made smaller instead of cut, in parts of the page."""
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_SET = re.compile(r"(--[\w-]+):([^;}]+)[;}]")
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"')
_ROOT = re.compile(r":root\{.*?\}", re.DOTALL)


def plain_colours(svg: str) -> str:
    """The drawing with every colour and font written out: a printer knows no custom properties."""
    svg = svg.replace("&quot;", "'")  # names of fonts; a style sheet's own ends must stay the only semicolons
    told: Mapping[str, str] = dict(_SET.findall(svg))

    def value(found: re.Match[str]) -> str:
        return told.get(found[1], "inherit").strip()

    return _VARIABLE.sub(value, _ROOT.sub("", svg))


def gantt_pages(plan: ChartPlan, words: Words) -> list[tuple[str, str]]:
    """The bar chart as pictures of at most 22 rows, each with the first and last step it shows.

    Shape: (which steps, SVG).
    """
    ordered = sorted(plan.steps, key=lambda step: step.number)
    chunks = [ordered[at : at + MOST_ROWS] for at in range(0, len(ordered), MOST_ROWS)]
    return [
        (
            f"第{chunk[0].number:02d}至{chunk[-1].number:02d}步",
            _paper(gantt(_part(plan, chunk), words, prefix=f"gantt{at}", width=MOST_WIDE, is_compact=True)),
        )
        for at, chunk in enumerate(chunks, 1)
    ]


def network_pages(plan: ChartPlan, words: Words) -> list[tuple[str, str]]:
    """The arrow network as pictures that fit a page each: one a stage in a large plan, wide ones cut.

    Shape: (title, SVG).
    """
    return [
        (f"{drawing.title}（{at}/{len(parts)}）" if len(parts) > 1 else drawing.title, part)
        for drawing in network(plan, words, prefix="net", width=MOST_WIDE)
        for parts in [list(_cut(_paper(drawing.svg)))]
        for at, part in enumerate(parts, 1)
    ]


def _part(plan: ChartPlan, steps: list[ChartStep]) -> ChartPlan:
    """Some of the steps, waiting only for each other."""
    numbers = {step.number for step in steps}
    kept = tuple(
        replace(step, predecessors=tuple(link for link in step.predecessors if link.number in numbers))
        for step in steps
    )
    marks = tuple(mark for mark in plan.milestones if mark.number in numbers)
    return replace(plan, steps=kept, milestones=marks)


def _paper(svg: str) -> str:
    return plain_colours(standalone([("", svg)], "zh"))


def _cut(svg: str) -> Iterator[str]:
    """Windows on one drawing, left to right, none wider than a page shows clearly."""
    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("a drawing must say its size")
    width, height = float(size[1]), float(size[2])
    each = max(MOST_WIDE, height / STEEPEST)
    count = max(1, ceil(width / each - A_LITTLE_MORE))
    each = max(width / count, height / STEEPEST)
    for at in range(count):
        window = f'viewBox="{num(width / count * at)} 0 {num(each)} {num(height)}" width="{num(each)}"'
        yield svg.replace(size[0], f'{window} height="{num(height)}"', 1)
