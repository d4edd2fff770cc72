"""A .docx as a file: parts in a fixed order, without the clock, so the same parts are the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

FIRST = ("[Content_Types].xml", "_rels/.rels")
STILL = (2026, 1, 1, 0, 0, 0)
LEVEL = 6
UNIX, FILE_MODE = 3, 0o100644 << 16


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one file: the same parts give the same bytes, whenever and wherever."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as target:
        for name in sorted(
            parts, key=lambda one: (one not in FIRST, FIRST.index(one) if one in FIRST else 0, one)
        ):
            still = zipfile.ZipInfo(name, STILL)
            still.compress_type, still.create_system, still.external_attr = (
                zipfile.ZIP_DEFLATED,
                UNIX,
                FILE_MODE,
            )
            target.writestr(still, parts[name], compresslevel=LEVEL)
    return found.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a file of ours. What comes from outside is examined first (``kernel.contents``)."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def normalised(content: bytes) -> bytes:
    """The same document without the times of its parts and in the fixed order."""
    return packed(unpacked(content))
