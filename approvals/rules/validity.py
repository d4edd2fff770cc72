"""How long a result holds, as its matter says, and the day it lapses.

The catalogue keeps the words of the law (“3个月内开工”, “2年(通常,需核对)”); they are read here, so that an
office which edits its catalogue changes this rule too.

Source: PR-13.
"""

from __future__ import annotations

import calendar
import enum
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

SOON_DAYS = 60
"""From when on a result that lapses is watched. Units: calendar days. Source: PR-13, a default."""
_PERIOD = re.compile(r"(?P<number>\d+)\s*(?P<unit>年|个月|月|日|天)")
_MONTHS_OF_YEAR = 12
_UNTIL_START = "开工"
_USUAL = ("通常", "一般", "需核对")


class Holding(enum.Enum):
    """Whether a result still holds."""

    HOLDS = "holds"
    SOON = "soon"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Validity:
    """How long a result holds.

    Units: ``months`` or ``days`` after the day of the result; one of the two is 0.
    Shape: ``is_until_start`` says that it holds on once building has begun; ``is_usual`` that the figure is
        practice, to be checked before it is quoted.
    """

    months: int = 0
    days: int = 0
    is_until_start: bool = False
    is_usual: bool = False


def read_validity(words: str) -> Validity | None:
    """What the catalogue says of a result's validity; None where it names no period.

    Shape: of several periods the first counts: extensions are granted one by one.
    Source: PR-13.
    """
    plain = unicodedata.normalize("NFKC", words)
    found = _PERIOD.search(plain)
    if found is None:
        return None
    number, unit = int(found["number"]), found["unit"]
    is_until_start, is_usual = _UNTIL_START in plain, any(word in plain for word in _USUAL)
    if unit in ("日", "天"):
        return Validity(days=number, is_until_start=is_until_start, is_usual=is_usual)
    months = number * (_MONTHS_OF_YEAR if unit == "年" else 1)
    return Validity(months=months, is_until_start=is_until_start, is_usual=is_usual)


def lapses_on(
    of: Validity, issued_on: date, started_on: date | None = None, extended_until_on: date | None = None
) -> date | None:
    """The last day a result holds; None when building began in time and it holds on.

    Units: civil days; years and months end on the day of the same number, or on the last of a shorter month.
    Source: PR-13; PR-11 for what was put off; 民法典 art. 202.
    """
    last = months_later(issued_on, of.months) + timedelta(days=of.days)
    if extended_until_on is not None:
        last = max(last, extended_until_on)
    if of.is_until_start and started_on is not None and started_on <= last:
        return None
    return last


def holding(last_on: date, today: date) -> Holding:
    """Whether a result that lapses on a day still holds, and whether that day is near.

    Source: PR-13; how near is near [D].
    """
    if today > last_on:
        return Holding.LAPSED
    return Holding.SOON if today > last_on - timedelta(days=SOON_DAYS) else Holding.HOLDS


def months_later(day: date, months: int) -> date:
    """The same number of a later month, or the last day of a shorter one. Source: 民法典 art. 202."""
    year, month = divmod(day.year * _MONTHS_OF_YEAR + day.month - 1 + months, _MONTHS_OF_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
