"""Whole portfolios of 100, 1,000 and 10,000 projects: the quick plan, one event, what a re-plan disturbs."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.clocked import seconds
from bench.portfolio_instances import STEPS, Instance, as_portfolio, made
from bench.table import Table
from scheduler.portfolio import bounds, give_way, kernels, layout, measures, orders, repair, solve, urgency
from scheduler.portfolio.arrays import Arrays, plan_of
from scheduler.portfolio.check import check
from scheduler.portfolio.layout import Facts, Ints, State

SIZES = (100, 1_000, 10_000)
SEED = 1
PROVED = 100
"""Portfolios up to this size are put before the proof first; it is written to be read, not to be fast."""
NOW = 150
ANNOUNCED_DAYS = 10
EVENTS = 2_000
OVERRUN_DAYS = 10
STRUCK = 0.02
MOVE_COST = 50
"""As the product plans: in thousandths of a working day past a promise."""


def quick() -> Table:
    """The first plan of a whole portfolio, how good it is, and what it takes."""
    rows, times = [], []
    for size in SIZES:
        instance = made(size, SEED)
        row, total = _quick_row(instance)
        rows.append(row)
        times.append(total)
    growth = [
        math.log(after / before) / math.log(large / small)
        for (small, before), (large, after) in zip(
            list(zip(SIZES, times, strict=True))[:-1], list(zip(SIZES, times, strict=True))[1:], strict=True
        )
    ]
    return Table(
        "The first plan of a whole portfolio",
        f"{STEPS} steps a project, 26 departments, 12 joint reviews with rooms and seats, officers with\n"
        f"absences, calendar days, both gates; seed {SEED}. CPU time of one thread, from arrays: putting\n"
        "the steps in order and placing each. Tardiness in working days past the promises, all projects;\n"
        "“queue” serves whoever came first. Flow is the mean time from release to the headline result,\n"
        "over what each project would need alone, which no plan can beat. Growth from size to size: "
        + ", ".join(f"{exponent:.2f}" for exponent in growth)
        + ".",
        (
            "projects",
            "order, ms",
            "place, ms",
            "together",
            "a step, µs",
            "tardiness",
            "bound",
            "queue",
            "flow",
            "arrays, MB",
        ),
        rows,
    )


def _quick_row(instance: Instance) -> tuple[list[str], float]:
    facts = instance.arrays.facts
    state, keys = urgency.quick(instance.arrays)
    if instance.projects <= PROVED:
        _prove(instance, state)
    scratch = [np.zeros_like(keys) for _ in range(4)]
    order = scratch[3]

    def put_in_order() -> None:
        orders.due_keys(facts, scratch[0], scratch[1], keys)
        orders.order_of(facts, keys, scratch[2], order)

    ways = [put_in_order, lambda: kernels.decode(facts, state, order)]
    ordering, placing = seconds(ways, rounds=9, repeat=max(1, 1000 // instance.projects))
    late, flow = measures.tardiness(facts, state), _flow(facts, state)
    queue = urgency.decoded(instance.arrays, np.repeat(facts.project[:, layout.RELEASE], STEPS))
    alone = layout.state_for(facts)
    bounds.alone(facts, alone)
    total = ordering + placing
    size = sum(array.nbytes for array in (*facts, *state))
    return [
        f"{instance.projects:,}",
        f"{1000 * ordering:.2f}",
        f"{1000 * placing:.2f}",
        f"{1000 * total:.1f}",
        f"{1e6 * total / instance.steps:.2f}",
        f"{late:,}",
        f"{bounds.tardiness(instance.arrays):,}",
        f"{measures.tardiness(facts, queue):,}",
        f"{flow:.0f} / {_flow(facts, alone):.0f}",
        f"{size / 1e6:.0f}",
    ], total


def _flow(facts: Facts, state: State) -> float:
    """Mean working days from release to the headline result."""
    return float((state.finish[facts.project[:, layout.TARGET]] - facts.project[:, layout.RELEASE]).mean())


def _prove(instance: Instance, state: State) -> None:
    faults = check(as_portfolio(instance), plan_of(instance.arrays, state))
    if faults:
        raise AssertionError(f"the plan breaks a rule: {faults[0]}")


# --- events ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A portfolio on day ``NOW``: what was accepted stays, and so do the sittings announced for the next days
    with all they wait for.
    """

    facts: Facts
    state: State
    turns: Ints
    keys: Ints
    announced: Ints
    running: Ints


