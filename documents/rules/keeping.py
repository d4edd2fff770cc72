"""How long the archive keeps a project's file, and under which number."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

YEARS = {"10y": 10, "30y": 30, "permanent": None}
CODES = {"10y": "D10", "30y": "D30", "permanent": "Y"}
RANKS = tuple(YEARS)
LEAST = "30y"


class ArchiveState(StrEnum):
    """How far the archiving of a project is."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"


class Occasion(StrEnum):
    """Why a project's file was laid down."""

    ENDED = "ended"
    ASKED = "asked"


def class_of(classes: list[str]) -> str:
    """The class of a whole file: the longest of its papers', and never under thirty years for a project.

    Source: S81 (a file that belongs together is kept as long as its weightiest paper).
    """
    return max([LEAST, *classes], key=RANKS.index)


def kept_until(retention: str, laid_on: date) -> date | None:
    """The last civil day something must be kept; None for good. Years count from the year that follows.

    Source: S81.
    """
    years = YEARS[retention]
    return None if years is None else date(laid_on.year + years, 12, 31)


def series_word(retention: str) -> str:
    """The run of numbers of one class: each class counts its own within a year."""
    return f"档{CODES[retention]}"


def archive_number(fonds: str, retention: str, year: int, serial: int, edition: int) -> str:
    """The number in the archive (档号): fonds, sort of file, year, class, piece.

    Shape: ``fonds`` is left out where the office has none; a later edition says which it is.
    Source: S89 (how the number of a piece is made).
    """
    parts = [fonds] if fonds else []
    number = "-".join([*parts, f"WS·{year}", CODES[retention], f"{serial:04d}"])
    return number if edition == 1 else f"{number}-{edition}"
