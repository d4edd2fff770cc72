"""Photographs and PDFs put together to one PDF, no pixel lost; and HEIC photographs made readable."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO

import img2pdf  # type: ignore[import-untyped]
import pikepdf
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from concierge.kernel.errors import N_, Invalid
from concierge.kernel.pictures import MOST_PIXELS, PictureDamaged, PictureTooLarge

A4_POINTS = (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297))
HEAD_BYTES = 32
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
JPEG_QUALITY = 92


class PagesNotJoined(Invalid):
    """A page that opens, but cannot be copied into another file."""

    message = N_(
        "“%(name)s” opens, but cannot be put together with other pages. Send it alone, or print it to PDF"
        " and add that."
    )


def is_heic(stream: IO[bytes]) -> bool:
    """Whether a file is a photograph in the form some phones keep theirs in, whatever its name says."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    return head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS


def as_jpeg(stream: IO[bytes], name: str) -> bytes:
    """A HEIC photograph as a JPEG that every office can open, upright.

    Raises: PictureDamaged, PictureTooLarge.
    """
    stream.seek(0)
    try:
        found = pillow_heif.open_heif(stream, convert_hdr_to_8bit=True)
        width, height = found.size
        if width * height > MOST_PIXELS:
            raise PictureTooLarge(name=name, megapixels=width * height // 1_000_000)
        picture = ImageOps.exif_transpose(found.to_pillow()).convert("RGB")
        made = io.BytesIO()
        picture.save(made, "JPEG", quality=JPEG_QUALITY)
    except (ValueError, OSError, EOFError, RuntimeError, SyntaxError, MemoryError) as error:
        raise PictureDamaged(name=name) from error
    return made.getvalue()


def joined(parts: Iterable[tuple[str, str, bytes]]) -> bytes:
    """One PDF of all parts, in their order; the same parts make the same bytes.

    Shape: ``parts`` are name, media type and content; pictures and PDFs only.
    Raises: PagesNotJoined, PictureDamaged.
    """
    with pikepdf.new() as whole:
        for name, media_type, content in parts:
            pages = content if media_type == "application/pdf" else picture_page(name, content)
            try:
                with pikepdf.open(io.BytesIO(pages)) as part:
                    whole.pages.extend(part.pages)
            except (pikepdf.PdfError, pikepdf.PasswordError, ValueError) as error:
                raise PagesNotJoined(name=name, field="files") from error
        made = io.BytesIO()
        whole.save(made, deterministic_id=True)
    return made.getvalue()


def picture_page(name: str, content: bytes) -> bytes:
    """A picture as one upright page of A4, its own bytes inside where the form allows.

    Raises: PictureDamaged.
    """
    layout = img2pdf.get_layout_fun(A4_POINTS, fit=img2pdf.FitMode.into, auto_orient=True)
    try:
        return bytes(
            img2pdf.convert(
                _opaque(content), layout_fun=layout, rotation=img2pdf.Rotation.ifvalid, nodate=True
            )
        )
    except (img2pdf.ImageOpenError, img2pdf.PdfTooLargeError, ValueError, OSError, TypeError) as error:
        raise PictureDamaged(name=name) from error


def _opaque(content: bytes) -> bytes:
    """The picture on white paper: a page has no see-through places."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if not picture.has_transparency_data:
                return content
            paper = Image.new("RGB", picture.size, "white")
            shown = picture.convert("RGBA")
            paper.paste(shown, mask=shown.getchannel("A"))
    except UnidentifiedImageError:
        return content
    made = io.BytesIO()
    paper.save(made, "PNG")
    return made.getvalue()
