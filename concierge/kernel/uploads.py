"""Which addresses take files, and how much they may be sent; everywhere else a request stays small."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_login import current_user

from concierge.kernel.web import is_public

Method = TypeVar("Method", bound=Callable[..., Any])


def takes_files(method: Method) -> Method:
    """Let an address be sent files, up to the limit of the settings, by whoever is signed in.

    Shape: stands below ``allowed``; on a public page it lifts the limit for everybody, so that page must know
        whom it lets in.
    """
    vars(method)["takes_files"] = True
    return method


def takes_files_if(may_send: Callable[[], bool]) -> Callable[[Method], Method]:
    """The same for a page without logins: ``may_send`` looks at the cookies, before the body is read."""

    def marked(method: Method) -> Method:
        vars(method)["takes_files"] = may_send
        return method

    return marked


def make_room(app: Flask) -> None:
    """Raise the limit of a request where files are taken. Comes before whatever reads a form."""
    app.before_request(_raise_limit)


def _raise_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    taken = getattr(view, "takes_files", False)
    if callable(taken):
        taken = taken()
    if taken and (is_public() or current_user.is_authenticated):
        request.max_content_length = current_app.config["CONCIERGE"].largest_request_bytes
