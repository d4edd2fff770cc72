"""The styles and settings of every template: fonts, sizes and spacing of GB/T 9704, and nothing unused."""

from __future__ import annotations

from dataclasses import dataclass

from documents.press.form import Form, Measures, measures_of
from documents.press.ooxml import (
    BODY_FONT,
    DECLARED,
    HEAD_FONT,
    LATIN_FONT,
    NUMBER_FONT,
    SUB_FONT,
    TITLE_FONT,
    in_font,
)

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TWO_CHARACTERS = '<w:ind w:firstLineChars="200" w:firstLine="{twips}"/>'
RED = '<w:color w:val="FF0000"/>'
SHORT_NAMES_CENTRE_TWIPS = 6524  # 442.2 − 64 − 52 pt: a date then ends four characters from the edge


@dataclass(frozen=True, kw_only=True)
class Style:
    """One paragraph style. Shape: ``paragraph`` and ``letters`` are its properties in the schema's order."""

    id: str
    name: str
    paragraph: str = ""
    letters: str = ""
    based_on: str = "Normal"

    def xml(self) -> str:
        """The style as WordprocessingML."""
        base = f'<w:basedOn w:val="{self.based_on}"/>' if self.based_on else ""
        default = "" if self.based_on else ' w:default="1"'
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{base}'
            f"<w:qFormat/><w:pPr>{self.paragraph}</w:pPr><w:rPr>{self.letters}</w:rPr></w:style>"
        )


def styles_xml(form: Form) -> str:
    """The styles part.

    Source: S80, 7.2 to 7.4; letters 0.25 pt closer, so that 28 stand in a line.
    """
    measures = measures_of(form)
    styles = "".join(one.xml() for one in (*_body(measures), *_heads(), *_tables(), *_edges()))
    return (
        f"{HEAD}<w:styles {DECLARED}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{LATIN_FONT}" w:eastAsia="{BODY_FONT}" w:hAnsi="{LATIN_FONT}" '
        f'w:cs="{LATIN_FONT}"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{styles}{_OTHERS}</w:styles>"
    )


_OTHERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


def _exact(line_twips: int, *, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line_twips}" w:lineRule="exact"/>'


def _size(half_points: int, *, spacing: int | None = None) -> str:
    close = f'<w:spacing w:val="{spacing}"/>' if spacing is not None else ""
    return f'{close}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _jc(side: str) -> str:
    return f'<w:jc w:val="{side}"/>'


def _body(measures: Measures) -> list[Style]:
    """Normal and what a page's words are set in.

    Hanging marks off, or LibreOffice drops some of them. No snapping to the grid: the exact lines make the
    same 22, and LibreOffice loses one on a page that begins with anything but a line of text.
    """
    line, size = measures.line_twips, measures.body_half_points
    indent = TWO_CHARACTERS.format(twips=size * 20)
    normal = (
        '<w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:snapToGrid w:val="0"/>'
        + _exact(line)
        + _jc("both")
    )
    keep = "<w:keepNext/>"
    return [
        Style(id="Normal", name="Normal", paragraph=normal, letters=_size(size, spacing=-5), based_on=""),
        Style(id="BodyText", name="公文正文", paragraph=indent),
        Style(id="Blank", name="公文空行"),
        Style(id="Addressee", name="公文主送", paragraph=keep),
        Style(
            id="Heading1",
            name="heading 1",
            paragraph=keep + indent + '<w:outlineLvl w:val="0"/>',
            letters=in_font(HEAD_FONT),
        ),
        Style(
            id="Heading2",
            name="heading 2",
            paragraph=keep + indent + '<w:outlineLvl w:val="1"/>',
            letters=in_font(SUB_FONT),
        ),
        Style(id="Heading3", name="heading 3", paragraph=keep + indent + '<w:outlineLvl w:val="2"/>'),
        Style(id="Heading4", name="heading 4", paragraph=keep + indent + '<w:outlineLvl w:val="3"/>'),
        Style(
            id="Signature",
            name="公文落款",
            paragraph=f'<w:tabs><w:tab w:val="center" w:pos="{SHORT_NAMES_CENTRE_TWIPS}"/></w:tabs>'
            + _jc("left"),
        ),
        Style(
            id="SmallText",
            name="公文说明",
            paragraph=_exact(340) + _jc("left"),
            letters=_size(21, spacing=0),
        ),
        Style(
            id="Colophon",
            name="公文附记",
            paragraph=_exact(250) + _jc("left"),
            letters=_size(18, spacing=0),
        ),
    ]


