"""Words of WordprocessingML: runs, paragraphs, cells and content controls as text, in the schema's order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

BODY_FONT, HEAD_FONT, SUB_FONT, TITLE_FONT = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
NUMBER_FONT, LATIN_FONT = "宋体", "Times New Roman"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()) + ' mc:Ignorable="w14"'
ROOM = "　　　　　　"  # what an empty control shows: room to write in, by pen as well
TICKED, UNTICKED = "☑", "☐"


class ControlKind(StrEnum):
    """What a department fills into a content control."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    TICK = "tick"


@dataclass(frozen=True, kw_only=True)
class Control:
    """A content control (w:sdt): ``alias`` is its label for people, ``tag`` its name for programs."""

    alias: str
    tag: str
    kind: ControlKind = ControlKind.TEXT
    choices: Sequence[str] = ()


def run(text: str, *, properties: str = "") -> str:
    """One run; line ends become breaks, and quotation marks take the Chinese font."""
    hint = '<w:rFonts w:hint="eastAsia"/>' if "<w:rFonts" not in properties else ""
    marked = f"<w:rPr>{hint}{properties}</w:rPr>"
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n")]
    return f"<w:r>{marked}{'<w:br/>'.join(pieces)}</w:r>"


def in_font(font: str) -> str:
    """Run properties naming one font for Chinese and Latin alike."""
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


@dataclass
class Paragraph:
    """A paragraph being composed. Shape: ``extra`` are properties that stand between keepNext and jc."""

    content: str
    style: str = ""
    extra: str = ""
    justified: str = ""
    keeps_next: bool = False

    def xml(self) -> str:
        """The paragraph, its properties in the schema's order."""
        parts = (
            f'<w:pStyle w:val="{self.style}"/>' if self.style else "",
            "<w:keepNext/>" if self.keeps_next else "",
            self.extra,
            f'<w:jc w:val="{self.justified}"/>' if self.justified else "",
        )
        told = "".join(parts)
        return f"<w:p>{f'<w:pPr>{told}</w:pPr>' if told else ''}{self.content}</w:p>"


def controlled(control: Control, text: str) -> str:
    """A content control inside a paragraph around one run of text; the control itself cannot be deleted."""
    kinds = {
        ControlKind.TEXT: "",  # rich text: a plain one LibreOffice cuts up and loses its line ends
        ControlKind.DATE: '<w:date><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/>'
        '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>',
        ControlKind.CHOICE: f"<w:dropDownList>{_choices(control.choices)}</w:dropDownList>",
        ControlKind.TICK: '<w14:checkbox><w14:checked w14:val="0"/>'
        '<w14:checkedState w14:val="2611" w14:font="Segoe UI Symbol"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox>',
    }
    alias, tag = (quoteattr(_as_label(one)) for one in (control.alias, control.tag))
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={alias}/><w:tag w:val={tag}/>"
        f'<w:id w:val="1"/><w:lock w:val="sdtLocked"/>{kinds[control.kind]}</w:sdtPr>'
        f"<w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"
    )


def _as_label(text: str) -> str:
    """The tags of a label say that they stand in an attribute."""
    return re.sub(r"\s*\}\}", "|label }}", text)


def _choices(choices: Sequence[str]) -> str:
    return "".join(
        f"<w:listItem w:displayText={quoteattr(one)} w:value={quoteattr(one)}/>" for one in choices
    )


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: its paragraphs, width in twips and how many grid columns it takes."""

    content: str
    width: int
    span: int = 1

    def xml(self) -> str:
        """The cell, centred between its lines."""
        span = f'<w:gridSpan w:val="{self.span}"/>' if self.span > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{self.width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
            f"{self.content}</w:tc>"
        )


def row(
    cells: Sequence[Cell], *, is_header: bool = False, least_twips: int = 0, may_split: bool = False
) -> str:
    """One row that no page end cuts, unless it may; a header row repeats on every page."""
    height = f'<w:trHeight w:val="{least_twips}" w:hRule="atLeast"/>' if least_twips else ""
    header = "<w:tblHeader/>" if is_header else ""
    whole = "" if may_split else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}{height}{header}</w:trPr>{''.join(one.xml() for one in cells)}</w:tr>"


def table(widths: Sequence[int], rows: Sequence[str]) -> str:
    """A table of fixed columns, ruled in thin lines.

    Units: ``widths`` in twips. Source: S80, 7.3; the order of elements is the schema's.
    """
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def scaled(widths_mm: Sequence[float], total_twips: int) -> list[int]:
    """Column widths that keep their proportions and fill exactly the width there is."""
    whole = sum(widths_mm)
    found = [int(one / whole * total_twips) for one in widths_mm]
    found[-1] += total_twips - sum(found)
    return found


def tags_of(text: str) -> list[str]:
    """The tags in a line of a template, as written."""
    return re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text, flags=re.DOTALL)
