"""Portfolios other planners can read too: steps, accept gates, one bench for each step, a promise each.

Forty steps of about six and a half days a project, 26 departments that need 85 % of 250 days for all of them,
promised for the release plus 115 % of the critical path. The same seed gives the same portfolio everywhere.
"""

from __future__ import annotations

import numpy as np

import scheduler
from scheduler.portfolio.demands import Bench, Demand, Portfolio, Project

STEPS = 40
DEPARTMENTS = 26
SPAN = 250
BUSY = 0.85
SLACK = 1.15
HORIZON = 900
END = "end"


def made(projects: int, seed: int = 1) -> Portfolio:
    """A portfolio of so many projects."""
    draw = np.random.default_rng(seed)
    weights = draw.dirichlet(np.ones(DEPARTMENTS) * 3)
    lengths = np.minimum(30, 1 + draw.geometric(0.18, (projects, STEPS)))
    benches = draw.choice(DEPARTMENTS, (projects, STEPS), p=weights)
    load = np.bincount(benches.ravel(), weights=lengths.ravel(), minlength=DEPARTMENTS)
    places = np.maximum(2, np.ceil(load / (SPAN * BUSY))).astype(int)
    return Portfolio(
        [_project(draw, p, lengths[p].tolist(), benches[p].tolist()) for p in range(projects)],
        scheduler.NominalAxis(),
        horizon=HORIZON,
        benches=tuple(Bench(f"d{k}", int(count)) for k, count in enumerate(places)),
    )


def _project(draw: np.random.Generator, number: int, lengths: list[int], benches: list[int]) -> Project:
    steps = [scheduler.Step(f"s{k}", (scheduler.Segment("work", days),)) for k, days in enumerate(lengths)]
    gates, ends = [], [0] * STEPS
    for k in range(STEPS):
        first = max(0, k - 8)
        for before in draw.choice(k - first, min(k - first, int(draw.integers(1, 4))), replace=False):
            i = first + int(before)
            gates.append(scheduler.Precedence(f"s{i}", f"s{k}", scheduler.Gate.ACCEPT))
            ends[k] = max(ends[k], ends[i])
        ends[k] += lengths[k]
    gates += [scheduler.Precedence(step.key, END, scheduler.Gate.ACCEPT) for step in steps]
    release = int(draw.integers(0, int(SPAN * 0.6)))
    return Project(
        f"p{number}",
        scheduler.Problem([*steps, scheduler.Step(END, ())], gates, (END,)),
        {f"s{k}": Demand(f"d{bench}", needs_officer=False) for k, bench in enumerate(benches)},
        target=END,
        release=release,
        due=release + int(np.ceil(max(ends) * SLACK)),
    )
