"""Charts in a page: our own SVG turned into dots, standing in a line, with words for who cannot see it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import resvg_py
from docx.opc.part import XmlPart
from markupsafe import Markup

from documents.press.drawings import inline_picture

DOTS_WIDE = 1800  # 154 mm wide: 297 dots an inch
TEXT_WIDTH_MM = 156
KEPT_PICTURES = 64
_page: ContextVar[Any] = ContextVar("page being filled", default=None)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)


class PictureBroken(ValueError):
    """A chart that cannot be drawn."""


@dataclass(frozen=True)
class Picture:
    """A chart by name. Shape: ``svg`` is text of our own drawing, never anything a person sent in."""

    name: str
    svg: str

    @property
    def told(self) -> str:
        """What the chart shows, in words: its own title, or its name."""
        found = _TITLE.search(self.svg)
        return found.group(1).strip() if found else self.name


@contextmanager
def drawing_on(page: Any) -> Iterator[None]:
    """Pictures are drawn on this page while the block runs."""
    token = _page.set(page)
    try:
        yield
    finally:
        _page.reset(token)


def at(picture: Any, width_mm: float = TEXT_WIDTH_MM) -> Markup:
    """A picture in its line, so wide. Units: millimetres.

    Raises: PictureBroken, for what is no chart.
    """
    page = _page.get()
    if not isinstance(picture, Picture) or page is None:
        raise PictureBroken("only a chart of the facts can be drawn, and only on a page")
    part: XmlPart = page.current_rendering_part
    relation, image = part.get_or_add_image(io.BytesIO(dots(picture.svg)))  # type: ignore[attr-defined]  # a story part has it
    height_mm = width_mm * image.px_height / image.px_width
    told = inline_picture(
        relation, width_mm=width_mm, height_mm=height_mm, name=picture.name, told=picture.told
    )
    return Markup(told)  # noqa: S704  (names are quoted, the rest is ours)


@lru_cache(maxsize=KEPT_PICTURES)
def dots(svg: str) -> bytes:
    """An SVG as PNG, white behind it. Raises: PictureBroken."""
    try:
        drawn: bytes = resvg_py.svg_to_bytes(svg_string=svg, width=DOTS_WIDE, background="#ffffff")
    except ValueError as error:
        raise PictureBroken(str(error)) from error
    return bytes(drawn)
