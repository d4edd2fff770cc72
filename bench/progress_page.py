"""The enterprise's page: requests a second of two workers, and of the same server handing out a file.

Two processes serve the same app behind one port, as gunicorn would; the page is asked for by a visitor who
opened a link, over a socket, from as many threads as keep both workers busy. The file is the office's own
style sheet, given out by the same server. The ratio is what the page costs; its weight is told beside it.
"""

from __future__ import annotations

import http.client
import multiprocessing
import socket
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

from bench.event_service import office, populate
from bench.table import Table
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.progress.rules.links import LinkTerms
from concierge.progress.services.make_link import make_link
from projects.models.project import Project

PROJECTS = 50
WORKERS = 2
ASKERS = 4
SECONDS = 6.0
WARM_UP = 5
FILE = "/static/concierge/mark.svg"
HOST = "127.0.0.1"


def measure() -> Table:
    """Answers a second, of the page and of a file by the same server."""
    with office() as app:
        populate(PROJECTS)
        app.appbuilder.sm.limiter.enabled = False  # type: ignore[attr-defined]  # one asker stands for many
        project_id = db.session.query(Project.id).order_by(Project.id).limit(1).scalar()
        _, minted = make_link(LinkTerms(project_id=project_id, recipient="王工"), by=SYSTEM)
        db.session.remove()
        db.engine.dispose()
        with _served(app) as port:
            path, cookie = _opened(port, minted.token)
            body = _ask(port, path, cookie)
            rows = [(name, *_rates(port, where, cookie)) for name, where in (("page", path), ("file", FILE))]
    page, file = rows[0], rows[1]
    return Table(
        f"The enterprise's page: answers a second, {WORKERS} workers",
        f"{WORKERS} processes behind one port, SQLite in a file, {ASKERS} visitors asking for {SECONDS:.0f} s"
        f" over a socket; the page weighs {len(body) / 1024:.0f} kB without pictures (the bound is 60). The "
        "file is handed out by the same server. The ratio is file to page.",
        ("asked for", "answers a second", "ratio to the file"),
        [
            (page[0], f"{page[1]:,.1f}", f"1 : {file[1] / page[1]:,.0f}"),
            (file[0], f"{file[1]:,.0f}", "1"),
        ],
    )


@contextmanager
def _served(app: Flask) -> Any:
    """As many processes as there are workers on one listening socket; answers its port."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, 0))
    listening.listen(128)
    port = listening.getsockname()[1]
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_work, args=(app, listening.fileno(), port)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    try:
        yield port
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
        listening.close()


def _work(app: Flask, fd: int, port: int) -> None:
    import logging

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    make_server(HOST, port, app, threaded=False, fd=fd).serve_forever()


def _opened(port: int, token: str) -> tuple[str, str]:
    """The address a link leads to, and the visit's cookie."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", f"/p/{token}")
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise RuntimeError(f"the link answered {answer.status}")
    return answer.headers["Location"], answer.headers["Set-Cookie"].partition(";")[0]


def _ask(port: int, path: str, cookie: str) -> bytes:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body


def _rates(port: int, path: str, cookie: str) -> tuple[float]:
    for _ in range(WARM_UP):
        _ask(port, path, cookie)
    counted = [0] * ASKERS
    until = time.monotonic() + SECONDS

    def asking(place: int) -> Callable[[], None]:
        def run() -> None:
            while time.monotonic() < until:
                _ask(port, path, cookie)
                counted[place] += 1

        return run

    askers = [threading.Thread(target=asking(place)) for place in range(ASKERS)]
    began = time.monotonic()
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    return (sum(counted) / (time.monotonic() - began),)


if __name__ == "__main__":
    import sys

    sys.stdout.write(measure().as_markdown() + "\n")
