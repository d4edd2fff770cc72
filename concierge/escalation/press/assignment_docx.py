"""An assignment order as a Word document on A4, with room for the answer, the day and the seal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

BODY_FONT, HEAD_FONT, LATIN_FONT = "仿宋_GB2312", "方正小标宋简体", "Times New Roman"
LABEL_MM, VALUE_MM = 34, 122
ROOM_LINES = 5


@dataclass(frozen=True, kw_only=True)
class OrderPaper:
    """What stands on the paper. Shape: ``rows`` are label and text; an empty text leaves room to write."""

    title: str
    number: str
    issued_on: date
    rows: Sequence[tuple[str, str]]
    foot: str


def assignment_docx(paper: OrderPaper) -> bytes:
    """The order as .docx: the same order gives the same bytes."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, paper.title, size=22, font=HEAD_FONT)
    number = document.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(number, paper.number, size=14)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, text in paper.rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(LABEL_MM), Mm(VALUE_MM)
        _write(cells[0].paragraphs[0], label, size=14)
        _write(cells[1].paragraphs[0], text or "\n" * ROOM_LINES, size=14)
    _write(document.add_paragraph(), paper.foot, size=12)
    properties = document.core_properties
    stamp = datetime.combine(paper.issued_on, datetime.min.time(), UTC).replace(tzinfo=None)
    properties.created = properties.modified = stamp
    properties.title, properties.author = f"{paper.title} {paper.number}", ""
    found = io.BytesIO()
    document.save(found)
    return _without_clock(found.getvalue())


def _write(paragraph: Any, text: str, *, size: int, font: str = BODY_FONT) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), LATIN_FONT
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _without_clock(content: bytes) -> bytes:
    """The same package with the times of its parts taken out, so that bytes are stable."""
    found = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in sorted(old.infolist(), key=lambda one: one.filename):
            still = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            still.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(still, old.read(part))
    return found.getvalue()
