"""Made-up portfolios of a county's shape, straight as the planner's arrays; the same seed gives the same one.

Forty steps a project, 26 departments whose reviewers are busy for 85 % of their days, one step in ten with
a joint review that may sit on four half-days a week, pairs of officers with absences, special procedures in
calendar days, both gates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import scheduler
from scheduler.period import Basis, Segment
from scheduler.portfolio import layout, orders
from scheduler.portfolio.arrays import Arrays
from scheduler.portfolio.demands import Bench, Body, Demand, Officer, Portfolio, Project, Sitting
from scheduler.portfolio.layout import FAR, NOWHERE, Facts

STEPS = 40
DEPARTMENTS = 26
BODIES = 12
SPAN = 250
HORIZON = 640
BUSY = 0.85
"""The part of all places the work would fill if it spread evenly over ``SPAN`` days."""
SEATED = 0.3
"""The part of the seats of all half-days offered that is asked for; members and rooms limit it too."""
SLACK = 1.15
"""A project is promised for its release plus its critical path, so many times."""
SPECIAL_DAYS = (7, 10, 15, 20, 30)

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Instance:
    """One made-up portfolio: its arrays, and the sizes they were drawn with."""

    arrays: Arrays
    projects: int
    horizon: int

    @property
    def steps(self) -> int:
        """How many steps all projects have."""
        return len(self.arrays.facts.step)


def made(projects: int, seed: int = 1, *, slack: float = SLACK, horizon: int = HORIZON) -> Instance:
    """A portfolio of so many projects of ``STEPS`` steps."""
    draw = np.random.default_rng(seed)
    count = projects * STEPS
    step = np.zeros((count, layout.STEP_COLUMNS), np.int32)
    release = draw.integers(0, int(SPAN * 0.6), projects)
    step[:, layout.EARLIEST] = np.repeat(release, STEPS)
    step[:, layout.PROJECT] = np.repeat(np.arange(projects), STEPS)
    step[:, [layout.BODY, layout.GIVEN_ACCEPT, layout.GIVEN_SITTING]] = NOWHERE
    step[:, layout.DEADLINE] = FAR
    gate = _gates(draw, step)
    weights = draw.dirichlet(np.ones(DEPARTMENTS) * 3)
    step[:, layout.BENCH] = draw.choice(DEPARTMENTS, count, p=weights)
    table = _lengths(draw, step, horizon)
    body, member, sitting, next_sitting = _bodies(draw, step, weights, horizon)
    places = _places(draw, step, horizon)
    hand_ins, turn = _officers(draw, step, projects, horizon)
    number = np.array([horizon, 0, BODIES // 2, 0], np.int32)
    project = np.zeros((projects, layout.PROJECT_COLUMNS), np.int32)
    project[:, layout.FIRST] = np.arange(projects) * STEPS
    project[:, layout.LAST] = project[:, layout.FIRST] + STEPS
    project[:, layout.TARGET] = project[:, layout.LAST] - 1
    project[:, layout.WEIGHT] = 1
    project[:, layout.RELEASE] = release
    nothing = np.zeros(0, np.int32)
    room = (places, hand_ins, turn, body, sitting, next_sitting, member)
    facts = Facts(step, gate, project, table, *room, nothing, number)
    _promise(facts, slack)
    names = [(f"p{k // STEPS}", f"s{k % STEPS}") for k in range(count)]
    officers = [f"o{k}" for k in range(len(hand_ins))]
    return Instance(Arrays(facts, names, officers=officers), projects, horizon)


def _gates(draw: np.random.Generator, step: Ints) -> Ints:
    """One to three of the eight steps before, a quarter at issue gates; the last step waits for all ends."""
    count = len(step)
    place = np.arange(count) % STEPS
    reach = np.minimum(place, 8)
    picks = np.sort(np.floor(draw.random((count, 3)) * reach[:, None]).astype(np.int64), axis=1)
    wanted = np.minimum(draw.integers(1, 4, count), reach)
    used = np.arange(3)[None, :] < wanted[:, None]
    used[:, 1:] &= picks[:, 1:] != picks[:, :-1]
    last = place == STEPS - 1
    used[last] = False
    rows, columns = np.nonzero(used)
    before = rows - 1 - picks[rows, columns]
    tail = np.where(draw.random(len(rows)) < 0.25, draw.integers(0, 2, len(rows)), layout.ACCEPT_GATE)
    has_after = np.zeros(count, bool)
    has_after[before] = True
    ends = np.flatnonzero(~has_after & ~last)
    rows = np.concatenate([rows, (ends // STEPS) * STEPS + STEPS - 1])
    before = np.concatenate([before, ends])
    tail = np.concatenate([tail, np.full(len(ends), layout.ACCEPT_GATE)])
    order = np.lexsort((before, rows))
    first = np.searchsorted(rows[order], np.arange(count + 1))
    step[:, layout.FIRST_GATE], step[:, layout.LAST_GATE] = first[:-1], first[1:]
    return np.stack([before[order], tail[order]], axis=1).astype(np.int32)


def _lengths(draw: np.random.Generator, step: Ints, horizon: int) -> Ints:
    """About six working days each; a tenth begin with a special procedure in calendar days."""
    count = len(step)
    step[:, layout.WORK] = np.minimum(30, 1 + draw.geometric(0.18, count))
    step[:, layout.PREPARATION] = np.where(draw.random(count) < 0.3, draw.integers(1, 4, count), 0)
    special = np.where(draw.random(count) < 0.1, draw.integers(0, len(SPECIAL_DAYS), count), NOWHERE)
    step[:, layout.SPECIAL] = np.where(special >= 0, -1 - special, 0)
    nominal = np.array([-(-days * 5 // 7) for days in SPECIAL_DAYS] + [0])
    step[:, layout.PREPARATION_DAYS] = step[:, layout.PREPARATION]
    step[:, layout.OWN_DAYS] = step[:, layout.WORK] + nominal[special]
    axis = _axis()
    return np.array(
        [
            [axis.forward(point, Segment("special", days, Basis.CALENDAR)) for point in range(horizon + 32)]
            for days in SPECIAL_DAYS
        ],
        np.int32,
    )


def _bodies(
    draw: np.random.Generator, step: Ints, weights: NDArray[np.float64], horizon: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Joint reviews of two to five departments, and how many seats they need so that few wait long."""
    count = len(step)
    joint = np.flatnonzero(draw.random(count) < 0.1)
    step[joint, layout.BODY] = draw.integers(0, BODIES, len(joint))
    rows, members, slots, following = [], [], [], []
    days = np.arange(horizon + 2)
    for k in range(BODIES):
        asked = int((step[:, layout.BODY] == k).sum())
        chosen = np.sort(draw.choice(DEPARTMENTS, int(draw.integers(2, 6)), replace=False, p=weights))
        weekly = np.sort(draw.choice(10, 4, replace=False))
        offered = (np.arange(0, horizon - 5, 5)[:, None] * 2 + weekly[None, :]).ravel()
        seats = max(2, int(np.ceil(asked / (SPAN * 4 / 5 * SEATED))))
        first, first_member = sum(map(len, slots)), len(members)
        following.append(first + np.searchsorted(offered >> 1, days))
        slots.append(offered)
        members.extend(chosen.tolist())
        notice, opinion = int(draw.integers(1, 4)), int(draw.integers(1, 3))
        own = step[:, layout.OWN_DAYS]
        own[step[:, layout.BODY] == k] = np.maximum(own[step[:, layout.BODY] == k], notice + opinion)
        rows.append([notice, opinion, seats, 1, first, first + len(offered), first_member, len(members)])
    return (
        np.array(rows, np.int32),
        np.array(members, np.int32),
        np.concatenate(slots).astype(np.int32),
        np.array(following, np.int32),
    )


