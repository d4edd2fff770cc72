"""A plan as a Word document on A4: the two headline days, the table of steps, and what was left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from approvals.rules.catalogue import Catalogue
from approvals.rules.wording import Translate, spoken_day
from concierge.kernel.errors import N_
from projects.press.charted import length_text, owner_name
from projects.rules.explain import chain_of, render
from projects.rules.project_plan import PlannedStep, ProjectPlan

TITLE = N_("Project plan")
PERMIT_ON = N_("Construction permit issued")
START_ON = N_("Lawful start of construction")
AFTER = N_("%(day)s, %(days)s working days after the start")
TYPICAL = N_("%(days)s working days")
NONE = N_("not needed")
BEGINS = N_("Start")
COUNTED = N_("Counted")
DAYS_NAMES = {
    "promised": N_("promised days"),
    "clock": N_("promised days and special procedures"),
    "elapsed": N_("promised days, special procedures and the owner's preparation"),
    "statutory": N_("statutory days and special procedures"),
}
HEADINGS = (
    N_("No."),
    N_("Step"),
    N_("Responsible"),
    N_("Limit"),
    N_("Start"),
    N_("Finish"),
    N_("Float"),
    N_("Why this date"),
)
LEFT_OUT = N_("Not needed for this project")
FOOTNOTE = N_(
    "※ critical: one day late moves the headline by a day. ▲ provisional: holidays not published yet."
)
PAGE = N_("Page ")

_WIDTHS_MM = (11, 52, 32, 22, 22, 22, 14, 84)
_BODY_FONT, _HEAD_FONT, _LATIN_FONT = "仿宋_GB2312", "黑体", "Times New Roman"
_INK = RGBColor(0x16, 0x21, 0x2E)


def plan_docx(plan: ProjectPlan, catalogue: Catalogue, translate: Translate, lang: str) -> bytes:
    """The plan as .docx: the same plan gives the same bytes."""
    document = Document()
    _page(document)
    _fonts(document)
    sheet = _Sheet(document, plan, catalogue, translate, lang)
    sheet.head()
    sheet.steps()
    sheet.left_out()
    sheet.foot()
    properties = document.core_properties
    stamp = datetime.combine(plan.terms.start_on or date(2026, 1, 1), datetime.min.time(), UTC)
    properties.created = properties.modified = stamp.replace(tzinfo=None)
    properties.title = plan.expansion.template.spoken(lang)
    properties.author = properties.last_modified_by = "Concierge"
    found = io.BytesIO()
    document.save(found)
    return _without_clock(found.getvalue())


class _Sheet:
    """The document as it is written, top to bottom."""

    def __init__(
        self, document: Any, plan: ProjectPlan, catalogue: Catalogue, translate: Translate, lang: str
    ) -> None:
        self.document, self.plan, self.catalogue = document, plan, catalogue
        self.translate, self.lang = translate, lang

    def head(self) -> None:
        template = self.plan.expansion.template
        title = self.document.add_paragraph()
        _run(title, f"{self.translate(TITLE)}　{template.spoken(self.lang)}", size=18, head=True)
        _spaced(title, after=6)
        headline = self.plan.headline
        facts = [
            (BEGINS, self._day(self.plan.terms.start_on) if self.plan.terms.start_on else "-"),
            (PERMIT_ON, self._headline(headline.permit_on, headline.workdays_to_permit)),
            (START_ON, self._headline(headline.lawful_start_on, headline.workdays_to_start)),
            (COUNTED, self.translate(DAYS_NAMES[self.plan.terms.days.value])),
        ]
        table = self.document.add_table(rows=0, cols=2)
        _ruled(table)
        for name, value in facts:
            cells = table.add_row().cells
            _fill(cells[0], self.translate(name), head=True, shade="EEF2F7")
            _fill(cells[1], value)
        _widths(table, (52, 207))
        _spaced(self.document.add_paragraph(), after=2)

    def steps(self) -> None:
        table = self.document.add_table(rows=1, cols=len(HEADINGS))
        _ruled(table)
        for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
            _fill(cell, self.translate(heading), head=True, shade="EEF2F7")
        _repeated(table.rows[0])
        for step in self.plan.steps:
            row = table.add_row()
            _unbroken(row)
            for cell, text in zip(row.cells, self._texts(step), strict=True):
                _fill(cell, text, bold=step.critical)
        _widths(table, _WIDTHS_MM)

    def left_out(self) -> None:
        if not self.plan.expansion.left_out:
            return
        title = self.document.add_paragraph()
        _run(title, self.translate(LEFT_OUT), size=12, head=True)
        _spaced(title, before=10, after=2)
        table = self.document.add_table(rows=0, cols=2)
        _ruled(table)
        for item in self.plan.expansion.left_out:
            row = table.add_row()
            _unbroken(row)
            _fill(row.cells[0], item.matter.spoken(self.lang))
            _fill(row.cells[1], render(item.because, self.translate, self.lang))
        _widths(table, (85, 174))

    def foot(self) -> None:
        note = self.document.add_paragraph()
        _run(note, self.translate(FOOTNOTE), size=9)
        _spaced(note, before=6)
        footer = self.document.sections[0].footer.paragraphs[0]
        footer.alignment = 1
        _run(footer, self.translate(PAGE), size=9)
        _field(footer, "PAGE")
        _run(footer, " / ", size=9)
        _field(footer, "NUMPAGES")

    def _texts(self, step: PlannedStep) -> Sequence[str]:
        department = self.catalogue.department_of.get(step.department)
        marks = (" ※" if step.critical else "") + (" ▲" if step.is_provisional else "")
        return (
            step.number,
            step.spoken(self.lang) + marks,
            owner_name(department, step.department, self.lang),
            length_text(step.segments, self.translate),
            self._point(step.start_on, step.start),
            self._point(step.finish_on, step.finish),
            str(step.total_float) if step.leads_to_headline else "-",
            render(chain_of(self.plan, step.code, self.catalogue), self.translate, self.lang),
        )

    def _day(self, day: date) -> str:
        return spoken_day(day, self.lang, with_year=True)

    def _point(self, day: date | None, point: int) -> str:
        return str(point) if day is None else day.isoformat()

    def _headline(self, day: date | None, workdays: int | None) -> str:
        if workdays is None:
            return self.translate(NONE)
        if day is None:
            return self.translate(TYPICAL) % {"days": workdays}
        return self.translate(AFTER) % {"day": self._day(day), "days": workdays}


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin, section.bottom_margin = Mm(18), Mm(16)


def _fonts(document: Any) -> None:
    """One Latin and one Chinese face for the whole document, so that no theme decides it elsewhere."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN_FONT, Pt(10.5)
    style.font.color.rgb = _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    _faces(fonts, _BODY_FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_after = Pt(0)


def _faces(fonts: Any, east_asia: str) -> None:
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for face in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{face}"), _LATIN_FONT)
    fonts.set(qn("w:eastAsia"), east_asia)


def _run(paragraph: Any, text: str, *, size: float = 10.5, head: bool = False, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  python-docx has no public way
    _faces(fonts, _HEAD_FONT if head else _BODY_FONT)
    fonts.set(qn("w:hint"), "eastAsia")


def _fill(cell: Any, text: str, *, head: bool = False, bold: bool = False, shade: str = "") -> None:
    paragraph = cell.paragraphs[0]
    _run(paragraph, text, size=9, head=head, bold=bold)
    if shade:
        colour = OxmlElement("w:shd")
        colour.set(qn("w:val"), "clear")
        colour.set(qn("w:fill"), shade)
        cell._element.get_or_add_tcPr().append(colour)  # noqa: SLF001  as above


def _ruled(table: Any) -> None:
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False


def _widths(table: Any, widths_mm: Sequence[int]) -> None:
    """Set the columns, in the grid too: some programs read only the one, some only the other."""
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def _repeated(row: Any) -> None:
    """The heading row stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  as above


def _unbroken(row: Any) -> None:
    """A step is not torn apart at the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  as above


def _spaced(paragraph: Any, *, before: float = 0, after: float = 0) -> None:
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)


def _field(paragraph: Any, code: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)  # noqa: SLF001  as above


def _without_clock(content: bytes) -> bytes:
    """The same package with fixed times inside, so that equal plans are equal files."""
    found = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name))
    return found.getvalue()
