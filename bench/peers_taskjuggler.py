"""The same portfolio for TaskJuggler: one person for each place of a bench, one hour for each working day.

Its tasks may be interrupted, ours may not, so its problem is the easier one.
"""

from __future__ import annotations

import csv
import resource
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.portfolio.demands import Portfolio, Project

_BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
_STAMP = "%Y-%m-%d-%H:%M"


@dataclass(frozen=True)
class Answer:
    """What TaskJuggler made of a portfolio. Units: working days past the promises; CPU seconds."""

    tardiness: int
    seconds: float


def installed() -> str | None:
    """Where ``tj3`` is, if it is."""
    return shutil.which("tj3")


def planned(portfolio: Portfolio) -> Answer | None:
    """TaskJuggler's plan, or None where it is not installed or finds none."""
    program = installed()
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "portfolio.tjp").write_text(as_tjp(portfolio), encoding="utf-8")
        before = _children()
        run = subprocess.run(  # noqa: S603 - a fixed command
            [program, "--silent", "--no-color", "portfolio.tjp"], cwd=folder, capture_output=True, check=False
        )
        seconds = _children() - before
        if run.returncode or not (folder / "ends.csv").exists():
            return None
        return Answer(_tardiness(portfolio, folder / "ends.csv"), seconds)


def as_tjp(portfolio: Portfolio) -> str:
    """The portfolio in TaskJuggler's own words."""
    places = {bench.key: bench.places for bench in portfolio.benches if isinstance(bench.places, int)}
    people = {key: [f"{key}_{k}" for k in range(count)] for key, count in places.items()}
    last = _at(portfolio.horizon)
    lines = [
        f'project portfolio "Portfolio" {_BEGIN.strftime(_STAMP)} - {last} {{',
        '  timezone "UTC"\n  timingresolution 60min\n  dailyworkinghours 24\n  yearlyworkingdays 365',
        "  workinghours mon - sun 0:00 - 24:00\n}",
        *(f'resource {person} "{person}" {{}}' for persons in people.values() for person in persons),
        *(line for project in portfolio.projects for line in _task(project, people)),
        'taskreport ends "ends" {\n  formats csv\n  columns id, end',
        f'  timeformat "{_STAMP}"\n  hidetask ~isleaf()\n}}',
    ]
    return "\n".join(lines) + "\n"


def _task(project: Project, people: dict[str, list[str]]) -> list[str]:
    lines = [f'task {project.key} "{project.key}" {{']
    before: dict[str, list[str]] = {}
    for gate in project.problem.precedences:
        before.setdefault(gate.successor, []).append(f"!{gate.predecessor}")
    for step in project.problem.steps:
        days, demand = step.nominal_handling, project.demands.get(step.key)
        lines.append(f'  task {step.key} "{step.key}" {{')
        if step.key in before:
            lines.append(f"    depends {', '.join(before[step.key])}")
        else:
            lines.append(f"    start {_at(project.release)}")
        if days and demand is not None and demand.bench is not None:
            first, *others = people[demand.bench]
            lines.append(f"    effort {days}h")
            lines.append(f"    allocate {first} {{ alternative {', '.join(others)} persistent mandatory }}")
        lines.append("  }")
    return [*lines, "}"]


def _tardiness(portfolio: Portfolio, report: Path) -> int:
    with report.open(encoding="utf-8", newline="") as file:
        ends = {row["Id"].strip('"'): row["End"] for row in csv.DictReader(file, delimiter=";")}
    total = 0
    for project in portfolio.projects:
        end = datetime.strptime(ends[f"{project.key}.{project.target}"], _STAMP).replace(tzinfo=UTC)
        total += max(0, int((end - _BEGIN) / timedelta(hours=1)) - (project.due or 0))
    return total


def _at(point: int) -> str:
    return (_BEGIN + timedelta(hours=point)).strftime(_STAMP)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
