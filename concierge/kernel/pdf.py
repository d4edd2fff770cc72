"""What is in a PDF: how many pages, and nothing that acts by itself."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from concierge.kernel.errors import N_, Invalid

WITHIN_BYTES = 1024  # readers look for the mark this far; so do we
MOST_OBJECTS = 200_000
ACTING_KEYS = {"/JS": "JavaScript", "/EF": "EmbeddedFile"}
ACTING_KINDS = frozenset({
    "/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia", "/SubmitForm", "/ImportData",
})  # fmt: skip
_UNREADABLE = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError,
    AssertionError, NotImplementedError, OverflowError, struct.error, zlib.error,
)  # fmt: skip

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every oddity of every scanner


class PdfUnreadable(Invalid):
    """A PDF no reader can open."""

    message = N_("“%(name)s” is a damaged PDF. Print or export it to PDF again and send that.")


class PdfLocked(Invalid):
    """A PDF that wants a password."""

    message = N_("“%(name)s” is locked with a password. Send it without one: here it is kept sealed.")


class PdfActs(Invalid):
    """A PDF that carries what runs, opens or sends by itself."""

    message = N_(
        "“%(name)s” carries active content (%(what)s), which papers here must not. Print it to PDF and send"
        " that."
    )


def begins(head: bytes) -> bool:
    """Whether a file's first bytes are those of a PDF."""
    return b"%PDF-" in head[:WITHIN_BYTES]


def pages(stream: IO[bytes], name: str) -> int:
    """How many pages a PDF has.

    Raises: PdfUnreadable, PdfLocked, PdfActs.
    """
    with _reading(name):
        reader = PdfReader(stream, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise PdfLocked(name=name)
        count = len(reader.pages)
        if not count:
            raise PdfUnreadable(name=name)
        acting = next(_acting(reader), None)
    if acting is not None:
        raise PdfActs(name=name, what=acting)
    return count


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise PdfUnreadable(name=name) from error


def _acting(reader: PdfReader) -> Iterator[str]:
    """What acts by itself, in any object of the file that can be reached from its trailer."""
    seen: set[tuple[int, int]] = set()
    left: list[Any] = [reader.trailer]
    while left:
        one = left.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            if len(seen) > MOST_OBJECTS:
                raise ValueError("more objects than a paper has")
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield from (ACTING_KEYS[key] for key in one if key in ACTING_KEYS)
            kinds = (str(one.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in one)
            yield from (kind[1:] for kind in kinds if kind in ACTING_KINDS)
            left.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            left.extend(list.__iter__(one))
