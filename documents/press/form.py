"""The outer forms a document can have, and the measures of each sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TWIPS_PER_MM = 1440 / 25.4


class Form(StrEnum):
    """The outer form. Source: S80, sections 7 and 10."""

    LETTER = "letter"  # 信函格式: notices and letters
    RED_HEAD = "red-head"  # 红头文件: joint notices, minutes
    SHEET = "sheet"  # 表格: forms, lists, slips
    WIDE_SHEET = "wide-sheet"  # 表格 on A4 landscape


@dataclass(frozen=True, kw_only=True)
class Measures:
    """One sheet.

    Units: millimetres, but ``line_twips`` (1/20 pt) and ``body_half_points`` (1/2 pt).
    Source: S80, 5.2 and 7: A4, 37 mm above and 28 mm left, 22 lines of 28 characters in 三号; a sheet of
        tables keeps the binding edge and uses more of the page.
    """

    width: float = 210
    height: float = 297
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    header: float = 15
    footer: float = 24.5
    line_twips: int = 579
    body_half_points: int = 32

    @property
    def text_width(self) -> float:
        """The width of the text block (版心)."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height of the text block (版心)."""
        return self.height - self.top - self.bottom


_SHEET = Measures(top=23, bottom=24, footer=14, line_twips=480, body_half_points=28)
_MEASURES = {
    Form.LETTER: Measures(header=30, footer=20),
    Form.RED_HEAD: Measures(),
    Form.SHEET: _SHEET,
    Form.WIDE_SHEET: Measures(
        width=297,
        height=210,
        top=28,
        bottom=26,
        left=25,
        right=25,
        footer=15.5,
        line_twips=480,
        body_half_points=28,
    ),
}


def measures_of(form: Form) -> Measures:
    """The measures of a form."""
    return _MEASURES[form]


def twips(millimetres: float) -> int:
    """Units: millimetres in, twips (1/1440 inch) out."""
    return round(millimetres * TWIPS_PER_MM)
