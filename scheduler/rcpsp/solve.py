"""A short plan of one project within a limit: the genetic search first, then the exact tier for the proof."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from scheduler.rcpsp.arrays import pack, starts_of
from scheduler.rcpsp.bounds import lower_bound
from scheduler.rcpsp.breeding import BEST, DONE, Rules, pool_for, search
from scheduler.rcpsp.exact import prove
from scheduler.rcpsp.instance import Instance
from scheduler.rcpsp.kernels import room_for

PLACEMENTS_PER_SECOND = 18_000_000
"""Activities an ordinary machine places in a second, with some room to spare: a limit becomes schedules."""
PLACEMENTS_PER_LOOK = 300_000
"""So many are placed between two looks at the clock."""
EXACT_SHARES = ((40, 0.8), (75, 0.4))
"""The part of the limit kept for the exact tier, up to so many activities: small projects it can close."""
LEAST_EXACT_SHARE = 0.06


class Status(StrEnum):
    """What is known of a plan: nothing shorter exists, or something shorter may."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look: so many schedules, and no longer than so many seconds whatever they gave.

    The same schedules give the same plan everywhere; seconds are a cap. ``work`` is the exact tier's.

    Units: ``work`` in CP-SAT's deterministic time; ``seconds`` of processor time.
    """

    schedules: int
    seconds: float | None = None
    work: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """A plan and what is known of it.

    Shape: ``starts`` has one entry per activity, in the order of the file.
    """

    makespan: int
    starts: tuple[int, ...]
    _: KW_ONLY
    bound: int
    schedules: int
    seconds: float

    @property
    def status(self) -> Status:
        """Whether the bound meets the plan."""
        return Status.OPTIMAL if self.bound == self.makespan else Status.FEASIBLE


def effort_within(instance: Instance, limit_seconds: float) -> Effort:
    """The schedules and the exact work an ordinary machine does within a limit.

    A machine that is no slower gives the same plan for the same limit and seed.
    """
    count = max(1, len(instance.durations))
    share = next((share for most, share in EXACT_SHARES if count <= most), LEAST_EXACT_SHARE)
    schedules = int(limit_seconds * (1 - share) * PLACEMENTS_PER_SECOND / count)
    return Effort(max(1, schedules), limit_seconds, limit_seconds * share)


def solve(
    instance: Instance,
    effort: Effort,
    *,
    seed: int = 0,
    clock: Callable[[], float] = time.process_time,
) -> Result:
    """The shortest plan found within the effort, and the best bound on any plan."""
    began = clock()
    bound = lower_bound(instance)
    if not instance.durations:
        return Result(0, (), bound=0, schedules=0, seconds=clock() - began)
    arrays = pack(instance)
    room = room_for(arrays, seed)
    rules = rules_for(effort.schedules, len(arrays.activity))
    pool = pool_for(arrays, rules.first, effort.schedules)
    per_look = max(1, PLACEMENTS_PER_LOOK // len(arrays.activity))
    while pool.tally[DONE] < effort.schedules and pool.tally[BEST] > bound:
        if effort.seconds is not None and pool.tally[DONE] and clock() - began >= effort.seconds:
            break
        search(arrays, room, pool, rules, min(effort.schedules, int(pool.tally[DONE]) + per_look), bound)
    starts, makespan, schedules = starts_of(arrays, pool.best), int(pool.tally[BEST]), int(pool.tally[DONE])
    if makespan > bound and effort.work > 0:
        left = max(0.1, effort.seconds - (clock() - began)) if effort.seconds is not None else 1e6
        starts, makespan, bound = prove(
            instance, starts, makespan, bound=bound, work=effort.work, seconds=left
        )
    return Result(makespan, starts, bound=bound, schedules=schedules, seconds=clock() - began)


def rules_for(schedules: int, activities: int) -> Rules:
    """The rules for a budget and a project: more schedules for each activity feed larger populations.

    Found by trial on the public instances ``bench/psplib_files.py`` sets apart for it.
    """
    table = RULES_OF_FEW if activities <= FEW else RULES
    rules = next(rules for most, rules in table if schedules <= most)
    first = min(rules.first, max(2, schedules // 2))
    return rules._replace(first=first, last=min(rules.last, first))


_SMALL = Rules(
    first=24,
    last=4,
    shortest=150,
    longest=280,
    peaks=300,
    suitors=3,
    inner=300,
    inner_shortest=100,
    inner_longest=400,
    even=250,
    apart=80,
    allowance=1,
    rivals=1,
)
_MIDDLE = _SMALL._replace(first=60, last=6, shortest=30, longest=300, suitors=2, inner=0, even=500, apart=0)
_LARGE = _MIDDLE._replace(first=300, last=30, peaks=0, suitors=4)
RULES: tuple[tuple[float, Rules], ...] = (
    (2_000, _SMALL),
    (10_000, _MIDDLE),
    (25_000, _MIDDLE._replace(first=150, last=12, suitors=3)),
    (100_000, _LARGE),
    (400_000, _LARGE._replace(first=800, last=40)),
    (math.inf, _LARGE._replace(first=1_500, last=50)),
)
"""Up to so many schedules, the rules."""
FEW = 75
"""A project of up to so many activities is small: ordinary populations would look alike too soon."""
RULES_OF_FEW: tuple[tuple[float, Rules], ...] = (
    (2_000, _SMALL._replace(first=60)),
    (10_000, _MIDDLE._replace(first=100)),
    RULES[2],
    (math.inf, _LARGE._replace(first=800, last=20, rivals=20)),
)
"""The same for small projects."""
