"""What no template may hold: programs, things from elsewhere, and archives made to burst or break out.

Looked at as every upload is (``kernel.active_parts``), and told whole rather than the first thing only; a
template is filled in a thousand times with everybody's data, so it may also be less large than a paper.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from concierge.kernel.active_parts import acting, odd_archive

MOST_PARTS = 500
MOST_UNPACKED_BYTES = 50 * 1024 * 1024
MOST_NAMED = 5
_TYPES = "[Content_Types].xml"


def unsafe(docx: bytes) -> list[str]:
    """What a file holds that no template may, by the names Word has for it; empty for a safe one.

    Source: TP-2.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return list(dict.fromkeys(_held(archive)))[:MOST_NAMED]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        return [str(error)[:80]]


def _held(archive: zipfile.ZipFile) -> Iterator[str]:
    """What is odd; nothing is unpacked from an archive that is odd itself."""
    parts = archive.infolist()
    unpacked_bytes = sum(part.file_size for part in parts)
    odd = odd_archive(archive)
    if odd is not None:
        yield odd[:80]
    elif len(parts) > MOST_PARTS:
        yield f"{len(parts)} parts"
    elif unpacked_bytes > MOST_UNPACKED_BYTES:
        yield f"{unpacked_bytes // 1024 // 1024} MB"
    else:
        yield from acting(archive)
        if _TYPES in archive.namelist() and b"macroenabled" in archive.read(_TYPES).lower():
            yield "macroEnabled"
