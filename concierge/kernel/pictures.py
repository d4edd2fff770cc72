"""Whether a picture is whole and of a size a person can look at."""

from __future__ import annotations

import struct
import warnings
import zlib
from typing import IO

from PIL import Image, UnidentifiedImageError

from concierge.kernel.errors import N_, Invalid

MOST_PIXELS = 250_000_000  # a map of A0 scanned at 400 dpi


class PictureDamaged(Invalid):
    """A picture that cannot be shown."""

    message = N_("“%(name)s” is a damaged picture. Take or scan it again and send that.")


class PictureTooLarge(Invalid):
    """A picture made to fill the memory of whoever opens it."""

    message = N_("“%(name)s” has %(megapixels)s million pixels. Scan it at a lower resolution.")


def look(stream: IO[bytes], name: str) -> None:
    """Look whether a picture is whole.

    Raises: PictureDamaged, PictureTooLarge.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is ours
            with Image.open(stream, formats=("JPEG", "PNG")) as picture:
                width, height = picture.size
                picture.verify()
    except (
        UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error,
        Image.DecompressionBombError,
    ) as error:  # fmt: skip
        raise PictureDamaged(name=name) from error
    if width * height > MOST_PIXELS:
        raise PictureTooLarge(name=name, megapixels=width * height // 1_000_000)
