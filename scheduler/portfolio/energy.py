"""What the benches alone make late: work that does not fit into their days before the promises.

A relaxation of one bench: every project brings all its work there at once, it may be cut up at will, and
nothing else holds it. Of any projects, the k that end their work first have at least the k smallest amounts
done; so the k-th of them ends no earlier than the day by which the bench has that much room. Matching those
days, in order, with the days by which the work would have to end for the promises gives lateness that no
plan can avoid. It counts beside what each project alone is late by.

The other relaxation, ``energy_days``, knows when each step can begin and forgets which work is whose; the
bound is the most that either says of any one bench.

Source: S32 for energy as a bound of cumulative resources; the matching in order is the exchange argument
for sums of a convex function.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.compiled import compiled
from scheduler.portfolio import energy_days, kernels, layout
from scheduler.portfolio.layout import (
    ACCEPT_GATE,
    ACCEPTED,
    FAR,
    FIRST,
    FIRST_GATE,
    LAST,
    LAST_GATE,
    NOWHERE,
    PREPARATION,
    PROJECT,
    SPECIAL,
    STARTED,
    STATE,
    TARGET,
    WORK,
    WORK_FROM,
    Facts,
    Ints,
    State,
)

_FROM = 8
"""The work of all projects, and that of those which begin later, from so many days on."""


@compiled
def tails(f: Facts, tail: Ints) -> None:
    """The least days from the end of each step's work to its project's result; ``NOWHERE`` without a way.

    Effects: fills ``tail``.
    """
    for p in range(len(f.project)):
        first, last, target = f.project[p, FIRST], f.project[p, LAST], f.project[p, TARGET]
        tail[first:last] = NOWHERE
        tail[target] = 0
        for i in range(last - 1, first - 1, -1):
            if tail[i] == NOWHERE:
                continue
            own = max(0, f.step[i, SPECIAL]) + max(0, f.step[i, WORK])
            if not f.step[i, STATE] & STARTED:
                own += max(0, f.step[i, PREPARATION])
            for e in range(f.step[i, FIRST_GATE], f.step[i, LAST_GATE]):
                before, days = f.gate[e, 0], f.gate[e, 1]
                if days != ACCEPT_GATE:
                    tail[before] = max(tail[before], tail[i] + days)
                elif not f.step[i, STATE] & ACCEPTED:
                    tail[before] = max(tail[before], tail[i] + own)


def excess(facts: Facts, alone: State) -> int:
    """The working days past promises, weighted, beyond those each project alone is late by.

    Shape: ``alone`` holds where every step lies at the earliest, with all room free.
    """
    tail = np.zeros(len(facts.step), np.int32)
    tails(facts, tail)
    step, project = facts.step, facts.project[facts.step[:, layout.PROJECT]]
    is_open = step[:, STATE] & (ACCEPTED | layout.KEPT) == 0
    is_promised = (project[:, layout.DUE] < FAR) & (project[:, layout.WEIGHT] > 0)
    counts = is_open & is_promised & (tail >= 0) & (step[:, WORK] > 0) & (step[:, layout.BENCH] >= 0)
    late = np.maximum(0, alone.finish[project[:, TARGET]] - project[:, layout.DUE])
    by = project[:, layout.DUE] + late - tail
    room = _room(facts)
    found = [0]
    for bench in np.unique(step[counts, layout.BENCH]):
        here = np.flatnonzero(counts & (step[:, layout.BENCH] == bench))
        found.append(_of_bench(facts, here, by, room[bench]))
        begins, weight = alone.placed[here, WORK_FROM], facts.project[:, layout.WEIGHT]
        whose, work = step[here, PROJECT], step[here, WORK]
        found.append(energy_days.lateness(begins, work, by[here], whose, weight, room[bench]))
    return max(found)


def _room(facts: Facts) -> Ints:
    """The places left by what is accepted, day by day."""
    state = layout.state_for(facts)
    kernels.clear(facts, state)
    accepted = facts.given[facts.step[facts.given, STATE] & ACCEPTED > 0]
    kernels.give(facts, state, accepted)
    return np.maximum(0, state.free)


def _of_bench(facts: Facts, steps: NDArray[np.int64], by: Ints, room: Ints) -> int:
    """The same for the work of these steps, all of one bench."""
    whose, place = np.unique(facts.step[steps, layout.PROJECT], return_inverse=True)
    work = np.bincount(place, weights=facts.step[steps, WORK]).astype(np.int64)
    begins, ends_by = np.full(len(whose), FAR), np.full(len(whose), -FAR)
    np.minimum.at(begins, place, facts.step[steps, layout.EARLIEST])
    np.maximum.at(ends_by, place, by[steps])
    weight = facts.project[whose, layout.WEIGHT]
    most = 0
    for begin in np.unique(np.quantile(begins, np.linspace(0, 1, _FROM, endpoint=False), method="lower")):
        there = begins >= begin
        done = np.cumsum(room[int(begin) + 1 : facts.number[layout.HORIZON] + 1])
        ends = int(begin) + 1 + np.searchsorted(done, np.cumsum(np.sort(work[there])))
        lateness = np.maximum(0, ends - np.sort(ends_by[there])).sum()
        most = max(most, int(weight[there].min() * lateness))
    return most
