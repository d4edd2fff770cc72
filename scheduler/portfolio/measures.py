"""How good what a state holds is, in whole numbers.

Units: working days; ``cost`` in thousandths of one.
"""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.portfolio.layout import (
    ACCEPT,
    ACCEPTED,
    DUE,
    GIVEN_ACCEPT,
    GIVEN_SITTING,
    MOVE_COST,
    NOWHERE,
    SITTING,
    STATE,
    TARGET,
    WEIGHT,
    Facts,
    State,
)

DAY = 1000
"""A working day past a promise; a working day of flow costs one thousandth of it."""


@compiled
def tardiness(f: Facts, s: State) -> int:
    """Working days past the promises, each times its project's weight."""
    total = 0
    for p in range(len(f.project)):
        late = s.finish[f.project[p, TARGET]] - f.project[p, DUE]
        if late > 0:
            total += late * f.project[p, WEIGHT]
    return total


@compiled
def moves(f: Facts, s: State) -> int:
    """How many planned acceptances and sittings lie elsewhere now."""
    count = 0
    for i in range(len(f.step)):
        if f.step[i, GIVEN_ACCEPT] == NOWHERE or f.step[i, STATE] & ACCEPTED:
            continue
        wanted = f.step[i, GIVEN_SITTING]
        has_moved = wanted != NOWHERE and s.placed[i, SITTING] != wanted
        if has_moved or s.placed[i, ACCEPT] != f.step[i, GIVEN_ACCEPT]:
            count += 1
    return count


@compiled
def cost(f: Facts, s: State) -> int:
    """What the search makes small: tardiness, moved dates at their price, and a little flow."""
    flow = 0
    for p in range(len(f.project)):
        flow += s.finish[f.project[p, TARGET]]
    total = DAY * tardiness(f, s) + flow
    if f.number[MOVE_COST] > 0:
        total += f.number[MOVE_COST] * moves(f, s)
    return total
