"""Where a message can go: a mobile number or a mail address, as people type them and as a list shows them."""

from __future__ import annotations

import re

LONGEST_MAIL = 254
_APART = re.compile(r"[\s\-()（）]")  # what people put between the digits of a number
_HOME = re.compile(r"(\+|00)?86(?=1)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def is_phone(typed: str) -> bool:
    """Whether people could call it: 3 to 20 digits (12345 is a number), spaces, brackets, + and - apart."""
    digits = _APART.sub("", typed.replace("+", ""))
    return digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 20


def mobile_of(typed: str) -> str:
    """A mobile number as it is sent to: without +86, spaces and hyphens; empty for none."""
    digits = _APART.sub("", typed)
    number = _HOME.sub("", digits, count=1) if len(digits) > 11 else digits
    return number if _MOBILE.fullmatch(number) else ""


def mail_of(typed: str) -> str:
    """A mail address as it is sent to; empty for what is none."""
    kept = typed.strip()
    return kept if len(kept) <= LONGEST_MAIL and _MAIL.fullmatch(kept) else ""


def is_mobile(address: str) -> bool:
    """Whether an address, as it is kept, is a mobile number."""
    return bool(_MOBILE.fullmatch(address))


def address_hint(address: str) -> str:
    """An address as a list shows it: enough to know it, too little to use it; empty for none."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:2]}…@{host}"
    return f"{address[:3]}…{address[-4:]}" if address else ""
