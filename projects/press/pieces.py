"""A drawing wider than a sheet of paper, cut into pieces that stand one under the other at a size to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from projects.press.svg import num

SHEET_WIDTH = 940.0
"""How wide a piece may be drawn so that its words are 6 points high at least on A4."""
LYING_WIDTH = 1390.0
"""The same for A4 on its side."""
_A_LITTLE_MORE = 1.17
_NARROWEST = 800.0
_OPENING = re.compile(r'<svg ([^>]*?)viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"([^>]*)>')


@dataclass(frozen=True)
class Piece:
    """A part of a drawing. ``steepness`` is its height in parts of its width, at any size of print."""

    svg: str
    steepness: float


def pieces(svg: str, name: str, *, width: float = SHEET_WIDTH) -> Sequence[Piece]:
    """The pieces of one drawing, left to right; a drawing that fits is one piece.

    Units: pixels of the drawing.
    Shape: only the first piece carries the drawing, the others show another part of it; ``name`` is the id it
        is known by, unique on its page. A drawing a little too wide is made smaller instead of cut.
    """
    opening = _OPENING.match(svg)
    if opening is None:
        raise ValueError("a drawing must say its size")
    whole, height = float(opening[2]), opening[3]
    attributes = (opening[1] + opening[4].strip()).strip()
    count = 1 if whole <= width * _A_LITTLE_MORE else ceil(whole / width)
    each = whole if count == 1 else max(whole / count, _NARROWEST)
    inside = svg[opening.end() : svg.rindex("</svg>")]
    first = f'<svg {attributes} viewBox="0 0 {num(each)} {height}"><g id="{name}">{inside}</g></svg>'
    others = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bd-net" aria-hidden="true"'
        f' viewBox="{num(each * at)} 0 {num(each)} {height}"><use href="#{name}"/></svg>'
        for at in range(1, count)
    ]
    return [Piece(drawn, float(height) / each) for drawn in (first, *others)]
