"""Made-up projects of the size and shape of ours: the same seed gives the same project everywhere.

The density is the catalogue's own: 247 precedences over 101 steps, about a quarter of them issue gates.
"""

from __future__ import annotations

import random

import scheduler

PRECEDENCES_PER_STEP = 2.45
REACH = 15
"""A step waits for steps at most so many places before it, as stages follow each other."""


def project(seed: int, count: int = 60) -> tuple[list[scheduler.Step], list[scheduler.Precedence]]:
    """The steps and precedences of one made-up project, with both gates, tails and calendar days.

    Shape: ``count`` steps, of which one is the permit and one the lawful start.
    """
    draw = random.Random(seed)  # noqa: S311 - an instance, not a secret
    steps = [scheduler.Step(_key(i, count), _segments(draw)) for i in range(count)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < int(count * PRECEDENCES_PER_STEP):
        i, j = sorted(draw.sample(range(count), 2))
        if j - i <= REACH:
            pairs.add((i, j))
    return steps, [_precedence(draw, steps[i].key, steps[j].key) for i, j in sorted(pairs)]


def _key(i: int, count: int) -> str:
    if i == count * 2 // 3:
        return "construction-permit"
    return "construction-start" if i == count * 3 // 4 else f"step-{i:02}"


def _segments(draw: random.Random) -> tuple[scheduler.Segment, ...]:
    working, calendar, unspecified = scheduler.Basis
    segments = []
    if draw.random() < 0.6:
        segments.append(scheduler.Segment("preparation", draw.randint(1, 10)))
    if draw.random() < 0.3:
        segments.append(scheduler.Segment("special", draw.randint(5, 30), draw.choice((working, calendar))))
    basis = draw.choices((working, calendar, unspecified), weights=(6, 1, 2))[0]
    segments.append(scheduler.Segment("work", draw.randint(0, 20), basis))
    return tuple(segments)


def _precedence(draw: random.Random, before: str, after: str) -> scheduler.Precedence:
    if draw.random() < 0.25:
        return scheduler.Precedence(before, after, scheduler.Gate.ISSUE, tail=draw.randint(0, 1))
    return scheduler.Precedence(before, after, scheduler.Gate.ACCEPT)
