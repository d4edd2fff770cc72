"""Calendar programs of other makers, as they are: each fetches or reads a calendar and says what it saw."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CLIENTS = Path(__file__).parent / "clients"
MODULES = Path(sys.prefix) / "clients" / "node_modules"
BESIDE_PYTHON = Path(sys.executable).parent
LIMIT_SECONDS = 60


@dataclass(frozen=True)
class Seen:
    """One entry as a program saw it. Shape: ``begins`` is a day, or a moment in UTC."""

    uid: str
    summary: str
    status: str
    sequence: int
    is_day: bool
    begins: str
    ends: str | None


@dataclass(frozen=True)
class SeenCalendar:
    """A calendar as a program saw it, with what the program complains of."""

    name: str
    entries: tuple[Seen, ...]
    faults: tuple[str, ...] = ()


def by_ical_js(file: Path) -> SeenCalendar:
    """What ical.js makes of a file: the parser of Thunderbird."""
    return _told(["node", CLIENTS / "read.mjs", file, MODULES.parent])


def by_sabre(file: Path) -> SeenCalendar:
    """What sabre/vobject makes of a file: the parser of Nextcloud; it validates too."""
    return _told(["php", CLIENTS / "read.php", file])


def synchronised(address: str, folder: Path) -> list[Path]:
    """The items vdirsyncer keeps of a subscription, after two rounds; the second finds nothing to do."""
    items, status = folder / "items", folder / "status"
    items.mkdir(exist_ok=True)
    settings = folder / "vdirsyncer.conf"
    settings.write_text(
        f'[general]\nstatus_path = "{status}"\n'
        '[pair feed]\na = "remote"\nb = "local"\ncollections = null\nconflict_resolution = "a wins"\n'
        f'[storage remote]\ntype = "http"\nurl = "{address}"\n'
        f'[storage local]\ntype = "filesystem"\npath = "{items}"\nfileext = ".ics"\n',
        encoding="utf-8",
    )
    if not status.exists():
        run([BESIDE_PYTHON / "vdirsyncer", "-c", settings, "discover", "feed"], typed="y\n")
    run([BESIDE_PYTHON / "vdirsyncer", "-c", settings, "sync", "feed"])
    before = {path: path.stat().st_mtime_ns for path in items.iterdir()}
    run([BESIDE_PYTHON / "vdirsyncer", "-c", settings, "sync", "feed"])
    after = {path: path.stat().st_mtime_ns for path in items.iterdir()}
    assert before == after, "the second round changed something"
    return sorted(items.iterdir())


def listed(items: Path, first: str, days: int) -> str:
    """What khal shows of such items from a day on."""
    settings = items.parent / "khal.conf"
    settings.write_text(
        f"[calendars]\n[[feed]]\npath = {items}\nreadonly = True\n"
        f"[sqlite]\npath = {items.parent / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Asia/Shanghai\ndefault_timezone = Asia/Shanghai\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )
    wanted = ["list", "--format", "{start-end-time-style}|{title}|{location}", first, f"{days}d"]
    return run([BESIDE_PYTHON / "khal", "--color", "-c", settings, *wanted])


def run(command: list[object], *, typed: str = "") -> str:
    """Run a program; answers what it printed.

    Raises: AssertionError, with what it complained of; FileNotFoundError, saying how to install it.
    """
    words = [str(word) for word in command]
    if shutil.which(words[0]) is None:
        raise FileNotFoundError(f"{words[0]} is not here: run `make clients`.")
    made = subprocess.run(
        words,
        input=typed,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return made.stdout


def _told(command: list[object]) -> SeenCalendar:
    told = json.loads(run(command))
    entries = tuple(Seen(**entry) for entry in told["entries"])
    return SeenCalendar(told["name"], entries, tuple(told.get("faults", ())))
