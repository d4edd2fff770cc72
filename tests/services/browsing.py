"""An office served to a real browser, and a person's session handed on to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.services.server import LOOPBACK, free_ports

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from tests.kernel.fixtures_office import Somebody


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address where a real server answers for an app, until the test is over."""
    (port,) = free_ports(1)
    server = make_server(LOOPBACK, port, _in_one_piece(app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{LOOPBACK}:{port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _in_one_piece(app: WSGIApplication) -> WSGIApplication:
    """The app with its answers read and closed before they are sent.

    A browser that goes on breaks off what it was loading. The server of Werkzeug then leaves a file it was
    sending open, and the warning of that fails whatever test is running.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = app(environ, start_response)
        try:
            return list(body)
        finally:
            if hasattr(body, "close"):
                body.close()

    return answer


def inspect_page(page: Page, where: object) -> None:
    """Nothing axe finds fault with on a page, nothing wider than its window."""
    page.wait_for_load_state()
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == [], where
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"), where


def signed_in(page: Page, person: Somebody, address: str) -> None:
    """Let a real browser go on where the person's own left off."""
    cookie = person.browser.get_cookie("session", domain="localhost")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
