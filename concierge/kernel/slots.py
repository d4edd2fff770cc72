"""Places in a page where addons above it may put something of their own.

A page says where a slot is: ``{{ slots("step.side", file) }}``. An addon says in its manifest what it puts
there: a function of the page's subject and the reader, answering ready-made HTML as ``Markup``, or nothing.
The page knows neither how many there are nor who they are, so a lower addon never imports a higher one.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from concierge.kernel import addon
from concierge.kernel.web import actor


def slots(name: str, subject: Any) -> Markup:
    """What the installed addons put into one slot of a page, lower addons first.

    Shape: what a function answers is escaped unless it is ``Markup``.
    Raises: Missing, when nobody is signed in.
    """
    reader = actor()
    pieces = (
        addon.resolve(function, of=installed.name)(subject, reader)
        for installed in addon.installed()
        for function in installed.slots.get(name, ())
    )
    return Markup("\n").join(piece for piece in pieces if piece)


def told_by(name: str, *facts: Any) -> Any:
    """What the first addon that fills a slot answers, None where none does: a value, no piece of a page."""
    for installed in addon.installed():
        for function in installed.slots.get(name, ()):
            return addon.resolve(function, of=installed.name)(*facts)
    return None
