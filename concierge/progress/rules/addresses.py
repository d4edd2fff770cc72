"""Where a message can go: a mobile number or a mail address, as people type them and as a list shows them."""

from __future__ import annotations

import re

from concierge.progress.rules.links import LONGEST_ADDRESS, AddressUnknown

_MOBILE = re.compile(r"1[3-9]\d{9}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def checked_address(typed: str) -> str:
    """An address as it is kept: without spaces, hyphens, and +86 before a mobile number; empty for none.

    Raises: AddressUnknown.
    """
    kept = typed.strip()
    number = re.sub(r"[\s-]", "", kept).removeprefix("+86")
    if not kept or _MOBILE.fullmatch(number):
        return number
    if len(kept) <= LONGEST_ADDRESS and _MAIL.fullmatch(kept):
        return kept
    raise AddressUnknown(field="address")


def is_mobile(address: str) -> bool:
    """Whether an address is a mobile number."""
    return bool(_MOBILE.fullmatch(address))


def address_hint(address: str) -> str:
    """An address as a list shows it: enough to know it, too little to use it."""
    if is_mobile(address):
        return f"{address[:3]}…{address[-4:]}"
    name, at, host = address.partition("@")
    return f"{name[:2]}…@{host}" if at else ""
