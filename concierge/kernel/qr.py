"""An address as a QR code, drawn here: it holds the address and nothing else."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET_ZONE = 4  # modules of white around the code, as its standard asks


def qr(address: str) -> Markup:
    """The code as SVG without colours or sizes of its own.

    Source: PL-13.
    """
    made = segno.make(address, micro=False, error="m")
    svg = made.svg_inline(scale=1, border=QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704  (drawn by the library from an address of our own making)
