"""An office served to a real browser, and a person's session handed on to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.services.server import LOOPBACK, free_ports

if TYPE_CHECKING:
    from tests.kernel.fixtures_office import Somebody


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address where a real server answers for an app, until the test is over."""
    (port,) = free_ports(1)
    server = make_server(LOOPBACK, port, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{LOOPBACK}:{port}"
    server.shutdown()
    thread.join()
    server.server_close()


def signed_in(page: Page, person: Somebody, address: str) -> None:
    """Let a real browser go on where the person's own left off."""
    cookie = person.browser.get_cookie("session", domain="localhost")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
