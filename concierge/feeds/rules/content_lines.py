"""iCalendar text: one property a line, folded at 75 octets and never inside a character.

Source: S24 sections 3.1 and 3.3; FE-14.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

MOST_OCTETS = 75
_FOLD = b"\r\n "
_CONTROLS = {code: None for code in range(32) if code not in (9, 10)} | {127: None}
_ESCAPES = _CONTROLS | {
    ord("\\"): "\\\\",
    ord(";"): "\\;",
    ord(","): "\\,",
    ord("\n"): "\\n",
    ord("\r"): None,
    0x2028: "\\n",
    0x2029: "\\n",
}


def escaped(text: str) -> str:
    """A text as the value of a property: separators and line ends escaped, control characters left out.

    Shape: half of a surrogate pair, which no UTF-8 can carry, becomes a question mark.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)
    return plain.encode("utf-8", "replace").decode("utf-8")


def folded(line: str) -> bytes:
    """One property as bytes, folded, with its line end.

    Units: at most 75 octets a line, the space that begins a continued one among them.
    """
    octets = line.encode("utf-8")
    if len(octets) <= MOST_OCTETS:
        return octets + b"\r\n"
    pieces = []
    start, room = 0, MOST_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # inside a character: the next one begins further left
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, MOST_OCTETS - 1
    pieces.append(octets[start:])
    return _FOLD.join(pieces) + b"\r\n"


def utc(moment: datetime) -> str:
    """A moment in UTC, in whole seconds."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def day(on: date) -> str:
    """A civil day."""
    return on.strftime("%Y%m%d")


def local(moment: datetime) -> str:
    """A time of a day on the clock of the zone named beside it."""
    return moment.strftime("%Y%m%dT%H%M%S")
