"""docker-compose.yml as Compose reads it, and its parts on this machine: same commands, same settings."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

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


def command_here(service: Mapping[str, Any]) -> list[str]:
    """A service's command as this machine runs it: the image's entry point is ``python run.py``."""
    return [sys.executable, str(ROOT / "run.py"), *service["command"]]


def environment_here(service: Mapping[str, Any], servers: Mapping[str, str]) -> dict[str, str]:
    """A service's settings with the addresses of servers here in place of those in the file.

    ``servers`` maps settings to addresses, as in ``{"CONCIERGE_DATABASE_URL": postgres_url}``.
    """
    unknown = servers.keys() - service["environment"].keys()
    assert not unknown, f"docker-compose.yml does not set {sorted(unknown)}"
    return {**service["environment"], **servers}


def _text() -> str:
    lines = (ROOT / "docker-compose.yml").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))
