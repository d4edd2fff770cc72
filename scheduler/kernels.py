"""Compiling every inner loop once, when a machine is set up, so that nobody waits for it later."""

from __future__ import annotations

import importlib
import shutil
import time
from pathlib import Path

from scheduler.compiled import KEPT_IN, PREFIX

KERNELS = ("scheduler.rcpsp.warm_up:warm_up", "scheduler.portfolio.warm_up:warm_up")
"""What compiles each package's loops: a function that calls every one of them with tiny arguments of the
types they are given in earnest. A package with loops of its own adds its line here."""


def drop_others(kept: Path) -> int:
    """Forget what was compiled from other sources than the present ones; how many folders that were.

    Effects: deletes folders beside the one that is kept.
    """
    others = [path for path in kept.parent.glob(f"{PREFIX}*") if path != kept]
    for path in others:
        shutil.rmtree(path, ignore_errors=True)
    return len(others)


def compile_all() -> float:
    """Call every entry of ``KERNELS``; how long it took.

    Units: seconds of processor time; a second call in another process takes a fraction of the first.
    Effects: writes compiled code beside the source, where Numba is there.
    """
    before = time.process_time()
    if KEPT_IN is not None:
        drop_others(KEPT_IN)
    for entry in KERNELS:
        module, _, function = entry.partition(":")
        getattr(importlib.import_module(module), function)()
    return time.process_time() - before
