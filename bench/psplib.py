"""Single projects under limited resources: PSPLIB's sets, by processor time and by number of schedules.

Gap: mean of (makespan - best known) / best known. Deviation: mean of (makespan - critical path) / critical
path. A schedule is one look for a start of each activity; a pass given up on the way counts as far as it
went.

Source: S30.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from bench import psplib_peers
from bench.psplib_files import Known, is_there, sample
from bench.table import Table
from scheduler.rcpsp.check import check
from scheduler.rcpsp.instance import Instance
from scheduler.rcpsp.solve import Effort, effort_within, solve
from scheduler.rcpsp.warm_up import warm_up

BUDGETS_SECONDS = (1.0, 5.0)
BUDGETS_SCHEDULES = (1000, 5000, 50000)
SEED = 1
SAMPLE = {"j30": 6, "j60": 6, "j120": 12}
SAMPLE_OF_SCHEDULES = {"j30": 48, "j60": 48, "j120": 60}
PUBLISHED = {
    "Debels and Vanhoucke 2007": ("33.55", "32.18", "30.69"),
    "Valls, Ballestín and Quintanilla 2008": ("34.07", "32.54", "31.24"),
    "Debels et al. 2006": ("35.22", "33.10", "31.57"),
    "Wang and Fang 2012": ("35.44", "33.61", ""),
}
BEST_KNOWN_OF_ALL_J120 = 28.961
"""Mean deviation of the best known makespans of all 600 instances of j120 from their critical paths."""


def by_seconds() -> Table:
    """Ours, plain CP-SAT and PyJobShop on the same projects, one thread each, at the same processor time."""
    warm_up()
    rows = []
    for name, count in SAMPLE.items():
        projects = sample(name, count)
        ours = [_ours_within(known.instance) for known in projects]
        for way, found in (
            ("scheduler", ours),
            ("plain CP-SAT", [_peer(psplib_peers.plain, known.instance) for known in projects]),
            ("PyJobShop", [_peer(psplib_peers.pyjobshop, known.instance) for known in projects]),
        ):
            shown = [cell for column in zip(*found, strict=True) for cell in _quality(projects, column)]
            rows.append([f"{_called(name)}, {len(projects)}", way, *shown])
    return Table(
        "One project under limited resources, by processor time",
        "Mean gap to the best makespan known and deviation from the critical path, in percent, after 1 and\n"
        "5 seconds of processor time, one thread each, model building included. Every plan of ours is\n"
        "proved.\n" + _origin(),
        ("instances", "way", "gap 1 s", "deviation 1 s", "gap 5 s", "deviation 5 s"),
        rows,
    )


def by_schedules() -> Table:
    """Ours at fixed numbers of schedules, beside what was published for j120."""
    warm_up()
    rows = []
    for name, count in SAMPLE_OF_SCHEDULES.items():
        projects = sample(name, count)
        for budget in BUDGETS_SCHEDULES:
            before = time.process_time()
            found = [_proved(known.instance, Effort(budget)) for known in projects]
            each = (time.process_time() - before) / len(projects)
            gap, deviation = _quality(projects, found)
            whole = _on_all(projects, found) if name == "j120" else ""
            shown = [f"{budget:,}", gap, deviation, whole, f"{each * 1000:.1f} ms"]
            rows.append([f"{_called(name)}, {len(projects)}", "scheduler", *shown])
    for who, figures in PUBLISHED.items():
        for budget, figure in zip(BUDGETS_SCHEDULES, figures, strict=True):
            if figure:
                rows.append(["j120, all 600", who, f"{budget:,}", "", "", figure, ""])
    return Table(
        "One project under limited resources, by number of schedules",
        "A schedule is one look for a start of each activity; a pass given up counts as far as it went.\n"
        "Mean gap to the best known and deviation from the critical path, in percent; “on all 600” moves\n"
        "the deviation by the difference between the best known makespans of these instances and of the\n"
        f"whole of j120 ({BEST_KNOWN_OF_ALL_J120}). Published figures for 50,000 are quoted from memory of\n"
        "surveys, not read in the papers. Every plan is proved; processor time of one instance.\n"
        + _origin(),
        ("instances", "way", "schedules", "gap", "deviation", "on all 600", "time"),
        rows,
    )


def _ours_within(instance: Instance) -> list[int]:
    return [_proved(instance, effort_within(instance, budget)) for budget in BUDGETS_SECONDS]


def _proved(instance: Instance, effort: Effort) -> int:
    result = solve(instance, effort, seed=SEED, clock=time.process_time)
    if faults := check(instance, result.starts, result.makespan):
        raise AssertionError(f"not a plan: {faults[0].said}")
    return result.makespan


def _peer(build: psplib_peers.Build, instance: Instance) -> list[int]:
    return psplib_peers.makespans(build, instance, BUDGETS_SECONDS)


def _quality(projects: Sequence[Known], found: Sequence[int]) -> list[str]:
    """The mean gap and the mean deviation, in percent; no gap where nobody knows the best."""
    pairs = list(zip(projects, found, strict=True))
    gap = "" if projects[0].best is None else _percent(pairs, lambda known: known.best or 1)
    return [gap, _percent(pairs, lambda known: known.path)]


def _percent(pairs: Sequence[tuple[Known, int]], base: Callable[[Known], int]) -> str:
    return f"{100 * sum(found / base(known) - 1 for known, found in pairs) / len(pairs):.3f}"


def _on_all(projects: Sequence[Known], found: Sequence[int]) -> str:
    if projects[0].best is None:
        return ""
    pairs = list(zip(projects, found, strict=True))
    above = sum((makespan - (known.best or 0)) / known.path for known, makespan in pairs) / len(pairs)
    return f"{BEST_KNOWN_OF_ALL_J120 + 100 * above:.2f}"


def _called(name: str) -> str:
    return name if is_there() else f"like {name}"


def _origin() -> str:
    if is_there():
        return (
            f"PSPLIB's odd instances, seed {SEED}; a sample none of which the rules were chosen on, or with\n"
            "`BENCH_FULL=1` every one."
        )
    return f"PSPLIB is not on this machine (`CONCIERGE_PSPLIB`): projects of its size made here, seed {SEED}."