def _heads() -> list[Style]:
    """The head of a page: mark, number and title, two lines apart; where two spaces meet the greater counts.

    Source: S80, 7.2.5 (number), 7.2.7 (the rule 4 mm below it), 7.3.1 (title), 10.1 (number of a letter).
    """
    title = in_font(TITLE_FONT) + _size(44, spacing=0)
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="FF0000"/></w:pBdr>'
    keep, two_lines = "<w:keepNext/>", 2 * 579
    return [
        Style(
            id="RedHead",
            name="公文红头",
            paragraph=keep + _exact(1200, before=1757, after=two_lines) + _jc("center"),
            letters=in_font(TITLE_FONT) + RED + _size(96, spacing=0),
        ),
        Style(
            id="NumberRuled",
            name="公文文号",
            paragraph=keep + rule + _exact(579, before=579, after=579) + _jc("center"),
        ),
        Style(id="NumberRight", name="信函文号", paragraph=keep + _exact(400) + _jc("right")),
        Style(
            id="NumberSheet",
            name="表格编号",
            paragraph=keep + _exact(360) + _jc("right"),
            letters=_size(24, spacing=0),
        ),
        Style(
            id="DocumentTitle",
            name="公文标题",
            paragraph=keep + _exact(700, before=two_lines, after=579) + _jc("center"),
            letters=title,
        ),
        Style(
            id="SheetHead",
            name="表格单位",
            paragraph=keep + _exact(400) + _jc("center"),
            letters=in_font(NUMBER_FONT) + _size(28, spacing=0),
        ),
        Style(
            id="SheetTitle",
            name="表格标题",
            paragraph=keep + _exact(640, before=60, after=160) + _jc("center"),
            letters=in_font(TITLE_FONT) + _size(40, spacing=0),
        ),
    ]


def _tables() -> list[Style]:
    """Cells, captions and pictures; a line with a picture in it is as high as the picture."""
    cell = _exact(340)
    small = _size(24, spacing=0)
    return [
        Style(id="TableText", name="表格正文", paragraph=cell + _jc("left"), letters=small),
        Style(
            id="TableHead",
            name="表格栏目",
            paragraph=cell + _jc("center"),
            letters=in_font(HEAD_FONT) + small,
        ),
        Style(id="TableGap", name="表格间隔", paragraph=_exact(160)),
        Style(
            id="Caption",
            name="caption",
            paragraph="<w:keepNext/>" + _exact(440) + _jc("center"),
            letters=in_font(HEAD_FONT) + _size(28, spacing=0),
        ),
        Style(
            id="Picture",
            name="公文图片",
            paragraph='<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>'
            + _jc("center"),
        ),
    ]


def _edges() -> list[Style]:
    """The head and foot of the sheet. Source: S80, 7.5 (page numbers), 7.4 (版记), 10.1 (rules)."""
    number = in_font(NUMBER_FONT) + _size(28, spacing=0)
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="2" w:color="000000"/>'
        for edge, size in (("top", 8), ("bottom", 8))
    )
    return [
        Style(id="PageNumber", name="公文页码", paragraph=_exact(280) + _jc("left"), letters=number),
        Style(
            id="Copies",
            name="公文版记",
            paragraph=f'<w:pBdr>{rules}</w:pBdr>{_exact(440)}<w:ind w:left="280" w:right="280"/>'
            + _jc("left"),
            letters=_size(28, spacing=0),
        ),
        Style(
            id="LetterHead",
            name="信函版头",
            paragraph='<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="FF0000"/>'
            "</w:pBdr>" + _exact(860, after=110) + '<w:ind w:left="-397" w:right="-397"/>' + _jc("center"),
            letters=in_font(TITLE_FONT) + RED + _size(72, spacing=0),
        ),
        Style(
            id="LetterFoot",
            name="信函版底",
            paragraph='<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="FF0000"/>'
            "</w:pBdr>" + _exact(120) + '<w:ind w:left="-397" w:right="-397"/>' + _jc("center"),
            letters=_size(8, spacing=0),
        ),
    ]


SETTINGS = (
    f'{HEAD}<w:settings {DECLARED}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/>'
    "</w:compat></w:settings>"
)
