"""Random projects for the property tests: both gates, tails, mixed calendars, and things that happened."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

import scheduler

FIRST_DAYS = tuple(
    date.fromisoformat(day)
    for day in ("2025-09-24", "2026-02-10", "2026-03-02", "2026-04-28", "2026-09-19", "2026-12-24")
)
"""First days just before long holidays, a plain Monday, a Saturday, and one whose plan runs into 2027."""

BASES = tuple(scheduler.Basis)


@st.composite
def segments(draw) -> tuple[scheduler.Segment, ...]:
    """A chain of up to three segments of up to nine days."""
    chain = [
        scheduler.Segment(kind, draw(st.integers(0, longest)), draw(st.sampled_from(BASES)))
        for kind, longest in (("preparation", 3), ("special", 9), ("work", 5))
        if draw(st.booleans())
    ]
    return tuple(chain)


@st.composite
def steps(draw, key: str) -> scheduler.Step:
    """A step; one in five has begun, been accepted or finished, one in four is booked, whatever precedes."""
    chain = draw(segments())
    state = draw(
        st.sampled_from(("open",) * 12 + ("held", "held", "held", "started", "accepted", "finished"))
    )
    known = draw(bookings()) if draw(st.integers(0, 3)) == 0 else {}
    if state == "open":
        return scheduler.Step(key, chain, **known)
    first = draw(st.integers(-2, 8))
    if state == "held":
        return scheduler.Step(key, chain, first, **known)
    started = first if state == "started" or draw(st.booleans()) else None
    accepted = first + draw(st.integers(0, 3)) if state == "accepted" else None
    finished = first + draw(st.integers(0, 6)) if state == "finished" else None
    return scheduler.Step(key, chain, started=started, accepted=accepted, finished=finished, **known)


@st.composite
def bookings(draw) -> dict[str, object]:
    """A booked acceptance, a booked finish, or both, before or after the step could be there."""
    accepted = draw(st.none() | st.integers(-1, 20))
    finished = draw(st.integers(-1, 30)) if accepted is None or draw(st.booleans()) else None
    return {"accept_not_before": accepted, "finish_not_before": finished, "booked_by": "bench:HCB"}


@st.composite
def problems(draw, most: int) -> scheduler.Problem:
    """A project of up to ``most`` steps in any order, with up to two targets."""
    count = draw(st.integers(2, most))
    keys = [f"s{i}" for i in range(count)]
    chosen = [draw(steps(key)) for key in keys]
    precedences = []
    for j in range(1, count):
        for i in draw(st.lists(st.integers(0, j - 1), max_size=3, unique=True)):
            gate = draw(st.sampled_from(scheduler.Gate))
            tail = draw(st.integers(0, 2)) if gate is scheduler.Gate.ISSUE else 0
            precedences.append(scheduler.Precedence(keys[i], keys[j], gate, tail=tail))
    return scheduler.Problem(
        draw(st.permutations(chosen)),
        draw(st.permutations(precedences)),
        draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)),
        today=draw(st.none() | st.integers(0, 6)),
    )
