"""Whether what a client has is still what there is.

Source: S34 sections 13.1.2, 13.1.3 and 13.2.2; FE-6.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\U0010ffff]*)"')
LONGEST_HEADER = 8_000


def is_unchanged(if_none_match: str | None, if_modified_since: str | None, tag: str, at: datetime) -> bool:
    """Whether to answer 304: the client names the bytes by their tag, or else by a date not before them.

    Units: ``at`` aware, in whole seconds, as Last-Modified tells it.
    Shape: ``tag`` without quotes. Where tags are named the date is not looked at, however odd they are.
    """
    if if_none_match is not None:
        asked = if_none_match[:LONGEST_HEADER].strip()
        return asked == "*" or tag in _TAG.findall(asked)
    since = _date(if_modified_since)
    return since is not None and at <= since


def _date(raw: str | None) -> datetime | None:
    """The date of a header; None for none, and for what is no date."""
    if not raw:
        return None
    try:
        read = parsedate_to_datetime(raw.strip())
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
