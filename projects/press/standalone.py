"""A chart as a file of its own: its colours inside, several drawings one under the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from projects.press.svg import num, safe

_GAP = 28.0
_TITLE = 22.0
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


def standalone(drawings: Sequence[tuple[str, str]], lang: str) -> str:
    """The drawings as one SVG file that shows the same without our style sheets.

    Shape: each drawing is its title (empty for none) and its SVG; there is at least one.
    """
    placed: list[str] = []
    width = y = 0.0
    for title, svg in drawings:
        found = _SIZE.search(svg)
        if found is None:
            raise ValueError("a drawing must say its width and height")
        if title:
            placed.append(f'<text x="8" y="{num(y + 15)}" class="bd-title">{safe(title)}</text>')
            y += _TITLE
        placed.append(svg.replace("<svg ", f'<svg y="{num(y)}" ', 1))
        width = max(width, float(found[1]))
        y += float(found[2]) + _GAP
    height = num(y - _GAP)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="{safe(lang)}" viewBox="0 0 {num(width)} {height}"'
        f' width="{num(width)}" height="{height}">\n<style>{_style()}</style>\n'
        f'<rect width="{num(width)}" height="{height}" fill="#fff"/>\n' + "\n".join(placed) + "\n</svg>\n"
    )


@cache
def _style() -> str:
    """The colours of the screens: the custom properties of the shell, and the charts' own sheet."""
    folder = files("concierge.kernel") / "static" / "concierge"
    shell = (folder / "app.css").read_text(encoding="utf-8")
    charts = (folder / "charts.css").read_text(encoding="utf-8")
    root = re.search(r":root\{.*?\n\}", shell, re.DOTALL)
    sheet = f"{root[0] if root else ''}\n{charts}\n.bd-title{{font:600 14px var(--sans);fill:var(--ink-1)}}"
    return safe(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
