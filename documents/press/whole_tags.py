"""Whether a template's tags are whole, so that docxtpl swallows no paragraph between two halves."""

from __future__ import annotations

import html
import re

from documents.rules.faults import TemplateBroken

_TEXT = re.compile(r"<w:t(?: [^>]*)?>(.*?)</w:t>", re.DOTALL)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_ROW = re.compile(r"<w:tr[ >](?:(?!<w:tr[ >]).)*?</w:tr>", re.DOTALL)
_ALONE = {"p": re.compile(r"\{%p\s"), "tr": re.compile(r"\{%tr\s")}
AROUND = 30


def check_whole(source: str) -> None:
    """Refuse what docxtpl would lose without a word: a tag that does not end in its own paragraph, and words
    beside a tag that takes the place of its whole paragraph or row.

    Raises: TemplateBroken, with the words around the place.
    """
    for piece in source.split("</w:p>"):
        text = _text(piece)
        left = _HALF.search(_TAG.sub("", text))
        if left is not None:
            raise TemplateBroken(what=_place(text, left[0]))
        _check_alone(text, "p")
    for row in _ROW.findall(source):
        _check_alone(_text(row), "tr")


def _check_alone(text: str, kind: str) -> None:
    if _ALONE[kind].search(text) and _TAG.sub("", text).strip():
        raise TemplateBroken(what=_place(text, "{%"))


def _text(xml: str) -> str:
    return html.unescape("".join(_TEXT.findall(xml)))


def _place(text: str, mark: str) -> str:
    place = max(text.find(mark), 0)
    return text[max(0, place - AROUND) : place + AROUND].strip()
