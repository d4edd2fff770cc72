"""Why a project ends when it does: step by step back from its result, and who has the room it waits for.

The loops read where steps lie from two arrays, so they serve a state and the best plan of a search alike.

Units: points of ``Facts``.
"""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.portfolio.layout import (
    ACCEPT,
    ACCEPT_GATE,
    ACCEPTED,
    BENCH,
    EARLIEST,
    FAR,
    FIRST_GATE,
    LAST_GATE,
    NOWHERE,
    OWN_END,
    PREPARATION,
    STARTED,
    STATE,
    TODAY,
    WORK_FROM,
    WORK_TO,
    Facts,
    Ints,
)
from scheduler.portfolio.rooms import chain_end, wide


@compiled
def look_back(f: Facts, placed: Ints, finish: Ints, i: int) -> tuple[int, int]:
    """The step before this one that its end hangs on (``NOWHERE``: none), and when it was ready to hand in.

    Its end may hang on another's result alone; then it waits for no room, and the second answer is ``FAR``.
    """
    step, gate = f.step, f.gate
    start, gated, issued = wide(step[i, EARLIEST]), wide(NOWHERE), wide(NOWHERE)
    before, giver = wide(NOWHERE), wide(NOWHERE)
    for e in range(step[i, FIRST_GATE], step[i, LAST_GATE]):
        end, tail = wide(finish[gate[e, 0]]), wide(gate[e, 1])
        if tail == ACCEPT_GATE and end > gated:
            gated, before = end, wide(gate[e, 0])
        elif tail != ACCEPT_GATE and end + tail > issued:
            issued, giver = end + tail, wide(gate[e, 0])
    if issued > placed[i, OWN_END]:
        return giver, wide(FAR)
    if step[i, STATE] & STARTED:
        prepared = chain_end(f.table, step[i, PREPARATION], start)
        held = before if gated >= max(prepared, f.number[TODAY]) else wide(NOWHERE)
        return held, max(prepared, gated, wide(f.number[TODAY]))
    held = before if gated >= start else wide(NOWHERE)
    return held, wide(chain_end(f.table, step[i, PREPARATION], max(start, gated)))


@compiled
def has_waited(f: Facts, placed: Ints, i: int, ready: int) -> bool:
    """Whether a step lay waiting for its bench though it was ready to be handed in."""
    is_free = f.step[i, STATE] & ACCEPTED == 0 and f.step[i, BENCH] >= 0
    return bool(is_free and placed[i, ACCEPT] > ready)


@compiled
def is_in_the_way(f: Facts, placed: Ints, j: int, i: int, ready: int) -> bool:
    """Whether one step is worked on at the bench another waits for, since that was ready."""
    if f.step[j, BENCH] != f.step[i, BENCH] or f.step[j, STATE] & ACCEPTED:
        return False
    return bool(placed[j, WORK_TO] > ready and placed[j, WORK_FROM] < placed[i, WORK_FROM])
