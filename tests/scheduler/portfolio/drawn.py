"""Small portfolios drawn at random, with everything a portfolio can ask for; a seed is a portfolio."""

from __future__ import annotations

import random

import scheduler
from scheduler.portfolio.demands import Bench, Body, Demand, Officer, Portfolio, Project, Sitting

HORIZON = 90
_PLACES = ("land", "fire", "housing")


def portfolio(
    seed: int, *, projects: int = 3, steps: int = 5, axis: scheduler.Axis | None = None
) -> Portfolio:
    """Projects that share three benches, two officers and two joint reviews; some has happened already."""
    draw = random.Random(seed)  # noqa: S311 - an instance, not a secret
    today = draw.choice((0, 0, 4))
    benches = tuple(Bench(key, draw.choice((1, 1, 2, (0, 0, 1, 2, 1)))) for key in _PLACES)
    officers = (
        Officer("amy", draw.choice((1, 2, (1, 1, 0, 0, 0, 1, 1, 1)))),
        Officer("bo", draw.choice((1, 2))),
    )
    bodies = (
        Body("early", ("fire", "land"), notice=2, opinion=1, seats=1, sittings=_sittings(draw)),
        Body("late", ("fire", "housing"), notice=1, opinion=2, seats=2, sittings=_sittings(draw)),
    )
    return Portfolio(
        [_project(draw, f"p{k}", steps, today) for k in range(projects)],
        axis or scheduler.NominalAxis(),
        horizon=HORIZON,
        today=today,
        frozen_until=today + draw.choice((0, 3)),
        benches=benches,
        officers=officers,
        bodies=bodies,
        rooms=1,
    )


def _sittings(draw: random.Random) -> tuple[Sitting, ...]:
    every = draw.choice((1, 2, 3))
    return tuple(Sitting(point, draw.choice((0, 1))) for point in range(1, HORIZON, every))


def _project(draw: random.Random, key: str, count: int, today: int) -> Project:
    names = [f"s{i}" for i in range(count)]
    happened = {name: _history(draw, today) for name in names[:1]}
    steps = [_step(draw, name, happened.get(name, {})) for name in names]
    gates = [_gate(draw, names[i], names[j]) for i in range(count) for j in range(i + 1, min(i + 3, count))]
    kept = [gate for gate in gates if gate is not None]
    return Project(
        key,
        scheduler.Problem(steps, kept, (names[-1],), today=today),
        {name: _demand(draw) for name in names},
        target=names[-1],
        release=draw.randint(0, 4),
        due=draw.randint(2, 12),
        officers=draw.choice(((), ("amy",), ("amy", "bo"))),
        weight=draw.choice((1, 1, 3)),
    )


def _history(draw: random.Random, today: int) -> dict[str, int]:
    """What has happened to a project's first step."""
    if not today:
        return {}
    return draw.choice(({}, {"started": 1}, {"started": 0, "accepted": 2}, {"accepted": 0, "finished": 3}))


def _step(draw: random.Random, key: str, happened: dict[str, int]) -> scheduler.Step:
    basis = draw.choices(tuple(scheduler.Basis), weights=(6, 2, 1))[0]
    segments = []
    if draw.random() < 0.4:
        segments.append(scheduler.Segment("preparation", draw.randint(1, 3), basis))
    if draw.random() < 0.3:
        segments.append(scheduler.Segment("special", draw.randint(1, 4), basis))
    segments.append(scheduler.Segment("work", draw.randint(0, 5)))
    return scheduler.Step(key, tuple(segments), **happened)


def _gate(draw: random.Random, before: str, after: str) -> scheduler.Precedence | None:
    if draw.random() < 0.4:
        return None
    if draw.random() < 0.3:
        return scheduler.Precedence(before, after, scheduler.Gate.ISSUE, tail=draw.randint(0, 2))
    return scheduler.Precedence(before, after, scheduler.Gate.ACCEPT)


def _demand(draw: random.Random) -> Demand:
    bench = draw.choice((None, *_PLACES))
    body = draw.choices((None, "early", "late"), weights=(6, 1, 1))[0]
    planned = draw.choice((None, None, None, draw.randint(0, 12)))
    return Demand(
        bench,
        body,
        needs_officer=draw.random() < 0.6,
        planned=planned,
        is_announced=planned is not None and draw.random() < 0.3,
    )
