"""The few marks every chart is made of, as SVG text: numbers, words, waves and arrowheads.

Geometry stands in attributes and colour in classes, so that a page may forbid inline style altogether.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from math import ceil

_HALF_WAVE = 7
_LONG_HALF_WAVE = 16
_LONG_FROM = 900.0
_WIDE_FROM = "\u2e80"
_NARROW = frozenset("iljtfr.,:;'|!()[] ·-")
_BROAD = frozenset("mwMW%@—…")
_MOST_PLACES = 16_384
_MOST_WORDS = 4096  # the same names and days are measured and drawn again on every page


@lru_cache(maxsize=_MOST_PLACES)
def num(value: float) -> str:
    """A coordinate in as few characters as a tenth of a pixel needs."""
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


@lru_cache(maxsize=_MOST_WORDS)
def safe(text: str) -> str:
    """Text or attribute value that cannot break out of its element."""
    printable = "".join(sign if sign >= " " or sign in "\t\n" else "\ufffd" for sign in text)
    return escape(
        "".join(
            "\ufffd" if "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff" else sign for sign in printable
        )
    )


@lru_cache(maxsize=_MOST_WORDS)
def text_width(text: str, size: float) -> float:
    """How wide a text will be, near enough to keep it off its neighbours.

    Units: pixels, of a type ``size`` pixels high.
    """
    return size * sum(_share(sign) for sign in text)


def _share(sign: str) -> float:
    if sign >= _WIDE_FROM:
        return 1.0
    if sign in _NARROW:
        return 0.32
    return 0.86 if sign in _BROAD else 0.69 if sign.isupper() else 0.56


@lru_cache(maxsize=_MOST_WORDS)
def fitted(text: str, size: float, width: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def label(text: str, x: float, y: float, classes: str = "", anchor: str = "") -> str:
    """One line of text."""
    named = f' class="{classes}"' if classes else ""
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    height = f' y="{num(y)}"' if y else ""
    return f'<text{named} x="{num(x)}"{height}{anchored}>{safe(text)}</text>'


def path(d: str, classes: str, *, title: str = "", number: int | None = None) -> str:
    """One line or shape; ``title`` is what pointing at it says, ``number`` the step it belongs to."""
    named = f' class="{classes}"' if classes else ""
    named += f' data-no="{number}"' if number is not None else ""
    return f'<path{named} d="{d}"><title>{safe(title)}</title></path>' if title else f'<path{named} d="{d}"/>'


def box(classes: str, *, x: float, y: float, width: float, height: float, extra: str = "") -> str:
    """One rectangle."""
    named = f' class="{classes}"' if classes else ""
    return (
        f'<rect{named} x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
        f"{' ' + extra if extra else ''}/>"
    )


def wave_path(width: float, half: int = _HALF_WAVE) -> str:
    """The path of a wavy line to the right, the sign for float; ``half`` is half a wave in pixels."""
    return f"q{num(half / 2)}-4 {half} 0t" + " ".join([f"{half} 0"] * max(round(width / half) - 1, 1))


class Waves:
    """The wavy lines of one picture: one long line, of which each float shows as much as it lasts.

    A filled pattern would be shorter to write, but browsers print patterns as coarse images.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.longest = 0.0

    def line(self, x0: float, x1: float, y: float) -> str:
        """A wavy line from x0 to x1."""
        if x1 - x0 < 1:
            return ""
        self.longest = max(self.longest, x1 - x0)
        shown = f'stroke-dasharray="{num(x1 - x0)} 9999"'
        return f'<use href="#{self.prefix}-w" x="{num(x0)}" y="{num(y)}" {shown}/>'

    def definition(self) -> str:
        """The long line all others are taken from; asked for when all are drawn."""
        if not self.longest:
            return ""
        half = _LONG_HALF_WAVE if self.longest > _LONG_FROM else _HALF_WAVE  # a long wave is many bytes
        whole = max(ceil(self.longest / half), 2) * half
        drawn = wave_path(whole, half)
        return f'<path id="{self.prefix}-w" class="w-float" pathLength="{whole}" d="M0 0{drawn}"/>'


def pattern(tile_id: str, size: float, inside: str, *, is_tilted: bool = False) -> str:
    """A square tile to fill shapes with."""
    tilt = ' patternTransform="rotate(45)"' if is_tilted else ""
    square = f'width="{num(size)}" height="{num(size)}"'
    return f'<pattern id="{tile_id}" {square} patternUnits="userSpaceOnUse"{tilt}>{inside}</pattern>'


def arrowhead(x: float, y: float, towards: str, *, size: float = 6) -> str:
    """The path of an arrowhead whose tip is at (x, y); ``towards`` is r, l, d or u."""
    long, half = num(size), num(size * 0.56)
    wide = num(size * 1.12)
    if towards == "r":
        return f"M{num(x)} {num(y)}l-{long}-{half}v{wide}z"
    if towards == "l":
        return f"M{num(x)} {num(y)}l{long}-{half}v{wide}z"
    sign = "-" if towards == "d" else ""
    return f"M{num(x)} {num(y)}l-{half} {sign}{long}h{wide}z"


def diamond(x: float, y: float, half: float = 6) -> str:
    """The path of a milestone's diamond around (x, y)."""
    h = num(half)
    return f"M{num(x)} {num(y - half)}l{h} {h}l-{h} {h}l-{h}-{h}z"


def picture(
    prefix: str, classes: str, size: tuple[float, float], title: str, desc: str, inside: list[str]
) -> str:
    """A whole picture with its name for people who cannot see it."""
    width, height = num(size[0]), num(size[1])
    role = "group" if any("<a " in part for part in inside) else "img"  # an image hides the links in it
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="{role}" aria-labelledby="{prefix}-t {prefix}-d">'
        f'<title id="{prefix}-t">{safe(title)}</title><desc id="{prefix}-d">{safe(desc)}</desc>'
        + "\n".join(part for part in inside if part)
        + "</svg>"
    )
