"""The gate's look at a template's form: paper, margins, grid, fonts, page numbers as GB/T 9704 has them."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from documents.press.form import TWIPS_PER_MM, Form, Measures, measures_of
from documents.press.ooxml import (
    BODY_FONT,
    HEAD_FONT,
    LATIN_FONT,
    NUMBER_FONT,
    SUB_FONT,
    TITLE_FONT,
)
from documents.press.template_text import W, parsed
from documents.rules.template_findings import Place, TemplateFinding

MARGIN_LEEWAY_MM = 1.0
GRID_LEEWAY_TWIPS = 20  # a point: officials accept 28 to 29
OFFICIAL_FONTS = frozenset(
    {
        BODY_FONT, HEAD_FONT, SUB_FONT, TITLE_FONT, NUMBER_FONT, LATIN_FONT,
        "仿宋", "FangSong", "楷体", "KaiTi", "SimHei", "SimSun", "FZXiaoBiaoSong-B05S", "Segoe UI Symbol",
    }
)  # fmt: skip
BODY_FONTS = frozenset({BODY_FONT, "仿宋", "FangSong"})
_EDGES = ("top", "bottom", "left", "right")


@dataclass(frozen=True)
class WordFile:
    """The parts of a template that tell of its form."""

    body: etree._Element
    styles: etree._Element
    feet: tuple[etree._Element, ...]


def opened(docx: bytes) -> WordFile:
    """The parts of a file that was looked into before. Raises: KeyError, where it has no styles or body."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        feet = sorted(name for name in archive.namelist() if name.startswith("word/footer"))
        return WordFile(
            parsed(archive.read("word/document.xml")),
            parsed(archive.read("word/styles.xml")),
            tuple(parsed(archive.read(name)) for name in feet),
        )


def form_findings(docx: bytes, form: Form, shipped: bytes) -> Iterator[TemplateFinding]:
    """What is not as the form of this kind wants it.

    Shape: ``shipped`` is the template the house ships; what it fills in and reads back must stay.
    Source: S80, 5.2, 6.1, 7.2 to 7.5.
    """
    file, measures = opened(docx), measures_of(form)
    for section in file.body.iter(f"{W}sectPr"):
        yield from _paper(section, measures)
        yield from _grid(section, measures)
    yield from _body_style(file.styles, measures)
    yield from _fonts(file)
    if not any("PAGE" in (one.text or "") for foot in file.feet for one in _instructions(foot)):
        yield TemplateFinding("no_page_number")
    yield from _header_rows(file.body)
    there = {name for control in _controls(file.body) for name in control}
    gone = {tag: alias for tag, alias in _controls(opened(shipped).body) if there.isdisjoint((tag, alias))}
    yield from (TemplateFinding("control_gone", facts={"alias": alias}) for alias in gone.values())


def _instructions(foot: etree._Element) -> Iterator[etree._Element]:
    yield from foot.iter(f"{W}instrText")
    for simple in foot.iter(f"{W}fldSimple"):
        instruction = etree.Element(f"{W}instrText")
        instruction.text = simple.get(f"{W}instr")
        yield instruction


def _millimetres(raw: str | None) -> float:
    return int(raw or 0) / TWIPS_PER_MM


def _paper(section: etree._Element, measures: Measures) -> Iterator[TemplateFinding]:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is not None:
        width, height = _millimetres(size.get(f"{W}w")), _millimetres(size.get(f"{W}h"))
        if abs(width - measures.width) > 1 or abs(height - measures.height) > 1:
            facts = {
                "found": f"{width:.0f}×{height:.0f}",
                "wanted": f"{measures.width:g}×{measures.height:g}",
            }
            yield TemplateFinding("paper", facts=facts)
    if margins is None:
        return
    for edge in _EDGES:
        found, wanted = _millimetres(margins.get(f"{W}{edge}")), getattr(measures, edge)
        if abs(found - wanted) > MARGIN_LEEWAY_MM:
            facts = {"edge": edge, "found": f"{found:.1f}", "wanted": f"{wanted:g}"}
            yield TemplateFinding("margin", facts=facts)


def _grid(section: etree._Element, measures: Measures) -> Iterator[TemplateFinding]:
    grid = section.find(f"{W}docGrid")
    if grid is None:
        return
    if grid.get(f"{W}type") in ("linesAndChars", "snapToChars"):
        yield TemplateFinding("grid_characters")
    pitch = int(grid.get(f"{W}linePitch") or 0)
    is_lines = grid.get(f"{W}type") == "lines"
    if is_lines and abs(pitch - measures.line_twips) > GRID_LEEWAY_TWIPS:
        facts = {"found": f"{pitch / 20:.2f}", "wanted": f"{measures.line_twips / 20:.2f}"}
        yield TemplateFinding("grid_lines", facts=facts)


def _body_style(styles: etree._Element, measures: Measures) -> Iterator[TemplateFinding]:
    """The default paragraph style, and what it takes from the defaults of the document."""
    normal = next(
        (
            one
            for one in styles.iter(f"{W}style")
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true")
        ),
        None,
    )
    places = [one for one in (normal, styles.find(f"{W}docDefaults")) if one is not None]
    font = _first(places, "rFonts", "eastAsia") or ""
    if font not in BODY_FONTS:
        yield TemplateFinding("body_font", facts={"found": font or "—", "wanted": BODY_FONT})
    half_points = int(_first(places, "sz", "val") or 0)
    if half_points != measures.body_half_points:
        facts = {"found": f"{half_points / 2:g}", "wanted": f"{measures.body_half_points / 2:g}"}
        yield TemplateFinding("body_size", facts=facts)
    if _first(places, "overflowPunct", "val") not in ("1", "true", "on"):
        yield TemplateFinding("hanging_punctuation")


def _first(places: list[etree._Element], name: str, attribute: str) -> str | None:
    """The value the first of some places gives a property."""
    for place in places:
        for one in place.iter(f"{W}{name}"):
            value = one.get(f"{W}{attribute}")
            if value is not None:
                return str(value)
    return None


def _fonts(file: WordFile) -> Iterator[TemplateFinding]:
    used: Counter[str] = Counter()
    for tree in (file.body, *file.feet):
        for run in tree.iter(f"{W}r"):
            fonts = run.find(f"{W}rPr/{W}rFonts")
            has_words = any((one.text or "").strip() for one in run.iter(f"{W}t"))
            if fonts is not None and has_words:
                named = {fonts.get(f"{W}{kind}") for kind in ("eastAsia", "ascii", "hAnsi")}
                used.update(one for one in named if one and one not in OFFICIAL_FONTS)
    for font, count in sorted(used.items()):
        yield TemplateFinding("odd_font", facts={"font": font, "count": str(count)})


def _header_rows(body: etree._Element) -> Iterator[TemplateFinding]:
    """Tables that go through a list: their heads must stand again on the next page."""
    for number, table in enumerate(body.iter(f"{W}tbl"), 1):
        rows = table.findall(f"{W}tr")
        words = "".join(one.text or "" for one in table.iter(f"{W}t"))
        if "{%tr" in words and rows and rows[0].find(f"{W}trPr/{W}tblHeader") is None:
            yield TemplateFinding("header_row", Place("body", table=number), {"table": str(number)})


def _controls(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Tag and label of every box that is filled in; a program may keep only one of them (LibreOffice)."""
    for properties in body.iter(f"{W}sdtPr"):
        told = [properties.find(f"{W}{name}") for name in ("tag", "alias")]
        tag, alias = (one.get(f"{W}val", "") if one is not None else "" for one in told)
        if tag or alias:
            yield tag or alias, alias or tag
