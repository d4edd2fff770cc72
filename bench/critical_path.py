"""Dates, floats and drivers of one project and of a thousand, beside plain NetworkX."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import scheduler
from bench import plain_networkx
from bench.clocked import seconds
from bench.instances import project
from bench.table import Table

TARGETS = ("construction-permit", "construction-start")
CHECKED = 200
"""So many projects of each kind are compared number by number before the timing."""
DAY0 = date(2026, 4, 15)
HOLIDAYS = Path(__file__).parent.parent / "approvals" / "data" / "holidays.csv"

Project = tuple[list[scheduler.Step], list[scheduler.Precedence]]


def measure() -> Table:
    """Time the planners on the same projects, after checking that they agree on every number."""
    rules = _rules()
    axis = scheduler.WorkCalendar(rules, {rule.on.year for rule in rules}).axis(DAY0)
    nominal = scheduler.NominalAxis()
    stepped = plain_networkx.SteppedLine(rules, DAY0)
    many = [project(seed) for seed in range(1000)]
    shared, shared_nominal = plain_networkx.SharedLine(axis), plain_networkx.SharedLine(nominal)
    rows = []
    for name, projects, effort in (("1 project", many[:1], (20, 10)), ("1,000 projects", many, (1, 1))):
        rows += _rows(f"{name}, lawful dates", projects, axis, stepped, effort)
        rows += _rows(f"{name}, same axis", projects, axis, shared, effort)
        rows += _rows(f"{name}, nominal axis", projects, nominal, shared_nominal, effort)
    return Table(
        "Dates of a project of 60 steps",
        "Early and late dates, both floats and the driver of every step, with both gates, tails and mixed\n"
        "calendars. “Dates” starts from the built problem or graph; “from objects” builds and checks it\n"
        "first. Lawful dates: NetworkX steps over civil days, as such a program is plainly written. Same\n"
        "axis and nominal axis: it is lent ours, so only the graph is compared. All agree on every number\n"
        "before they are timed; they take turns in one process; CPU time of the best round.",
        ("instance", "measured", "scheduler", "plain NetworkX", "ratio"),
        rows,
    )


def _rules() -> list[scheduler.DayRule]:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return [
            scheduler.DayRule(date.fromisoformat(line["date"]), line["is_workday"] == "yes", line["kind"])
            for line in csv.DictReader(file)
        ]


def _rows(
    instance: str,
    projects: Sequence[Project],
    axis: scheduler.Axis,
    line: plain_networkx.Line,
    effort: tuple[int, int],
) -> list[list[str]]:
    problems = [scheduler.Problem(steps, precedences, TARGETS) for steps, precedences in projects]
    graphs = [plain_networkx.build(steps, precedences) for steps, precedences in projects]
    for problem, graph in zip(problems[:CHECKED], graphs[:CHECKED], strict=True):
        _agree(scheduler.dates(problem, axis), plain_networkx.plan(graph, line, TARGETS), line)
    ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "dates": (
            lambda: [scheduler.dates(problem, axis) for problem in problems],
            lambda: [plain_networkx.plan(graph, line, TARGETS) for graph in graphs],
        ),
        "from objects": (
            lambda: [scheduler.dates(scheduler.Problem(*given, TARGETS), axis) for given in projects],
            lambda: [plain_networkx.plan(plain_networkx.build(*given), line, TARGETS) for given in projects],
        ),
    }
    rows = []
    for measured, (ours, theirs) in ways.items():
        rounds, repeat = effort
        quick, slow = seconds((ours, theirs), rounds=rounds, repeat=repeat)
        shown = (f"{quick * 1000:.3f} ms", f"{slow * 1000:.3f} ms", f"{slow / quick:.1f}")
        rows.append([instance, measured, *shown])
    return rows


def _agree(ours: scheduler.Dates, theirs: plain_networkx.Answer, line: plain_networkx.Line) -> None:
    for view in ours:
        *points, total_float, free_float, driver = theirs[view.key]
        early = [view.start, view.finish, view.late_start, view.late_finish]
        if isinstance(line, plain_networkx.SteppedLine) and isinstance(ours.axis, scheduler.WorkdayAxis):
            points = [ours.axis.point_of(line.day0 + timedelta(days=point)) for point in points]
        same = points == early and (total_float, free_float) == (view.total_float, view.free_float)
        if not same or (view.driver.predecessor is None) != (driver is None):
            raise AssertionError(f"the planners disagree about {view.key}: {view} and {theirs[view.key]}")