def standing(instance: Instance) -> Standing:
    """The quick plan, half a year later."""
    planned, keys = urgency.quick(instance.arrays)
    facts = instance.arrays.facts
    step, placed = facts.step.copy(), planned.placed
    accepted = placed[:, layout.ACCEPT] <= NOW
    sitting = placed[:, layout.SITTING]
    announced = ~accepted & _sits_soon(facts, sitting)
    step[accepted, layout.STATE] = layout.STARTED | layout.ACCEPTED
    step[accepted, layout.PAIR] = layout.NOWHERE
    step[accepted, layout.EARLIEST] = placed[accepted, layout.START]
    kept = announced | (_awaited(facts, announced) & ~accepted)
    step[kept, layout.STATE] = layout.KEPT
    given = accepted | kept
    step[given, layout.GIVEN_ACCEPT] = placed[given, layout.ACCEPT]
    step[given, layout.GIVEN_SITTING] = sitting[given]
    _prepare(step, placed, ~accepted)
    number = facts.number.copy()
    number[layout.TODAY] = NOW
    now = facts._replace(step=step, number=number, given=np.flatnonzero(given).astype(np.int32))
    state = layout.state_for(now)
    order, lifted, turns = (np.zeros_like(keys) for _ in range(3))
    orders.order_of(now, keys, lifted, order)
    if not kernels.decode(now, state, order):
        raise AssertionError("the standing plan has no room")
    repair.turns_of(now, order, turns)
    step[~given, layout.STATE] |= layout.PLANNED
    step[~given, layout.GIVEN_ACCEPT] = state.placed[~given, layout.ACCEPT]
    step[~given, layout.GIVEN_SITTING] = state.placed[~given, layout.SITTING]
    running = np.flatnonzero(accepted & (state.placed[:, layout.WORK_TO] > NOW))
    # a day that is lost already, because what it waits for is not over by now, was told to nobody
    stands = announced & (state.placed[:, layout.FORCED] == 0)
    return Standing(now, state, turns, keys, np.flatnonzero(stands), running)


def _sits_soon(facts: Facts, sitting: Ints) -> NDArray[np.bool_]:
    point = np.where(sitting >= 0, facts.sitting[sitting] >> 1, layout.NOWHERE)
    return (point > NOW) & (point <= NOW + ANNOUNCED_DAYS)


def _prepare(step: Ints, placed: Ints, unaccepted: NDArray[np.bool_]) -> None:
    """What has started and is not accepted yet is in preparation; the rest starts no earlier than now."""
    started = unaccepted & (placed[:, layout.START] <= NOW)
    step[started, layout.STATE] |= layout.STARTED
    step[started, layout.EARLIEST] = placed[started, layout.START]
    waiting = unaccepted & ~started
    step[waiting, layout.EARLIEST] = np.maximum(step[waiting, layout.EARLIEST], NOW)


