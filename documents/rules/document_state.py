"""How far a document has come: asked for, written as Word, printed as PDF."""

from __future__ import annotations

from enum import StrEnum


class DocumentState(StrEnum):
    """Where the making of a document stands."""

    ASKED = "asked"  # its number is given, its facts are kept; it is waiting to be written
    RENDERED = "rendered"  # the Word file is there
    PRINTED = "printed"  # the PDF is there too
    FAILED = "failed"  # it could not be written; the row says why
