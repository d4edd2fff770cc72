"""`make bench`: measure every section, print the tables, and keep them in bench/results.md.

A section is a module of this folder with a function that returns a ``Table``; it is listed in ``SECTIONS``.
Ratios are taken within one run on one machine; the times beside them are only there to make sense of the
ratios.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench import (
    cover,
    critical_path,
    documents,
    eligibility,
    event_page,
    event_service,
    feed_contract,
    feed_service,
    peers,
    portfolios,
    progress_page,
    psplib,
)
from bench.table import Table

RESULTS = Path(__file__).parent / "results.md"
KEPT_RUNS = 10
HEAD = "# Measurements\n\nWritten by `make bench`, newest first, one entry per commit.\n"

SECTIONS: tuple[Callable[[], Table], ...] = (
    critical_path.measure,
    psplib.by_schedules,
    psplib.by_seconds,
    portfolios.quick,
    portfolios.events,
    portfolios.stability,
    event_service.measure,
    event_page.measure,
    cover.measure,
    documents.measure,
    eligibility.measure,
    feed_contract.measure,
    feed_service.measure,
    progress_page.measure,
    peers.measure,
)


def main() -> None:
    """Measure, print and keep."""
    tables = [section().as_markdown() for section in SECTIONS]
    label = _label()
    entry = "\n\n".join([f"## {label}", *tables])
    sys.stdout.write(entry + "\n")
    older = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:] if RESULTS.exists() else []
    kept = [f"## {run.strip()}" for run in older if run.split("\n", 1)[0] != label][: KEPT_RUNS - 1]
    RESULTS.write_text("\n\n".join([HEAD.strip(), entry, *kept]) + "\n", encoding="utf-8")


def _label() -> str:
    git = shutil.which("git")
    commit = "no commit"
    if git:
        asked = subprocess.run(  # noqa: S603 - a fixed command
            [git, "log", "-1", "--format=%h, %cs"],
            capture_output=True,
            text=True,
            check=False,
            cwd=RESULTS.parent,
        )
        commit = asked.stdout.strip() or commit
    return f"{commit}; Python {platform.python_version()}, {platform.machine()}"


if __name__ == "__main__":
    main()
