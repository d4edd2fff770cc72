"""What is set right once the values stand in the page: the signature's centre, the controls' state."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from documents.press.cn_days import day_of
from documents.press.ooxml import NAMESPACES, ROOM, TICKED
from documents.press.words import ems

W, W14 = (f"{{{NAMESPACES[one]}}}" for one in ("w", "w14"))
EM_POINTS, TEXT_POINTS = 16, 442.2
DATE_EDGE_POINTS, HALF_DATE_POINTS = 64, 52
LINES_STYLE = "Signature"
LONGEST_HELD = 6 * 28  # six lines of the body


def finish(body: Any) -> None:
    """Put right what depends on the values. Effects: changes the tree."""
    _centre_signatures(body)
    _let_long_ones_break(body)
    for number, control in enumerate(body.iter(f"{W}sdt"), 1):
        _settle(control, number)


def _let_long_ones_break(body: Any) -> None:
    """A long paragraph may break before the signature: LibreOffice would carry the whole of it over."""
    for one in body.iter(f"{W}p"):
        keep = one.find(f"{W}pPr/{W}keepNext")
        if keep is not None and ems(text_of(one)) > LONGEST_HELD:
            keep.getparent().remove(keep)


def text_of(node: Any) -> str:
    """The text of a paragraph, cell or control, with its line ends and tabs."""
    return "".join(_pieces(node))


def _pieces(node: Any) -> Iterator[str]:
    for one in node.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if one.tag == f"{W}t":
            yield one.text or ""
        elif one.getparent().tag == f"{W}r":
            yield "\n" if one.tag == f"{W}br" else "\t"


def _centre_signatures(body: Any) -> None:
    """One centre for name and day, moved left where the name is long, so that neither leaves the page.

    Source: S80, 7.3.5.
    """
    runs = groupby(body.iter(f"{W}p"), key=lambda one: _style(one) == LINES_STYLE)
    for is_signed, lines in runs:
        if not is_signed:
            continue
        paragraphs = list(lines)
        widest = max(ems(text_of(one).strip()) for one in paragraphs)
        centre = min(TEXT_POINTS - DATE_EDGE_POINTS - HALF_DATE_POINTS, TEXT_POINTS - EM_POINTS * widest / 2)
        for one in paragraphs:
            _set_centre(one, max(round(centre * 20), 1))


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def _set_centre(paragraph: Any, twips: int) -> None:
    properties = paragraph.find(f"{W}pPr")
    tabs = etree.Element(f"{W}tabs")
    for value, place in (("clear", "6524"), ("center", str(twips))):
        etree.SubElement(tabs, f"{W}tab", {f"{W}val": value, f"{W}pos": place})
    if twips == 6524:
        return
    after = properties.findall(f"{W}pStyle") + properties.findall(f"{W}keepNext")
    properties.insert(len(after), tabs)


def _settle(control: Any, number: int) -> None:
    """A control's own number; its state told to programs as its text tells it to people."""
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    if properties is None or content is None:
        return
    id_ = properties.find(f"{W}id")
    if id_ is not None:
        id_.set(f"{W}val", str(number))
    text = text_of(content).strip()
    tick = properties.find(f"{W14}checkbox/{W14}checked")
    if tick is not None:
        tick.set(f"{W14}val", "1" if text == TICKED else "0")
        return
    date = properties.find(f"{W}date")
    day = day_of(text)
    if date is not None and day is not None:
        date.set(f"{W}fullDate", f"{day.isoformat()}T00:00:00Z")
    if not text:
        _leave_room(properties, content)


def _leave_room(properties: Any, content: Any) -> None:
    """An empty control shows room to write in, and says that this is no value."""
    lock = properties.find(f"{W}lock")
    mark = etree.Element(f"{W}showingPlcHdr")
    if lock is None:
        properties.insert(0, mark)
    else:
        lock.addnext(mark)
    first = next(content.iter(f"{W}t"), None)
    if first is not None:
        first.text = ROOM
