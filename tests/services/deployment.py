"""docker-compose.yml as Compose reads it, and its parts on this machine: same commands, same settings."""

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml

from tests.services.server import Server

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::\?(?P<demand>[^}]*))?\}")


class VariableMissing(LookupError):
    """The environment lacks what the file demands; Compose would refuse to start."""


def required_variables() -> set[str]:
    """The variables the file takes from the environment."""
    return {match["name"] for match in VARIABLE.finditer(_text())}


def composed(environment: Mapping[str, str]) -> dict[str, Any]:
    """The file with its variables filled in and its anchors followed.

    Raises: VariableMissing, with the file's own words on what to set.
    """

    def fill(match: re.Match[str]) -> str:
        if not environment.get(match["name"]):
            raise VariableMissing(f"{match['name']}: {match['demand']}")
        return environment[match["name"]]

    filled = VARIABLE.sub(fill, _text()).replace("$$", "$")
    return {key: part for key, part in yaml.safe_load(filled).items() if not key.startswith("x-")}


def image_settings() -> dict[str, str]:
    """The settings the image comes with."""
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    return dict(re.findall(r"\b(CONCIERGE_\w+|PORT)=(\S+)", dockerfile))


class Deployment:
    """The parts of docker-compose.yml as processes of this machine, with servers of this machine.

    ``servers`` maps settings to what holds here, as in ``{"CONCIERGE_DATABASE_URL": postgres_url}``. It may
    only replace what the image or the file sets: a setting neither knows would be missing in service.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str], servers: Mapping[str, str]) -> None:
        self._folder = folder
        self._services = composed(variables)["services"]
        self._servers = servers
        self._running = ExitStack()

    def environment(self, part: str) -> dict[str, str]:
        """The environment a part runs in."""
        written = self._services[part]["environment"]
        settings = {**image_settings(), **{name: str(value) for name, value in written.items()}}
        unknown = self._servers.keys() - settings.keys()
        assert not unknown, f"neither Dockerfile nor docker-compose.yml sets {sorted(unknown)}"
        programs = sysconfig.get_path("scripts")  # the image has these on its path, too
        return {**settings, **self._servers, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}

    def run(self, part: str) -> subprocess.CompletedProcess[str]:
        """Run a part that ends by itself."""
        return subprocess.run(
            self._command(part),
            cwd=ROOT,
            env={**self.environment(part), "HOME": str(self._folder)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, part: str, is_ready: Callable[[], bool] | None = None) -> Server:
        """Start a part that serves; ready when its own health check says so, unless told otherwise."""
        folder = self._folder / part
        folder.mkdir()
        server = Server(
            folder,
            self._command(part),
            is_ready or (lambda: self.is_healthy(part)),
            environment=self.environment(part),
            working_directory=ROOT,
        )
        self._running.callback(server.stop)
        server.start()
        return server

    def is_healthy(self, part: str) -> bool:
        """What the part's own health check answers."""
        kind, *words = self._services[part]["healthcheck"]["test"]
        port = self._servers["PORT"]
        words = [
            word.replace(":8080/", f":{port}/").replace("$HOSTNAME", os.uname().nodename) for word in words
        ]
        command = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
        checked = subprocess.run(
            command, cwd=ROOT, env=self.environment(part), capture_output=True, timeout=30, check=False
        )
        return checked.returncode == 0

    def has_said(self, part: str, words: str) -> bool:
        """Whether a started part has written these words to its log."""
        return words in (self._folder / part / "log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Stop what was started, last first."""
        self._running.close()

    def _command(self, part: str) -> list[str]:
        return [sys.executable, str(ROOT / "run.py"), *self._services[part]["command"]]


def _text() -> str:
    lines = (ROOT / "docker-compose.yml").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))
