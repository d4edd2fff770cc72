"""How values are written in a document: days, numbers, money, and the office's mark over it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from markupsafe import Markup, escape

from documents.press.ooxml import TITLE_FONT

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_MARK_WIDTH_POINTS = {"redhead": 442, "letterhead": 442}
_MARK_MOST_POINTS = {"redhead": 48, "letterhead": 36}
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufffe\uffff\ud800-\udfff"
    "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def clean(text: str) -> str:
    """Text without what no page can show or what would turn a line around; a page has no hidden marks."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cndate(value: Any) -> str:
    """A civil day as a document writes it: 2026年3月6日, no leading noughts; empty for none.

    Source: S80, 7.3.5.4.
    """
    if value in (None, ""):
        return ""
    day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    return f"{day.year}年{day.month}月{day.day}日"


def cnnum(value: int) -> str:
    """A count in Chinese figures, as headings bear it: 一, 十二, 一百零三.

    Raises: ValueError, outside 0 to 9999.
    """
    number = int(value)
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number == 0:
        return _DIGITS[0]
    digits = str(number)
    said = "".join(
        _DIGITS[int(digit)] + (_UNITS[len(digits) - place - 1] if digit != "0" else "")
        for place, digit in enumerate(digits)
    )
    said = re.sub("零+", "零", said).rstrip("零")
    return said.removeprefix("一") if said.startswith("一十") else said


def money(value: Any) -> str:
    """An amount with its thousands parted and no more decimals than it has: 128,650.75; empty for none."""
    if value in (None, ""):
        return ""
    try:
        amount = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return str(value)
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ems(text: str) -> float:
    """How wide a line is, counted in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def redhead(value: Any) -> Markup:
    """The mark of a red head: one run, red, as large as one line allows. Source: S80, 7.2.4."""
    return _mark(str(value), "redhead")


def letterhead(value: Any) -> Markup:
    """The mark over a letter: one run, red, as large as one line allows. Source: S80, 10.1."""
    return _mark(str(value), "letterhead")


def _mark(name: str, kind: str) -> Markup:
    shown = str(escape(name)).replace("{", "&#123;").replace("}", "&#125;")  # or docxtpl reads {_{ as a tag
    fits = _MARK_WIDTH_POINTS[kind] / max(ems(name), 1) * 0.98
    half_points = max(int(min(_MARK_MOST_POINTS[kind], fits) * 2), 20)
    fonts = " ".join(f'w:{one}="{TITLE_FONT}"' for one in ("ascii", "hAnsi", "eastAsia", "cs"))
    return Markup(  # noqa: S704  (the name is escaped, the rest is ours)
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia" {fonts}/><w:color w:val="FF0000"/><w:spacing w:val="0"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{shown}</w:t></w:r>'
    )
