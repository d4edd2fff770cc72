"""Looking for every printed value in the finished page, in the order the template printed them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from documents.press.after_filling import text_of
from documents.press.ooxml import NAMESPACES
from documents.rules.faults import TemplateBroken, ValueLost

_W = f"{{{NAMESPACES['w']}}}"
_EDGES = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
LEFT_OVER = ("{{", "}}", "{%", "%}")
AROUND = 30


def check_found(document: Any, printed: Iterable[str]) -> None:
    """Every printed value stands in the page, one after another, and no tag of the template is left.

    Raises: ValueLost, naming the value; TemplateBroken, where a tag was not understood and stayed.
    """
    text, names = page_text(document), _names(document)
    at, rest = 0, []
    for value in printed:
        wanted = value.replace("\r\n", "\n")
        found = text.find(wanted, at)
        if found < 0 and wanted not in names and not _is_elsewhere(wanted, text):
            raise ValueLost(value=value[:AROUND])
        if found >= 0:
            rest.append(text[at:found])
            at = found + len(wanted)
    rest.append(text[at:])
    left = next((mark for part in rest for mark in LEFT_OVER if mark in part), None)
    if left is not None:
        raise TemplateBroken(what=_around(left, rest))


def page_text(document: Any) -> str:
    """The text of the page: the body first, then its heads and feet, a line for each paragraph."""
    return "\n".join(text_of(one) for root in _roots(document) for one in root.iter(f"{_W}p"))


def _roots(document: Any) -> Iterator[Any]:
    yield document.element.body
    relations = document.part.rels.values()
    for kind in _EDGES:
        yield from (one.target_part.element for one in relations if one.reltype == kind)


def _names(document: Any) -> set[str]:
    """The labels and names of content controls, where values may stand too."""
    return {
        str(one.get(f"{_W}val")) for root in _roots(document) for one in root.iter(f"{_W}alias", f"{_W}tag")
    }


def _is_elsewhere(value: str, text: str) -> bool:
    """Printed earlier than it stands: a macro's text, a property of the file."""
    return value in text


def _around(mark: str, rest: Iterable[str]) -> str:
    part = next(one for one in rest if mark in one)
    place = part.index(mark)
    return part[max(0, place - AROUND) : place + AROUND].strip()
