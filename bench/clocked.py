"""Measuring two ways of doing one thing fairly: turn about, in one run, in processor time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence


def seconds(ways: Sequence[Callable[[], object]], *, rounds: int, repeat: int = 1) -> list[float]:
    """The best processor time of each way over so many rounds of so many calls, the ways taking turns.

    The garbage collector is off while a way runs, for all ways alike.

    Units: CPU seconds of this process for one call, so that a busy machine does not tilt the ratio.
    """
    best = [float("inf")] * len(ways)
    for _ in range(rounds):
        for k, way in enumerate(ways):
            best[k] = min(best[k], _once(way, repeat))
    return best


def _once(way: Callable[[], object], repeat: int) -> float:
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        before = time.process_time()
        for _ in range(repeat):
            way()
        return (time.process_time() - before) / repeat
    finally:
        if was_on:
            gc.enable()
