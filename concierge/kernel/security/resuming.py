"""A form sent after the login had ended: what was typed is carried through signing in, then sent by a button.

Pages are kept in no cache, so a browser's way back would show an empty form. The fields travel in the sign-in
form itself; they are sent again only by the person's own click, with a fresh token, to a path of ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Request

from concierge.kernel.security.doors import safe_next

LARGEST_KEPT_BYTES = 200_000
NEVER_KEPT = frozenset({"csrf_token", "password", "present", "again", "kept"})


@dataclass(frozen=True)
class Unsent:
    """A form that waits to be sent again: where to, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def packed(self) -> str:
        """As text for a hidden field."""
        return json.dumps([self.path, self.fields], ensure_ascii=False)


def unsent(request: Request) -> Unsent | None:
    """The form in a request that came too late; None when there is nothing to keep, or too much of it."""
    if request.method != "POST" or not request.form:
        return None
    fields = tuple((name, text) for name, text in request.form.items(multi=True) if name not in NEVER_KEPT)
    found = Unsent(request.full_path.rstrip("?"), fields)
    return found if fields and len(found.packed().encode()) <= LARGEST_KEPT_BYTES else None


def unpacked(text: str) -> Unsent | None:
    """The form in a hidden field; None for whatever else is in there."""
    try:
        path, fields = json.loads(text)
        found = Unsent(safe_next(path) or "", tuple((str(name), str(value)) for name, value in fields))
    except (ValueError, TypeError):
        return None
    return found if found.path and found.fields and not {name for name, _ in fields} & NEVER_KEPT else None
