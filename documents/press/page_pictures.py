"""Pages of a PDF as pictures, small enough for a screen."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]

DOTS_PER_INCH = 72
POINTS_PER_INCH = 72
COLOURS = 32


def pictures_of(pdf: bytes, *, most: int) -> tuple[int, list[bytes]]:
    """How many pages there are, and the first ones as PNG.

    Raises: pypdfium2.PdfiumError, for what is no PDF.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document), list(_drawn(document, most))
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, most: int) -> Iterator[bytes]:
    for number in range(min(len(document), most)):
        bitmap = document[number].render(scale=DOTS_PER_INCH / POINTS_PER_INCH)
        picture = bitmap.to_pil().convert("RGB").quantize(COLOURS)
        target = io.BytesIO()
        picture.save(target, "PNG", optimize=True)
        yield target.getvalue()
