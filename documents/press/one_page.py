"""Drawing a page's lines together, where little more than its signature would stand on a second one.

The height is reckoned from the styles and the text, not from a printed page: part of a line is kept spare.
What is reckoned wrongly is printed as it would have been without this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

from documents.press.docx_file import unpacked
from documents.press.ooxml import NAMESPACES
from documents.press.template_text import parsed

W = f"{{{NAMESPACES['w']}}}"
_TABLE, _ROW, _CELL, _PARAGRAPH, _TEXT, _BREAK = (f"{W}{one}" for one in ("tbl", "tr", "tc", "p", "t", "br"))
_ROW_HEIGHT, _CELL_WIDTH = f"{W}trPr/{W}trHeight", f"{W}tcPr/{W}tcW"
_NAMED, _VALUE = f"{W}pPr/{W}pStyle", f"{W}val"
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
    """The height that does not change, and how many lines of the usual distance there are. Units: twips.

    Shape: reckoned no further than a page that no distance makes fit.
    """
    still, lines, usual = 0, 0, sheet.styles[""].line
    for block in body:
        if block.tag == _TABLE:
            still += sum(_row_height(row, sheet) for row in block.iterchildren(_ROW))
        elif block.tag == _PARAGRAPH:
            style = _style_of(block, sheet)
            count = _lines(block, style, sheet.width)
            still += style.before + style.after
            if style.line == usual:
                lines += count
            else:
                still += count * style.line
        if still + lines * usual * CLOSEST > sheet.first_height:
            break
    return still, lines


def _row_height(row: Any, sheet: _Sheet) -> int:
    least = _number(row.find(_ROW_HEIGHT), "val")
    return max(least, *(_cell_height(cell, sheet) for cell in row.iterchildren(_CELL)), 0) + CELL_EDGE


def _cell_height(cell: Any, sheet: _Sheet) -> int:
    width = _number(cell.find(_CELL_WIDTH), "w") - CELL_SIDES
    height = 0
    for paragraph in cell.iterchildren(_PARAGRAPH):
        style = _style_of(paragraph, sheet)
        height += _lines(paragraph, style, width) * style.line
    return height


def _style_of(paragraph: Any, sheet: _Sheet) -> _Style:
    named = paragraph.find(_NAMED)
    return sheet.styles.get("" if named is None else named.get(_VALUE), sheet.styles[""])


def _lines(paragraph: Any, style: _Style, width: int) -> int:
    """How many lines the text takes, at least one. Units: ``width`` in twips; an em is 20 twips a point."""
    text = "".join("\n" if one.tag == _BREAK else one.text or "" for one in paragraph.iter(_TEXT, _BREAK))
    room, em = max(width, 1), style.size * 10 * LOOSE
    return sum(max(ceil((style.indent + _ems(piece) * em) / room), 1) for piece in text.split("\n"))


def _ems(text: str) -> float:
    """The width in Chinese characters, reckoned quickly: a byte of this code is half a character wide."""
    return len(text.encode("gb18030", "replace")) / 2
