"""Filling a template with values: nothing lost, nothing executed, the same values the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SecurityError
from lxml import etree

from documents.press.after_filling import finish
from documents.press.docx_file import normalised
from documents.press.found_again import check_found
from documents.press.one_page import draw_together
from documents.press.ooxml import NAMESPACES
from documents.press.pictures import Picture, PictureBroken, drawing_on
from documents.press.sandbox import ENV, noting
from documents.press.whole_tags import check_whole
from documents.press.words import clean
from documents.rules.faults import FieldUnknown, TemplateBroken, TemplateForbidden

LAST_BUILT = date(2026, 1, 1)
KEPT_SOURCES = 200
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_patched: dict[str, str] = {}


class _Filled(DocxTemplate):
    """docxtpl that reads a template once and fails where it would have mended what it lost."""

    def patch_xml(self, src_xml: str) -> str:
        """The template's source, its tags freed of markup; kept, for a template is filled many times."""
        if src_xml not in _patched:
            if len(_patched) >= KEPT_SOURCES:
                _patched.clear()
            check_whole(src_xml)
            _patched[src_xml] = super().patch_xml(src_xml)
        return _patched[src_xml]

    def get_headers_footers(self, uri: str) -> Iterator[tuple[str, Any]]:
        """The heads and feet with a tag in them; a page number has none and is left as it is."""
        return (one for one in super().get_headers_footers(uri) if b"{" in one[1].blob)

    def fix_tables(self, xml: str) -> Any:
        """The filled page as a tree, read strictly: docxtpl's own parser drops what it cannot read."""
        tree = etree.fromstring(xml.encode(), PARSER)
        columns_vary = any(len(grid) != _widest(grid.getparent()) for grid in tree.iter(f"{_W}tblGrid"))
        return super().fix_tables(xml) if columns_vary else tree


_W = f"{{{NAMESPACES['w']}}}"


def _widest(table: Any) -> int:
    rows = table.iterchildren(f"{_W}tr")
    return max((sum(_span(cell) for cell in row.iterchildren(f"{_W}tc")) for row in rows), default=0)


def _span(cell: Any) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if found is None else int(found.get(f"{_W}val"))


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The document of a template and its values as a .docx.

    Shape: ``values`` holds strings, whole numbers, days, lists and mappings of them; ``pictures`` among them
        maps names to SVG text of our own drawing; ``query``, where the progress can be asked for, need not be
        there. Days reach the template as 2026-04-15.
    Raises: FieldUnknown, TemplateForbidden, TemplateBroken; ValueLost, when a printed value does not stand in
        the finished page.
    """
    given = {"query": None} | plain_values(values)
    page = _Filled(io.BytesIO(template))
    with noting() as printed, drawing_on(page):
        _render(page, given)
    body = page.docx.element.body
    finish(body)
    draw_together(template, page.docx)
    check_found(page.docx, printed)
    _tell_properties(page.docx, given)
    target = io.BytesIO()
    page.docx.save(target)
    return normalised(target.getvalue())


def _render(page: _Filled, given: dict[str, Any]) -> None:
    try:
        page.render(given, ENV, autoescape=True)
    except UndefinedError as error:
        raise FieldUnknown(what=_said(error)) from error
    except SecurityError as error:
        raise TemplateForbidden(what=_said(error)) from error
    except TemplateSyntaxError as error:
        raise TemplateBroken(what=_said(error)) from error
    except (TemplateError, PictureBroken, OpcError, etree.LxmlError, RecursionError, *_WRONG) as error:
        raise TemplateBroken(what=_said(error)) from error


_WRONG = (TypeError, ValueError, KeyError, ArithmeticError, AttributeError)
"""What a filter may raise over a value of another kind."""


def _said(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200]


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a template is given them: clean text, whole numbers, lists and mappings; charts by name.

    Raises: TypeError, for a row or anything else that could do something.
    """
    pictures = values.get("pictures", {})
    told = {str(name): _plain(value) for name, value in values.items() if name != "pictures"}
    told["pictures"] = {name: Picture(name, svg) for name, svg in pictures.items()}
    return told


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return clean(str(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    raise TypeError(f"a document has no place for a {type(value).__name__}")


def _tell_properties(document: Any, given: Mapping[str, Any]) -> None:
    """Who made it and when, from the values and never from the clock."""
    on = str(given.get("made_on") or LAST_BUILT.isoformat())[:10]
    moment = datetime.combine(date.fromisoformat(on), datetime.min.time(), UTC).replace(tzinfo=None)
    office = given.get("office")
    told = document.core_properties
    told.created = told.modified = moment
    told.title = str(given.get("title", ""))[:255]
    told.author = told.last_modified_by = str(office.get("name", "") if isinstance(office, dict) else "")[
        :255
    ]
    told.identifier = str(given.get("number", ""))[:255]
    told.version = str(given.get("version", ""))
    told.language = "zh-CN"
