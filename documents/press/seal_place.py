"""Where a seal goes: over the date a document was made, its middle a little above it, as GB/T 9704 has it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pdfplumber

from concierge.kernel.errors import N_, Refusal

SIDE_POINTS = 119  # 42 mm, the size of a county office's seal
BELOW_TOP_POINTS = 20
DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$", re.MULTILINE)


class NoDateLine(Refusal):
    """A document without a line that is its date."""

    message = N_(
        "The document has no line with its date, so there is no place for a seal. Seals belong on letters and"
        " notices; print this one and seal it by hand if it needs one."
    )


@dataclass(frozen=True)
class Place:
    """A square on a page. Units: points from the page's lower left. Shape: ``page`` counts from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def place_of_seal(pdf: bytes) -> Place:
    """The place over the last line that is nothing but a date, or ends with one.

    Raises: NoDateLine.
    Source: S80, 7.3.5 (the seal's middle stands over the office's name and the date).
    """
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for number in range(len(opened.pages) - 1, -1, -1):
            page = opened.pages[number]
            found = page.search(DATE)
            if found:
                last = max(found, key=lambda one: float(one["top"]))
                middle = (float(last["x0"]) + float(last["x1"])) / 2
                height = float(page.height) - float(last["top"]) - BELOW_TOP_POINTS + SIDE_POINTS / 4
                return _square(number, middle, height, float(page.width))
    raise NoDateLine


def _square(number: int, middle: float, height: float, width: float) -> Place:
    """A square of the seal's size around a point, pushed back where it would leave the page."""
    half = SIDE_POINTS / 2
    middle = min(max(middle, half), width - half)
    height = max(height, half)
    return Place(number, middle - half, height - half, middle + half, height + half)
