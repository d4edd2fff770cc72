"""A person's own data: the number that names somebody, how a name is shown, what a free text may not hold."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from datetime import date

from concierge.kernel.errors import N_, Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
LONGEST_NAME = 50
LONGEST_ADDRESS = 120
EARLIEST_BIRTH = date(1890, 1, 1)
_NUMBER = re.compile(r"\d{17}[\dX]")
_NUMBER_INSIDE = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_PHONE = re.compile(r"(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})")


class Wrong(enum.Enum):
    """What is wrong with one cell of a line."""

    MISSING = "missing"
    SHAPE = "shape"
    CHECK = "check"
    DAY = "day"
    UNKNOWN = "unknown"
    TWICE = "twice"
    LONG = "long"


class NumberInText(Invalid):
    """A free text holds somebody's identity number."""

    message = N_("Leave the identity number out of this text; it belongs only where it is sealed.")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Personal:
    """What is sealed of a person: it never stands in a log, an event or a list."""

    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""
    other: tuple[tuple[str, str], ...] = field(default=())

    def __repr__(self) -> str:
        return "Personal(…)"


def number_fault(typed: str) -> Wrong | None:
    """What is wrong with a resident identity number, None when it is sound.

    Source: S71 (GB 11643-1999): 17 figures, a day of birth in the 7th to 14th, a check sign mod 11.
    """
    number = clean_number(typed)
    if not number:
        return Wrong.MISSING
    if not _NUMBER.fullmatch(number):
        return Wrong.SHAPE
    if born_on(number) is None:
        return Wrong.DAY
    return None if check_sign(number) == number[17] else Wrong.CHECK


def check_sign(number: str) -> str:
    """The sign that belongs behind the first seventeen figures. Source: S71 (GB 11643-1999)."""
    return CHECKS[sum(int(sign) * weight for sign, weight in zip(number, WEIGHTS, strict=False)) % 11]


def born_on(number: str) -> date | None:
    """The day of birth a number tells, None when there is no such day."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if day >= EARLIEST_BIRTH else None


def clean_number(typed: str) -> str:
    """A number as it is compared: without spaces, in capitals, full-width figures made plain."""
    plain = typed.translate({0xFF10 + n: str(n) for n in range(10)})
    return re.sub(r"[\s\u3000\-']", "", plain).upper().replace("Ｘ", "X")


def is_phone(typed: str) -> bool:
    """Whether this is a telephone number of the mainland, mobile or fixed."""
    return bool(_PHONE.fullmatch(re.sub(r"\s", "", typed)))


def called(name: str) -> str:
    """A name as a list shows it: the first sign, and a star for each of the others.

    Source: SF-10, the least that serves.
    """
    signs = name.strip()
    return f"{signs[:1]}{'＊' * min(len(signs) - 1, 3)}"


def checked_text(text: str, name: str) -> str:
    """A free text without an identity number in it.

    Raises: NumberInText.
    Source: SF-10.
    """
    if _NUMBER_INSIDE.search(text):
        raise NumberInText(field=name)
    return text.strip()
