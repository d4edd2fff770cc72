"""Where a seal goes: over the date a document was made, its middle a little above it, as GB/T 9704 has it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from math import hypot
from typing import Any

from concierge.kernel.errors import N_, Refusal

SIDE_POINTS = 119  # 42 mm, the size of a county office's seal
BELOW_TOP_POINTS = 20
DATE = re.compile(r"^\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$", re.MULTILINE)
MARK = re.compile(r"[（(]\s*(?:加?盖|公章|签章|章)|盖章处?")  # a narrow cell breaks the word after 盖


class NoPlaceForSeal(Refusal):
    """A document without a line that is its date, and without a word that asks for a seal."""

    message = N_(
        "The document has neither a line with its date nor a place marked for a seal. Seals belong on letters"
        " and notices; print this one and seal it by hand if it needs one."
    )


@dataclass(frozen=True)
class Place:
    """A square on a page. Units: points from the page's lower left. Shape: ``page`` counts from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def place_of_seal(pdf: bytes, office: str = "") -> Place:
    """The place over the last line that is a date; on a form, over the words that ask for a seal.

    Shape: ``office`` tells which of several places on a form is the sealing office's.
    Raises: NoPlaceForSeal.
    Source: S80, 7.3.5 (the seal's middle stands over the office's name and the date).
    """
    import pdfplumber  # slow to load, and only sealing asks it

    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for number in range(len(opened.pages) - 1, -1, -1):
            page = opened.pages[number]
            found = page.search(DATE) or page.search(MARK)
            if found:
                names = page.search(re.escape(office)) if office else []
                chosen = min(found, key=lambda one: _apart(one, names[-1] if names else None))
                middle = (float(chosen["x0"]) + float(chosen["x1"])) / 2
                height = float(page.height) - float(chosen["top"]) - BELOW_TOP_POINTS + SIDE_POINTS / 4
                return _square(number, middle, height, float(page.width))
    raise NoPlaceForSeal


def _apart(found: dict[str, Any], name: dict[str, Any] | None) -> float:
    """How far a place is from the office's name; without one the lowest is the nearest."""
    if name is None:
        return -float(found["top"])
    across = float(found["x0"]) - float(name["x0"])
    return float(hypot(across, float(found["top"]) - float(name["top"])))


def _square(number: int, middle: float, height: float, width: float) -> Place:
    """A square of the seal's size around a point, pushed back where it would leave the page."""
    half = SIDE_POINTS / 2
    middle = min(max(middle, half), width - half)
    height = max(height, half)
    return Place(number, middle - half, height - half, middle + half, height + half)