def _places(draw: np.random.Generator, step: Ints, horizon: int) -> Ints:
    """Reviewers for ``BUSY`` of the work; a tenth of them are missing for two weeks somewhere in the year."""
    load = np.bincount(step[:, layout.BENCH], weights=step[:, layout.WORK], minlength=DEPARTMENTS)
    usual = np.maximum(2, np.ceil(load / (SPAN * BUSY))).astype(np.int32)
    places = np.repeat(usual[:, None], horizon + 2, axis=1)
    for k in range(DEPARTMENTS):
        first = int(draw.integers(0, SPAN))
        places[k, first : first + 10] = np.maximum(1, usual[k] - np.maximum(1, usual[k] // 10))
    return places


def _officers(draw: np.random.Generator, step: Ints, projects: int, horizon: int) -> tuple[Ints, Ints]:
    """Pairs who hand in three steps a day, each away two weeks of the year; B stands in for A."""
    officers = max(4, projects * STEPS // 450)
    hand_ins = np.full((officers, horizon + 2), 3, np.int32)
    for k, first in enumerate(draw.integers(0, SPAN, officers)):
        hand_ins[k, first : first + 10] = 0
    turn = np.repeat(np.arange(officers, dtype=np.int32)[:, None], horizon + 2, axis=1)
    deputy = np.roll(turn, -1, axis=0)
    away = hand_ins == 0
    turn[away] = deputy[away]
    turn[away & np.roll(away, -1, axis=0)] = NOWHERE
    step[:, layout.PAIR] = np.repeat(draw.integers(0, officers, projects), STEPS)
    return hand_ins, turn


def _promise(facts: Facts, slack: float) -> None:
    """Every project is promised for its release plus ``slack`` times its critical path."""
    end = np.zeros(len(facts.step), np.int32)
    for p in range(len(facts.project)):
        last = orders.early_ends(facts, p, end)
        release = facts.project[p, layout.RELEASE]
        facts.project[p, layout.DUE] = release + int(slack * (last - release))


def _axis() -> scheduler.WorkdayAxis:
    calendar = scheduler.WorkCalendar([], {2026, 2027, 2028, 2029, 2030})
    return calendar.axis(calendar.first_day)


def as_portfolio(instance: Instance) -> Portfolio:
    """The same portfolio in the planner's words, so that its plans can be proved; slow for large ones."""
    facts = instance.arrays.facts
    problems = [_project(facts, p) for p in range(instance.projects)]
    benches = [Bench(f"d{k}", row.tolist()) for k, row in enumerate(facts.places)]
    officers = [Officer(f"o{k}", row.tolist()) for k, row in enumerate(facts.hand_ins)]
    bodies = []
    for k, row in enumerate(facts.body.tolist()):
        notice, opinion, seats, room, first, last, first_member, last_member = row
        slots = facts.sitting[first:last].tolist()
        members = tuple(f"d{m}" for m in facts.member[first_member:last_member])
        bodies.append(
            Body(
                f"r{k}",
                members,
                notice=notice,
                opinion=opinion,
                seats=seats,
                sittings=tuple(Sitting(slot >> 1, slot & 1) for slot in slots),
                needs_room=bool(room),
            )
        )
    return Portfolio(
        problems,
        _axis(),
        horizon=instance.horizon,
        benches=benches,
        officers=officers,
        bodies=bodies,
        rooms=int(facts.number[layout.ROOMS]),
    )


def _project(facts: Facts, p: int) -> Project:
    first, last, target, due, weight, release = facts.project[p].tolist()
    steps, gates, demands = [], [], {}
    for i in range(first, last):
        row = facts.step[i].tolist()
        key = f"s{i - first}"
        steps.append(scheduler.Step(key, _segments(row)))
        bench, body = row[layout.BENCH], row[layout.BODY]
        demands[key] = Demand(f"d{bench}", None if body < 0 else f"r{body}")
        for before, tail in facts.gate[row[layout.FIRST_GATE] : row[layout.LAST_GATE]].tolist():
            kind = scheduler.Gate.ACCEPT if tail == layout.ACCEPT_GATE else scheduler.Gate.ISSUE
            gates.append(scheduler.Precedence(f"s{before - first}", key, kind, tail=max(0, tail)))
    pair = int(facts.step[first, layout.PAIR])
    return Project(
        f"p{p}",
        scheduler.Problem(steps, gates),
        demands,
        target=f"s{target - first}",
        release=release,
        due=due,
        officers=(f"o{pair}", f"o{(pair + 1) % len(facts.hand_ins)}"),
        weight=weight,
    )


def _segments(row: list[int]) -> tuple[Segment, ...]:
    segments = [Segment("preparation", row[layout.PREPARATION])]
    if row[layout.SPECIAL] < 0:
        segments.append(Segment("special", SPECIAL_DAYS[-1 - row[layout.SPECIAL]], Basis.CALENDAR))
    return (*segments, Segment("work", row[layout.WORK]))
