"""What a screen must be like before it is registered: better no start than a hole that stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from concierge.kernel.crud import CrudView
from concierge.kernel.errors import Misconfigured
from concierge.kernel.shell import LandingView
from concierge.kernel.web import Page


def check(view: Any) -> None:
    """Refuse a screen that is not one of ours, or leaves a way in unguarded.

    Raises: Misconfigured, naming the screen and what it lacks.
    """
    name = type(view).__name__
    if isinstance(view, LandingView):
        return
    if not isinstance(view, Page | CrudView):
        raise Misconfigured(what=f"the screen {name} is neither a Page nor a CrudView")
    if type(view).class_permission_name is None:
        raise Misconfigured(what=f"the screen {name} does not name its class_permission_name")
    open_to_everybody: frozenset[str] = getattr(view, "open_to_everybody", frozenset())
    for method in exposed(view):
        if method not in open_to_everybody and not hasattr(getattr(view, method), "_permission_name"):
            raise Misconfigured(what=f"the screen {name} leaves {method}() open to everybody")


def exposed(view: Any) -> Iterator[str]:
    """The methods of a screen that have an address."""
    for name in dir(view):
        is_left_out = name in view.exclude_route_methods or (
            view.include_route_methods is not None and name not in view.include_route_methods
        )
        if not is_left_out and hasattr(getattr(view, name), "_urls"):
            yield name
