"""Reading back a day as a document writes it."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"\s*(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?\s*")


def day_of(text: str) -> date | None:
    """The day written as 2026年3月6日 or 2026-3-6; none where it is no day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
