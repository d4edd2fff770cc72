"""Photographs without what the camera wrote beside the picture: place, time, device, small copies.

The picture itself is not touched, not a pixel of it is computed anew; of the camera's notes only the way it
was held is kept, for without it the page lies on its side.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from concierge.kernel.pictures import PictureDamaged

JPEG_HEAD, PNG_HEAD = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
ORIENTATION = 0x0112
UPRIGHT = 1
EOI, SOS, EXIF = 0xD9, 0xDA, 0xE1
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
KEPT_JPEG = frozenset({0xE0, 0xE2, 0xEE})  # JFIF, colour profile, Adobe's word on colours
PROFILE = b"ICC_PROFILE\x00"
DROPPED_PNG = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def bare(content: bytes, name: str) -> bytes:
    """A JPEG or PNG without the camera's notes; anything else as it came.

    Shape: the same picture gives the same bytes.
    Raises: PictureDamaged.
    Source: PL-8: no personal data beyond what is needed.
    """
    try:
        if content.startswith(JPEG_HEAD):
            return b"".join(_bare_jpeg(content))
        if content.startswith(PNG_HEAD):
            return b"".join(_bare_png(content))
    except (IndexError, struct.error, ValueError, OSError, SyntaxError) as error:
        raise PictureDamaged(name=name) from error
    return content


def _bare_jpeg(content: bytes) -> Iterator[bytes]:
    """The segments of the first picture, without notes; smaller copies behind its end are left out."""
    yield content[:2]
    held = _held(content)
    if held != UPRIGHT:
        notes = Image.Exif()
        notes[ORIENTATION] = held
        told = notes.tobytes()
        yield bytes((0xFF, EXIF)) + struct.pack(">H", len(told) + 2) + told
    place = 2
    while place < len(content):
        place, marker, piece = _segment(content, place)
        if _is_kept(marker, piece):
            yield piece
        if marker == EOI:
            return


def _segment(content: bytes, place: int) -> tuple[int, int, bytes]:
    """One segment from here on, and where the next begins; the scan of a picture belongs to its head."""
    while content[place] == 0xFF and content[place + 1] == 0xFF:
        place += 1  # fill bytes
    if content[place] != 0xFF:
        raise ValueError("no marker where one should be")
    marker = content[place + 1]
    if marker == EOI or marker in ALONE:
        return place + 2, marker, content[place : place + 2]
    end = place + 2 + struct.unpack_from(">H", content, place + 2)[0]
    if marker == SOS:
        end = _scan_end(content, end)
    return end, marker, content[place:end]


def _scan_end(content: bytes, place: int) -> int:
    """Where the next marker stands that is none of the scan's own."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] != 0 and content[place + 1] not in ALONE:
            return place
        place += 2


def _is_kept(marker: int, piece: bytes) -> bool:
    if marker == 0xE2:
        return piece[4:].startswith(PROFILE)  # the rest lists the smaller copies
    is_note = 0xE0 <= marker <= 0xEF or marker == 0xFE
    return not is_note or marker in KEPT_JPEG


def _held(content: bytes) -> int:
    """How the camera was held, by its own notes."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            held = picture.getexif().get(ORIENTATION, UPRIGHT)
    except UnidentifiedImageError:
        return UPRIGHT
    return held if held in range(UPRIGHT, 9) else UPRIGHT


def _bare_png(content: bytes) -> Iterator[bytes]:
    yield PNG_HEAD
    place = len(PNG_HEAD)
    while place < len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise ValueError("a piece longer than the file")
        if kind not in DROPPED_PNG:
            yield content[place:end]
        if kind == b"IEND":
            return
        place = end
