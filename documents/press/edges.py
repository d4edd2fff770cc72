"""What stands at the edges of a sheet: heads and feet, page numbers, and the section that holds them."""

from __future__ import annotations

from documents.press.form import Form, measures_of, twips
from documents.press.ooxml import DECLARED, Paragraph, run
from documents.press.styles import HEAD

ONE_CHARACTER = 280  # 四号, in twips
LETTER_FOOT_AFTER = 255  # 4.5 mm: a letter's feet hang 20 mm from the edge, its page numbers 24.5


def edge_parts(form: Form, *, letterhead_of: str) -> dict[str, str]:
    """The header and footer parts of a form, by file name.

    Shape: ``letterhead_of`` is the value with the issuer's name; empty for a letter without a head.
    Source: S80, 7.5 and 10.1.
    """
    parts = {"footer1.xml": _footer(form, is_odd=True), "footer2.xml": _footer(form, is_odd=False)}
    if form is Form.LETTER:
        mark = Paragraph(run(f"{{{{r {letterhead_of}|letterhead }}}}"), "LetterHead")
        head = mark if letterhead_of else Paragraph("")
        parts["header1.xml"] = _part("hdr", head.xml())
        parts["footer3.xml"] = _part("ftr", Paragraph("", "LetterFoot").xml())
    return parts


def section(form: Form) -> str:
    """The section's properties: sheet, margins, grid, and which edge parts it shows."""
    measures = measures_of(form)
    shown = [("footerReference", "default", "rIdFooter1"), ("footerReference", "even", "rIdFooter2")]
    if form is Form.LETTER:
        shown += [("headerReference", "first", "rIdHeader1"), ("footerReference", "first", "rIdFooter3")]
    references = "".join(
        f'<w:{kind} w:type="{where}" r:id="{relation}"/>'
        for kind, where, relation in sorted(shown, reverse=True)
    )
    size = f'w:w="{twips(measures.width)}" w:h="{twips(measures.height)}"'
    orient = ' w:orient="landscape"' if measures.width > measures.height else ""
    sides = " ".join(
        f'w:{side}="{twips(getattr(measures, side))}"'
        for side in ("top", "right", "bottom", "left", "header", "footer")
    )
    title_page = "<w:titlePg/>" if form is Form.LETTER else ""
    return (
        f"<w:sectPr>{references}<w:pgSz {size}{orient}/>"
        f'<w:pgMar {sides} w:gutter="0"/><w:cols w:space="720"/>{title_page}'
        f'<w:docGrid w:type="lines" w:linePitch="{measures.line_twips}"/></w:sectPr>'
    )


def _footer(form: Form, *, is_odd: bool) -> str:
    """— 1 —, one character in from the outer edge."""
    side = (
        f'w:rightChars="100" w:right="{ONE_CHARACTER}"'
        if is_odd
        else f'w:leftChars="100" w:left="{ONE_CHARACTER}"'
    )
    after = f'<w:spacing w:after="{LETTER_FOOT_AFTER}"/>' if form is Form.LETTER else ""
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    line = Paragraph(
        run("— ") + number + run(" —"),
        "PageNumber",
        extra=f"{after}<w:ind {side}/>",
        justified="right" if is_odd else "left",
    )
    return _part("ftr", line.xml())


def _part(kind: str, body: str) -> str:
    return f"{HEAD}<w:{kind} {DECLARED}>{body}</w:{kind}>"
