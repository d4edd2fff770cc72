"""Drawing a page's lines together, where little more than its signature would stand on a second one.

The height is reckoned from the styles and the text, not from a printed page: part of a line is kept spare.
What is reckoned wrongly is printed as it would have been without this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

from documents.press.docx_file import unpacked
from documents.press.ooxml import NAMESPACES
from documents.press.template_text import parsed
from documents.press.words import ems

W = f"{{{NAMESPACES['w']}}}"
CLOSEST = 0.8  # of the usual distance between lines: 23 of 29 points in a letter, 19 of 24 on a sheet
SPARE_LINES = 0.6  # what the reckoning may be wrong by
LOOSE = 1.015  # a justified line takes a little less than it could: words and marks stay whole
CELL_SIDES, CELL_EDGE = 114, 10  # twips: the margins of a cell, the rule below a row
HEAD_OF_LETTER = 16 * 1440 // 25.4  # twips a letter's mark pushes its first page down


@dataclass(frozen=True, kw_only=True)
class _Style:
    """What a paragraph of a style takes up. Units: twips; ``size`` in half-points."""

    line: int
    before: int
    after: int
    size: int
    indent: int


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """The room of a template's pages. Units: twips. Shape: ``styles`` by id; "" is the usual one."""

    styles: Mapping[str, _Style]
    width: int
    first_height: int


def draw_together(template: bytes, document: Any) -> None:
    """Set the lines closer where that alone brings a document onto one page.

    Shape: ``document`` is python-docx's, its values in place.
    Effects: changes the line of the usual style; the letters stay as large as they are.
    Source: S80, 7.3.5.5 (where the room left cannot hold the seal and the date, the lines may be set closer).
    """
    sheet = _sheet(template)
    if sheet is None:
        return
    still, lines = _height(document.element.body, sheet)
    usual = sheet.styles[""].line
    if still + lines * usual <= sheet.first_height or not lines:
        return
    fitting = int((sheet.first_height - still) / (lines + SPARE_LINES))
    if usual > fitting >= usual * CLOSEST:
        _set_line(document, fitting)


def _set_line(document: Any, line: int) -> None:
    for style in document.styles.element.iter(f"{W}style"):
        spacing = style.find(f"{W}pPr/{W}spacing")
        if style.get(f"{W}default") == "1" and spacing is not None:
            spacing.set(f"{W}line", str(line))


@lru_cache(maxsize=128)
def _sheet(template: bytes) -> _Sheet | None:
    """The styles and the page of a template; None where they are not the plain ones this can reckon with."""
    parts = unpacked(template)
    body = parsed(parts["word/document.xml"])
    if body.find(f".//{W}drawing") is not None or len(list(body.iter(f"{W}sectPr"))) != 1:
        return None
    styles = _styles(parsed(parts["word/styles.xml"]))
    if not styles:
        return None
    size, edges = (next(body.iter(f"{W}{name}")) for name in ("pgSz", "pgMar"))
    height = _number(size, "h") - _number(edges, "top") - _number(edges, "bottom")
    is_letter = next(body.iter(f"{W}titlePg"), None) is not None
    return _Sheet(
        styles=styles,
        width=_number(size, "w") - _number(edges, "left") - _number(edges, "right"),
        first_height=height - (int(HEAD_OF_LETTER) if is_letter else 0),
    )


def _styles(tree: Any) -> dict[str, _Style]:
    """Every paragraph style by its id, what the usual one lends it included; empty where none is usual."""
    found: dict[str, _Style] = {}
    nodes = [one for one in tree.iter(f"{W}style") if one.get(f"{W}type") == "paragraph"]
    for node in sorted(nodes, key=lambda one: one.get(f"{W}default") != "1"):
        base = found.get("", _Style(line=0, before=0, after=0, size=21, indent=0))
        spacing, size = node.find(f"{W}pPr/{W}spacing"), node.find(f"{W}rPr/{W}sz")
        indent = node.find(f"{W}pPr/{W}ind")
        style = _Style(
            line=_number(spacing, "line", base.line),
            before=_number(spacing, "before", base.before),
            after=_number(spacing, "after", base.after),
            size=_number(size, "val", base.size),
            indent=_number(indent, "firstLine", 0),
        )
        found[str(node.get(f"{W}styleId"))] = style
        if node.get(f"{W}default") == "1":
            found[""] = style
    return found if "" in found and found[""].line else {}


def _number(node: Any, name: str, otherwise: int = 0) -> int:
    told = None if node is None else node.get(f"{W}{name}")
    return otherwise if told is None else round(float(told))


def _height(body: Any, sheet: _Sheet) -> tuple[int, int]:
    """The height that does not change, and how many lines of the usual distance there are. Units: twips."""
    still, lines = 0, 0
    for block in body:
        if block.tag == f"{W}tbl":
            still += sum(_row_height(row, sheet) for row in block.iterchildren(f"{W}tr"))
        elif block.tag == f"{W}p":
            style = _style_of(block, sheet)
            count = _lines(block, style, sheet.width)
            if style.line == sheet.styles[""].line:
                lines += count
                still += style.before + style.after
            else:
                still += style.before + style.after + count * style.line
    return still, lines


def _row_height(row: Any, sheet: _Sheet) -> int:
    least = _number(row.find(f"{W}trPr/{W}trHeight"), "val")
    cells = (_cell_height(cell, sheet) for cell in row.iterchildren(f"{W}tc"))
    return max(least, *cells, 0) + CELL_EDGE


def _cell_height(cell: Any, sheet: _Sheet) -> int:
    width = _number(cell.find(f"{W}tcPr/{W}tcW"), "w") - CELL_SIDES
    told = ((one, _style_of(one, sheet)) for one in cell.iter(f"{W}p"))
    return sum(_lines(one, style, width) * style.line for one, style in told)


def _style_of(paragraph: Any, sheet: _Sheet) -> _Style:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return sheet.styles.get("" if named is None else str(named.get(f"{W}val")), sheet.styles[""])


def _lines(paragraph: Any, style: _Style, width: int) -> int:
    """How many lines the text takes, at least one. Units: ``width`` in twips."""
    room = max(width, 1)
    return sum(max(ceil((style.indent + one * LOOSE) / room), 1) for one in _widths(paragraph, style.size))


def _widths(paragraph: Any, size: int) -> Iterable[float]:
    """The width of each piece between line ends. Units: twips; ``size`` in half-points."""
    text = "".join(
        "\n" if one.tag == f"{W}br" else one.text or "" for one in paragraph.iter(f"{W}t", f"{W}br")
    )
    return (ems(piece) * size * 10 for piece in text.split("\n"))
