"""PSPLIB's sets from the folder ``CONCIERGE_PSPLIB`` names, or projects of our own where it is not there.

The project holds none of its instances: their terms ask for a citation and give no licence. The archives are
read in place.

Half of the instances were used to choose the rules of the search: those whose number within their parameter
set ends in 3 or 7. Every table says what it was measured on.
"""

from __future__ import annotations

import csv
import functools
import os
import random
import tarfile
from dataclasses import dataclass
from pathlib import Path

from scheduler.rcpsp.bounds import lower_bound
from scheduler.rcpsp.instance import Instance
from scheduler.rcpsp.psplib import parse_patterson

FOLDER = Path(os.environ.get("CONCIERGE_PSPLIB", Path(__file__).parents[2] / "shared" / "bench" / "psplib"))
IS_FULL = os.environ.get("BENCH_FULL") == "1"
TUNED_ON = {3, 7}
PER_PARAMETERS = 10
MADE = "made here"


@dataclass(frozen=True, slots=True)
class Known:
    """An instance, the length of its critical path, and the best makespan known.

    ``best`` is None for projects made here: nobody knows.
    """

    name: str
    instance: Instance
    path: int
    best: int | None
    is_tuned_on: bool


@functools.cache
def the_set(name: str) -> tuple[Known, ...]:
    """All instances of a set (``j30``, ``j60``, ``j120``) that are there, or 60 of that size made here."""
    table, archive = FOLDER / f"{name}_bestknown.csv", FOLDER / f"{name}.tar.xz"
    if not (table.exists() and archive.exists()):
        return tuple(_made(int(name[1:]), seed) for seed in range(60))
    with table.open(encoding="utf-8", newline="") as file:
        rows = {f"{name.upper()}_{row['id']}.rcp": row for row in csv.DictReader(file)}
    found = []
    with tarfile.open(archive) as files:
        for member in files:
            row, opened = rows.get(Path(member.name).name), files.extractfile(member)
            if row and opened:
                instance = parse_patterson(opened.read().decode())
                path, best, is_tuned = int(row["cpm"]), int(row["ub_best"]), int(row["inst"]) in TUNED_ON
                found.append((int(row["id"]), Known(f"{name}-{row['id']}", instance, path, best, is_tuned)))
    return tuple(known for _, known in sorted(found, key=lambda pair: pair[0]))


def is_there() -> bool:
    """Whether the public instances are on this machine."""
    return the_set("j120")[0].best is not None


def sample(name: str, count: int) -> tuple[Known, ...]:
    """So many instances from the easiest to the tightest alike, none of those the rules were chosen on.

    ``BENCH_FULL=1`` gives the whole set.
    """
    everything = the_set(name)
    if IS_FULL:
        return everything
    fresh = [known for known in everything if not known.is_tuned_on]
    by_tightness = sorted(fresh, key=lambda known: (known.best or 0) / known.path)
    count = min(count, len(fresh))
    return tuple(by_tightness[(2 * k + 1) * len(fresh) // (2 * count)] for k in range(count))


def _made(count: int, seed: int) -> Known:
    """A project of PSPLIB's size and tightness: layered precedences, four resources, demands of 0 to 10."""
    draw = random.Random(f"{count}-{seed}")  # noqa: S311 - an instance, not a secret
    factor, strength = draw.choice((0.25, 0.5, 0.75, 1.0)), draw.choice((0.1, 0.2, 0.3, 0.4, 0.5))
    durations = [0, *(draw.randint(1, 10) for _ in range(count)), 0]
    demands = [
        tuple(draw.randint(1, 10) if draw.random() < factor else 0 for _ in range(4)) for _ in range(count)
    ]
    after: list[set[int]] = [set() for _ in range(count + 2)]
    for j in range(1, count + 1):
        earlier = range(max(1, j - count // 4), j)
        for i in draw.sample(earlier, min(len(earlier), draw.randint(1, 2))) or [0]:
            after[i].add(j)
    for i in range(1, count + 1):
        if not after[i]:
            after[i].add(count + 1)
    peak = [sum(sorted((demand[r] for demand in demands), reverse=True)[: count // 6]) for r in range(4)]
    most = [max(demand[r] for demand in demands) for r in range(4)]
    capacities = tuple(round(low + strength * (high - low)) for low, high in zip(most, peak, strict=True))
    none = (0, 0, 0, 0)
    successors = tuple(tuple(sorted(those)) for those in after)
    instance = Instance(tuple(durations), (none, *demands, none), successors, capacities)
    free = Instance(tuple(durations), (none,) * (count + 2), successors, capacities)
    return Known(f"{MADE}-{count}-{seed}", instance, lower_bound(free), None, is_tuned_on=False)
