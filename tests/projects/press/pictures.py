"""Reading a picture back: its words, boxes and circles, as a person would see them."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from projects.press.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Seen:
    """A box on the picture."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, other: Seen) -> bool:
        """Whether two boxes share more than a hair."""
        return (
            self.x0 < other.x1 - 0.6
            and other.x0 < self.x1 - 0.6
            and self.y0 < other.y1 - 0.6
            and other.y0 < self.y1 - 0.6
        )


def parsed(svg: str) -> ET.Element:
    """The picture as elements; fails when it is not well formed."""
    return ET.fromstring(svg)  # noqa: S314  (our own drawing)


def captions(svg: str) -> list[Seen]:
    """The words of the works: the first line 12 pixels high, the second 11."""
    found = []
    for group in parsed(svg).iter():
        if group.get("class", "").startswith("wk"):
            for size, text in zip((12, 11), group.findall(f"{SVG}text"), strict=False):
                x, y, words = float(text.get("x")), float(text.get("y")), text.text or ""
                found.append(Seen(words, x, y - size + 2, x + text_width(words, size), y + 2))
    return found


def circles(svg: str) -> list[Seen]:
    """The events."""
    found = []
    for group in parsed(svg).iter(f"{SVG}g"):
        if group.get("class", "").split()[:1] != ["ev"]:
            continue
        for mark, text in zip(list(group)[::2], list(group)[1::2], strict=True):
            if mark.tag == f"{SVG}circle":
                x, y, r = (float(mark.get(name)) for name in ("cx", "cy", "r"))
                found.append(Seen(text.text, x - r, y - r, x + r, y + r))
            else:
                x, y, width = (float(mark.get(name)) for name in ("x", "y", "width"))
                found.append(Seen(text.text, x, y, x + width, y + width))
    return found


def overlapping(seen: list[Seen]) -> list[tuple[str, str]]:
    """The pairs of boxes that lie on each other."""
    return [(a.text, b.text) for at, a in enumerate(seen) for b in seen[at + 1 :] if a.overlaps(b)]
