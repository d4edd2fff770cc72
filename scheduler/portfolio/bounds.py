"""What no plan can beat: every project alone, with all the room there ever is.

Acceptance waits for the first room, and everything after it follows: more room, with nobody else in it, can
only make a step earlier. So the sum over all projects, each alone, is a bound for all together; what the days
of one bench cannot hold comes on top (``energy``, ``energy_days``).
"""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.portfolio import energy, layout
from scheduler.portfolio.arrays import Arrays
from scheduler.portfolio.kernels import clear
from scheduler.portfolio.layout import (
    ACCEPT_GATE,
    ACCEPTED,
    BODY,
    EARLIEST,
    FINISHED,
    FIRST_GATE,
    GIVEN_ACCEPT,
    GIVEN_SITTING,
    HORIZON,
    KEPT,
    LAST_GATE,
    NOWHERE,
    OPINION,
    PREPARATION,
    SPECIAL,
    STARTED,
    STATE,
    TODAY,
    WORK,
    WORK_FROM,
    Facts,
    State,
)
from scheduler.portfolio.measures import tardiness as measured
from scheduler.portfolio.rooms import chain_end, fit, wide


@compiled
def alone(f: Facts, s: State) -> None:
    """Fill ``finish``, and where work begins, with dates no plan can be earlier than; nothing is booked."""
    clear(f, s)
    today = f.number[TODAY]
    for i in range(len(f.step)):
        held, gated, issued = wide(f.step[i, EARLIEST]), NOWHERE, NOWHERE
        for e in range(f.step[i, FIRST_GATE], f.step[i, LAST_GATE]):
            end, tail = s.finish[f.gate[e, 0]], f.gate[e, 1]
            if tail == ACCEPT_GATE:
                gated = max(gated, end)
            else:
                issued = max(issued, end + tail)
        state = f.step[i, STATE]
        if state & STARTED:
            ready = max(chain_end(f.table, f.step[i, PREPARATION], held), gated, today)
        else:
            ready = chain_end(f.table, f.step[i, PREPARATION], max(held, gated))
        s.finish[i] = max(alone_end(f, s, i, ready), issued)
        if state & ACCEPTED and not state & FINISHED:
            s.finish[i] = max(s.finish[i], today)


@compiled
def alone_end(f: Facts, s: State, i: int, ready: int) -> int:
    """The earliest end of a step's work and opinion with all room free; past the horizon where none is."""
    state, body = f.step[i, STATE], f.step[i, BODY]
    accepted, sitting = wide(f.step[i, GIVEN_ACCEPT]), NOWHERE
    if state & ACCEPTED:
        sitting = f.step[i, GIVEN_SITTING]
    elif state & KEPT:
        accepted = max(accepted, ready)
    else:
        accepted, sitting = fit(f, s, i, ready, wide(NOWHERE))
        if accepted == NOWHERE:
            return int(f.number[HORIZON]) + 1
    begin = chain_end(f.table, f.step[i, SPECIAL], accepted)
    s.placed[i, WORK_FROM] = begin
    end = chain_end(f.table, f.step[i, WORK], begin)
    if body >= 0 and sitting != NOWHERE:
        end = max(end, (f.sitting[sitting] >> 1) + f.body[body, OPINION])
    return end


def tardiness(arrays: Arrays) -> int:
    """Working days past the promises, weighted, that no plan can avoid: each alone, and what benches add."""
    state = layout.state_for(arrays.facts)
    alone(arrays.facts, state)
    return int(measured(arrays.facts, state)) + energy.excess(arrays.facts, state)
