"""Keeping punctuation inside the edge, whatever an office program made of that setting.

Word leaves the setting out where it says what Word does anyway, LibreOffice turns it round; without it the
PDF loses marks at line ends (measured). Nobody who edits a template sees it, so nobody is asked to mend it.
"""

from __future__ import annotations

from lxml import etree

from documents.press.docx_file import packed, unpacked
from documents.press.template_text import W, parsed

_STYLES = "word/styles.xml"
_BEFORE = tuple(
    f"{W}{name}"
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    )
)  # fmt: skip


def with_punctuation_inside(docx: bytes) -> bytes:
    """The same template, its body style and every paragraph keeping punctuation inside the edge.

    Raises: lxml.etree.XMLSyntaxError, KeyError, for a file without readable styles.
    """
    parts = unpacked(docx)
    for name in [one for one in parts if one.startswith("word/") and one.endswith(".xml")]:
        if name != _STYLES and b"overflowPunct" not in parts[name]:
            continue
        tree = parsed(parts[name])
        for mark in tree.iter(f"{W}overflowPunct"):
            mark.set(f"{W}val", "1")
        if name == _STYLES:
            _say_so(tree)
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def _say_so(styles: etree._Element) -> None:
    """Say it in the style every paragraph begins from, in the place the schema has for it."""
    for style in styles.iter(f"{W}style"):
        is_default = style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph"
        if not is_default or style.find(f"{W}pPr/{W}overflowPunct") is not None:
            continue
        properties = style.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            letters = style.find(f"{W}rPr")
            style.append(properties) if letters is None else letters.addprevious(properties)
        place = sum(one.tag in _BEFORE for one in properties)
        properties.insert(place, etree.Element(f"{W}overflowPunct", {f"{W}val": "1"}))
