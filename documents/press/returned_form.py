"""Reading a form that came back: every content control by its tag, its label, or the words beside it.

Word keeps tag and label; LibreOffice drops the tag, and most labels with it; whoever retypes a form keeps
neither. Then the cell beside the printed label is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from concierge.kernel.errors import N_, Invalid
from documents.press.after_filling import text_of
from documents.press.cn_days import day_of
from documents.press.ooxml import NAMESPACES, TICKED
from documents.rules.returned import FoundBy

W, W14 = (f"{{{NAMESPACES[one]}}}" for one in ("w", "w14"))
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
LARGEST_PART_BYTES = 32 * 1024 * 1024
BODY, CORE = "word/document.xml", "docProps/core.xml"
IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
TICK, NO_TICK = "1", "0"


class FormUnreadable(Invalid):
    """A Word file that is broken inside."""

    message = N_(
        "“%(name)s” cannot be read as a Word form. Open it in Word or WPS, save it as docx, send that."
    )


class NoFieldsFound(Invalid):
    """A Word file in which none of the form's fields can be found."""

    message = N_(
        "None of the fields of “%(form)s” was found in “%(name)s”. Fill in the very form that was sent, and"
        " send it as docx."
    )


@dataclass(frozen=True, kw_only=True)
class FormField:
    """A field of the form as it was sent: ``name`` is its tag, ``label`` what people read."""

    name: str
    label: str
    value: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class ReadField:
    """A field as it came back, and what it was recognised by."""

    name: str
    label: str
    value: str
    found_by: FoundBy


@dataclass(frozen=True)
class ReadForm:
    """What was read. Shape: ``number`` is the document's own, empty where the file does not tell it."""

    number: str
    fields: tuple[ReadField, ...]
    lost: tuple[str, ...]


def form_fields(docx: bytes) -> tuple[FormField, ...]:
    """The fields of a form of ours, each once, in their order."""
    found: dict[str, FormField] = {}
    for control in _opened(docx, BODY, "").iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        name = _told(properties, "tag")
        if name and name not in found:
            label = _told(properties, "alias") or name
            found[name] = FormField(name=name, label=label, value=value_of(control), kind=_kind(properties))
    return tuple(found.values())


def read_form(docx: bytes, sent: tuple[FormField, ...], *, name: str) -> ReadForm:
    """What a returned form says in each field that was sent.

    Shape: ``lost`` are the labels of fields that could not be found again.
    Raises: FormUnreadable.
    """
    body = _opened(docx, BODY, name)
    by_tag, by_alias, torn = _controls(body)
    cells = {label: text for label, text in _cells(body, sent) if label not in torn}
    fields, lost = [], []
    for field in sent:
        one = _found(field, by_tag, by_alias, cells)
        if one is None:
            lost.append(field.label)
        else:
            fields.append(one)
    return ReadForm(_number(docx), tuple(fields), tuple(lost))


def _found(
    field: FormField, by_tag: Mapping[str, Any], by_alias: Mapping[str, Any], cells: Mapping[str, str]
) -> ReadField | None:
    for found_by, control in (
        (FoundBy.TAG, by_tag.get(field.name)),
        (FoundBy.ALIAS, by_alias.get(_plain(field.label))),
    ):
        if control is not None:
            value = value_of(control, kind=field.kind)
            return ReadField(name=field.name, label=field.label, value=value, found_by=found_by)
    if _plain(field.label) not in cells:
        return None
    value = _typed(cells[_plain(field.label)], field.kind)
    return ReadField(name=field.name, label=field.label, value=value, found_by=FoundBy.LABEL)


def value_of(control: Any, *, kind: str = "") -> str:
    """What stands in a content control: days as 2026-04-15, ticks as 1 or 0, nothing for a place holder."""
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    if properties is None or content is None:
        return ""
    kind = kind or _kind(properties)
    tick = properties.find(f"{W14}checkbox/{W14}checked")
    if tick is not None:
        return TICK if tick.get(f"{W14}val") in ("1", "true", "on") else NO_TICK
    if properties.find(f"{W}showingPlcHdr") is not None:
        return NO_TICK if kind == "tick" else ""
    text = _lines(content)
    date = properties.find(f"{W}date")
    if date is not None and day_of(text) is None and date.get(f"{W}fullDate"):
        return str(date.get(f"{W}fullDate"))[:10] if text else ""
    return _typed(text, kind)


def _typed(text: str, kind: str) -> str:
    """A text as the kind of its field keeps it."""
    if kind == "tick":
        return TICK if TICKED in text or text.strip() in ("√", "✓", "是") else NO_TICK
    if kind == "date":
        day = day_of(text)
        return day.isoformat() if day is not None else text
    return text


def _lines(node: Any) -> str:
    """The words of a control or cell: paragraphs on lines of their own, room to write in left out."""
    paragraphs = list(node.iter(f"{W}p"))
    text = "\n".join(text_of(one) for one in paragraphs) if paragraphs else text_of(node)
    lines = (re.sub(r"[\s\u3000]+$", "", line) for line in text.split("\n"))
    return "\n".join(lines).strip(" \u3000\n\t")


def _controls(body: Any) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    """The controls by tag, those without one by their label, and the labels more than one of these have.

    LibreOffice tears a plain text control into many of one label: what stands there is no value.
    """
    by_tag: dict[str, Any] = {}
    by_alias: dict[str, Any] = {}
    twice = set()
    for control in body.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        tag, alias = _told(properties, "tag"), _plain(_told(properties, "alias"))
        if tag:
            by_tag.setdefault(tag, control)
        elif alias in by_alias:
            twice.add(alias)
        elif alias:
            by_alias[alias] = control
    return by_tag, {alias: control for alias, control in by_alias.items() if alias not in twice}, twice


def _cells(body: Any, sent: tuple[FormField, ...]) -> Iterator[tuple[str, str]]:
    """Printed label and the cell right of it, for a form whose controls are gone."""
    known = {_plain(field.label) for field in sent}
    for row in body.iter(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        for place, cell in enumerate(cells[:-1]):
            label = _plain(_lines(cell))
            if label in known:
                yield label, _lines(cells[place + 1])


def _plain(label: str) -> str:
    """A label without spaces and the colon people put behind it."""
    return re.sub(r"[\s\u3000:：]", "", label)


def _kind(properties: Any) -> str:
    if properties is None:
        return "text"
    kinds = ((f"{W}date", "date"), (f"{W}dropDownList", "choice"), (f"{W14}checkbox", "tick"))
    return next((kind for tag, kind in kinds if properties.find(tag) is not None), "text")


def _told(properties: Any, name: str) -> str:
    found = None if properties is None else properties.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _number(docx: bytes) -> str:
    """The number a document bears in its properties."""
    try:
        found = _opened(docx, CORE, "").find(IDENTIFIER)
    except FormUnreadable:
        return ""
    return "" if found is None else str(found.text or "")


def _opened(docx: bytes, part: str, name: str) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive, archive.open(part) as packed:
            content = packed.read(LARGEST_PART_BYTES + 1)
        if len(content) > LARGEST_PART_BYTES:
            raise FormUnreadable(name=name)
        return etree.fromstring(content, PARSER)
    except (zipfile.BadZipFile, KeyError, OSError, etree.XMLSyntaxError, EOFError, RuntimeError) as error:
        raise FormUnreadable(name=name) from error
