"""The web server: gunicorn on the app, with the workers of the embedded default inside it."""

from __future__ import annotations

import errno
import json
import socket
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from concierge.kernel.config import Settings
from concierge.kernel.crew import Crew
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.tokens import without_tokens

THREADS = 8
PROCESSES = 2  # on PostgreSQL; SQLite has one writer, so one process
GRACE_SECONDS = 20
ACCESS_FORMAT = '%(h)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms'


class AccessLog(Logger):
    """A line for each request, without query strings and without the keys some addresses carry."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What a line may say."""
        told: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        told["U"] = without_tokens(str(told["U"]))
        return told


class WebServer(BaseApplication):
    """Gunicorn, told by us alone: no configuration file, no control socket, no trust in forwarded headers."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._crew: Crew | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        for name, value in {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": "gthread",
            "workers": 1 if self._settings.is_embedded else PROCESSES,
            "threads": THREADS,
            "graceful_timeout": GRACE_SECONDS,
            "timeout": 60,
            "keepalive": 5,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # the app counts its proxies itself (CONCIERGE_PROXY_HOPS)
            "accesslog": "-",
            "access_log_format": ACCESS_FORMAT,
            "logger_class": AccessLog,
            "loglevel": self._settings.log_level.lower(),
            "post_worker_init": self._begin_work,
            "worker_exit": self._end_work,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app, made before the processes part."""
        return self._app

    def _begin_work(self, _worker: Any) -> None:
        if self._settings.broker_url:  # the jobs are others'
            self._crew = Crew(self._app, hands=0, keeps_time=False)
        else:
            self._crew = Crew(self._app)
        self._crew.start()

    def _end_work(self, _server: Any, _worker: Any) -> None:
        if self._crew:
            self._crew.stop(limit_seconds=GRACE_SECONDS / 2)


class PortBusy(Refusal):
    """Another program listens where we should."""

    message = N_("Port %(port)s of %(host)s is taken. Stop the other program, or choose one: PORT=%(next)s.")


def refuse_busy_port(settings: Settings) -> None:
    """Say so at once when the port is taken, not after a long set-up.

    Raises: PortBusy.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise PortBusy(port=settings.port, host=settings.host, next=settings.port + 1) from None


def serve(app: Flask, settings: Settings) -> None:
    """Serve until told to stop.

    Effects: no connection opened before is shared with the processes that serve.
    """
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    WebServer(app, settings).run()


def accounts(settings: Settings) -> list[tuple[str, str, str]]:
    """The accounts of the demonstration, if it is loaded.

    Shape: (role, user name, password) each.
    """
    notes = settings.home / "demo.json"
    if not notes.exists():
        return []
    told = json.loads(notes.read_text(encoding="utf-8"))
    return [(one["role"], one["username"], one["password"]) for one in told["accounts"]]