def _awaited(facts: Facts, announced: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What the acceptance of an announced step waits for: it stays with it, as in a portfolio in words."""
    held, awaited = announced.tolist(), [False] * len(announced)
    first, last = (facts.step[:, column].tolist() for column in (layout.FIRST_GATE, layout.LAST_GATE))
    gates = facts.gate.tolist()
    for i in range(len(held) - 1, -1, -1):
        held[i] = held[i] or awaited[i]
        for before, tail in gates[first[i] : last[i]]:
            awaited[before] |= held[i] if tail == layout.ACCEPT_GATE else awaited[i]
    return np.array(awaited)


def events() -> Table:
    """One project struck at a time: how long until it is placed anew, and whom that touches."""
    return Table(
        "One event",
        f"Day {NOW} of the plan above. The work of one running step takes up to {OVERRUN_DAYS} days\n"
        f"longer; its project is taken out and put back beside all others, {EVENTS:,} times in a row, each\n"
        "call from Python and back (CPU time). Announced are the sittings of the next "
        f"{ANNOUNCED_DAYS} days; they stay with all they\nwait for; one moves only where what it waits for "
        "comes too late; those that moved for less, by the event that moved them, count as “without need”.",
        (
            "projects",
            "half within, µs",
            "99 % within, µs",
            "slowest, µs",
            "other projects touched",
            "announced moved",
            "without need",
        ),
        [_event_row(size) for size in SIZES],
    )


def _event_row(size: int) -> list[str]:
    stands = standing(made(size, SEED))
    facts, state = stands.facts, stands.state
    draw = np.random.default_rng(SEED)
    struck = draw.choice(stands.running, EVENTS)
    longer = draw.integers(1, OVERRUN_DAYS + 1, EVENTS)
    before = state.placed.copy()
    forced_before = int((before[:, layout.FORCED] > 0).sum())
    repair.repair_project(facts, state, int(facts.step[struck[0], layout.PROJECT]), stands.turns)
    taken, needless = [], 0
    for i, days in zip(struck.tolist(), longer.tolist(), strict=True):
        facts.step[i, layout.WORK] += days
        p = int(facts.step[i, layout.PROJECT])
        own = slice(facts.project[p, layout.FIRST], facts.project[p, layout.LAST])
        was_forced = state.placed[own, layout.FORCED] > 0
        began = time.process_time_ns()
        has_room = repair.repair_project(facts, state, p, stands.turns)
        taken.append((time.process_time_ns() - began) / 1000)
        facts.step[i, layout.WORK] -= days
        if not has_room:
            raise AssertionError("no room for an overrun")
        newly = own.start + np.flatnonzero((state.placed[own, layout.FORCED] > 0) & ~was_forced)
        needless += sum(_ready(facts, state, int(k)) <= facts.step[k, layout.GIVEN_ACCEPT] for k in newly)
    hit = np.isin(facts.step[:, layout.PROJECT], facts.step[struck, layout.PROJECT])
    others = int((state.placed[~hit] != before[~hit]).any(axis=1).sum())
    forced = np.flatnonzero(state.placed[:, layout.FORCED])
    moved = len(forced) - forced_before
    half, most = np.percentile(taken, (50, 99))
    told = f"{moved} of {len(stands.announced)}"
    return [f"{size:,}", f"{half:.1f}", f"{most:.1f}", f"{max(taken):.0f}", str(others), told, str(needless)]


def _ready(facts: Facts, state: State, i: int) -> int:
    """When a step that has not begun is prepared, by what it waits for alone."""
    row = facts.step[i]
    gates = facts.gate[row[layout.FIRST_GATE] : row[layout.LAST_GATE]]
    held = state.finish[gates[gates[:, 1] == layout.ACCEPT_GATE, 0]].max(initial=0)
    if row[layout.STATE] & layout.STARTED:
        return int(max(row[layout.EARLIEST] + row[layout.PREPARATION], held, NOW))
    return int(max(row[layout.EARLIEST], held) + row[layout.PREPARATION])


# --- stability -------------------------------------------------------------------------------------------


def stability() -> Table:
    """Many projects struck at once: mend only those, or plan everything anew."""
    _stability_rows(SIZES[0])  # whatever is not compiled yet is compiled here, outside the figures
    return Table(
        "What a re-plan disturbs",
        f"Day {NOW}: {STRUCK:.0%} of the projects get an overrun at once. Mended: only these, one by one.\n"
        "What stands stays: the whole plan, each step on its day as long as there is room; or it gives way\n"
        f"where that costs less, a moved day counting for {MOVE_COST / measures.DAY:g} days of tardiness.\n"
        "Planned anew: everything not accepted yet, with announced sittings kept, or free to move.",
        ("projects", "way", "CPU, ms", "tardiness", "announced moved", "other projects moved"),
        [row for size in SIZES[1:] for row in _stability_rows(size)],
    )


def _stability_rows(size: int) -> list[list[str]]:
    ways: dict[str, Callable[[Standing, Ints], None]] = {
        "mended": _mend,
        "what stands stays": _stand,
        "what stands gives way": _give_way,
        "planned anew, announced kept": _again,
        "planned anew, announced free": _again_free,
    }
    return [_stability_row(size, name, way) for name, way in ways.items()]


def _stability_row(size: int, name: str, way: Callable[[Standing, Ints], None]) -> list[str]:
    stands = standing(made(size, SEED))
    facts, state = stands.facts, stands.state
    before, ends = state.placed.copy(), state.finish.copy()
    draw = np.random.default_rng(SEED)
    struck = draw.choice(stands.running, max(1, int(size * STRUCK)), replace=False)
    facts.step[struck, layout.WORK] += draw.integers(1, OVERRUN_DAYS + 1, len(struck))
    projects = np.unique(facts.step[struck, layout.PROJECT])
    began = time.process_time()
    way(stands, projects)
    spent = time.process_time() - began
    announced = stands.announced
    moved = int((state.placed[announced, layout.SITTING] != before[announced, layout.SITTING]).sum())
    target = facts.project[:, layout.TARGET]
    others = np.setdiff1d(np.arange(size), projects)
    shifted = float((state.finish[target[others]] != ends[target[others]]).mean())
    return [
        f"{size:,}",
        name,
        f"{1000 * spent:.1f}",
        f"{measures.tardiness(facts, state):,}",
        f"{moved} of {len(announced)}",
        f"{shifted:.1%}",
    ]


def _mend(stands: Standing, projects: Ints) -> None:
    for p in projects.tolist():
        if not repair.repair_project(stands.facts, stands.state, p, stands.turns):
            raise AssertionError("no room for an overrun")


def _stand(stands: Standing, projects: Ints) -> None:  # noqa: ARG001 - everything is looked at
    arrays = Arrays(stands.facts, ())
    keys = urgency.due_keys(arrays)
    everybody = np.ones(len(stands.facts.project), bool)
    _become(stands, urgency.decoded(give_way.holding(arrays, keys, everybody), keys))


def _give_way(stands: Standing, projects: Ints) -> None:  # noqa: ARG001 - everything is looked at
    number = stands.facts.number.copy()
    number[layout.MOVE_COST] = MOVE_COST
    _become(stands, solve.first(Arrays(stands.facts._replace(number=number), ()))[1])


def _become(stands: Standing, state: State) -> None:
    for ours, found in zip(stands.state, state, strict=True):
        np.copyto(ours, found)


def _again(stands: Standing, projects: Ints) -> None:  # noqa: ARG001 - everything is planned anew
    keys, end, late, lifted, order = (np.zeros_like(stands.keys) for _ in range(5))
    orders.due_keys(stands.facts, end, late, keys)
    orders.order_of(stands.facts, keys, lifted, order)
    if not kernels.decode(stands.facts, stands.state, order):
        raise AssertionError("no room for the overruns")


def _again_free(stands: Standing, projects: Ints) -> None:
    stands.facts.step[stands.announced, layout.STATE] = layout.FREE
    given = np.setdiff1d(stands.facts.given, stands.announced).astype(np.int32)
    _again(Standing(stands.facts._replace(given=given), *_rest(stands)), projects)


def _rest(stands: Standing) -> tuple[State, Ints, Ints, Ints, Ints]:
    return stands.state, stands.turns, stands.keys, stands.announced, stands.running
