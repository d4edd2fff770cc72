"""Handing a stored file to a browser so that it can do nothing there but be read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, request

from concierge.kernel import storage
from concierge.kernel.contents import KINDS, PDF

_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
SEALED_OFF = f"{_NOTHING}; sandbox"
PDF_IN_PLACE = f"{_NOTHING}; style-src 'unsafe-inline'; object-src 'self'"


def hand_out(key: str, name: str, media_type: str, size_bytes: int, *, in_place: bool = False) -> Response:
    """Stream a stored file.

    Shape: ``in_place`` shows pictures and PDF in the browser; everything else is saved, and so is
        whatever is of a kind we do not take.
    Raises: NotOnShelf, StorageAway, SealBroken, SealedWithOtherKey, before anything is sent.
    """
    kind = KINDS.get(media_type)
    shows = in_place and kind is not None and kind.opens_in_browser
    pieces = storage.fetch(key) if request.method != "HEAD" else iter(())
    answer = Response(pieces, mimetype=media_type if kind else "application/octet-stream")
    answer.content_length = size_bytes
    named(answer, name, in_place=shows)
    # A PDF's own viewer does not run in a sandbox; a PDF that acts is refused before it is kept.
    g.content_policy = PDF_IN_PLACE if shows and kind is PDF else SEALED_OFF
    return answer


def named(answer: Response, name: str, *, in_place: bool = False) -> Response:
    """Say under which name an answer is saved, or shown where ``in_place``; in any script.

    A header is ASCII, and a server refuses to send another: RFC 6266 and RFC 8187 say how it is written.
    """
    is_plain = name.isascii() and name.isprintable()
    said = {"filename": name} if is_plain else {"filename*": f"UTF-8''{quote(name, safe='')}"}
    answer.headers.set("Content-Disposition", "inline" if in_place else "attachment", **said)
    return answer


def keep_policies(app: Flask) -> None:
    """Let a page's own policy stand in place of everybody's. Registered before the one it replaces."""
    app.after_request(_as_the_page_says)


def _as_the_page_says(response: Response) -> Any:
    policy = g.get("content_policy")
    if policy and response.status_code < 400:
        response.headers["Content-Security-Policy"] = policy
    return response
