"""The picture of a seal: the one the office sent, or a plain one; a trial says of itself that it is one."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

import resvg_py
from PIL import Image, UnidentifiedImageError

from concierge.kernel.errors import N_, Invalid
from documents.press.seal_keys import TRIAL

DOTS = 420
LARGEST_DOTS = 2400
RED, GREY = "#c8102e", "#5f6b76"
SEEN = 0.55  # what stands below it can be read


class StampNotTaken(Invalid):
    """A picture that cannot stand on a page."""

    message = N_(
        "The picture of the seal is a PNG with a transparent ground, as wide as it is high, 200 to 2400 dots."
        " This one is %(found)s."
    )


def read_stamp(content: bytes) -> bytes:
    """The picture an office sent, brought to the size it is printed in.

    Raises: StampNotTaken.
    """
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            wide, high = opened.size
            if not 200 <= wide <= LARGEST_DOTS or abs(wide - high) > wide // 50:
                raise StampNotTaken(found=f"{wide} × {high}")
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise StampNotTaken(found="no PNG") from None
    if picture.getchannel("A").getextrema()[0] == 255:
        raise StampNotTaken(found="PNG without transparency")
    kept = io.BytesIO()
    picture.resize((DOTS, DOTS), Image.Resampling.LANCZOS).save(kept, "PNG")
    return kept.getvalue()


def trial_stamp(office: str) -> bytes:
    """The stamp of a trial: dashed, grey and square, so that nobody takes it for a seal."""
    lines = (
        _line(TRIAL, 190, 78, GREY, is_bold=True),
        _line("不具法律效力", 262, 36, GREY),
        _line(office, 318, 24, GREY),
    )
    frame = f'<rect x="14" y="90" width="392" height="258" rx="14" {_dashed(GREY)}/>'
    return _drawn(frame + "".join(lines))


def plain_stamp(office: str, name: str) -> bytes:
    """The stamp of an office that sent no picture: its name and that of the seal in words."""
    lines = (
        _line("电子签章", 180, 44, RED, is_bold=True),
        _line(office, 238, 26, RED),
        _line(name, 286, 26, RED),
    )
    frame = (
        f'<rect x="14" y="120" width="392" height="200" rx="10" fill="none" stroke="{RED}" stroke-width="5"/>'
    )
    return _drawn(frame + "".join(lines))


def _dashed(colour: str) -> str:
    return f'fill="none" stroke="{colour}" stroke-width="6" stroke-dasharray="18 10"'


def _line(text: str, base: int, size: int, colour: str, *, is_bold: bool = False) -> str:
    """A line of the stamp, made narrower where it would not fit."""
    wide = sum(size if ord(sign) > 0xFF else size * 0.55 for sign in text)
    fits = min(size, int(size * 370 / wide)) if wide else size
    weight = ' font-weight="bold"' if is_bold else ""
    return (
        f'<text x="210" y="{base}" font-size="{fits}" font-family="Noto Sans CJK SC" text-anchor="middle"'
        f' fill="{colour}"{weight}>{escape(text)}</text>'
    )


def _drawn(inside: str) -> bytes:
    told = f'<svg xmlns="http://www.w3.org/2000/svg" width="{DOTS}" height="{DOTS}" viewBox="0 0 420 420">'
    seen = f'<g opacity="{SEEN}">{inside}</g>'
    return bytes(resvg_py.svg_to_bytes(svg_string=f"{told}{seen}</svg>", width=DOTS))
