"""Compiling every inner loop once, when a machine is set up, so that nobody waits for it later."""

from __future__ import annotations

import importlib
import time
from pathlib import Path

KERNELS = ("scheduler.rcpsp.warm_up:warm_up", "scheduler.portfolio.warm_up:warm_up")
"""What compiles each package's loops: a function that calls every one of them with tiny arguments of the
types they are given in earnest. A package with loops of its own adds its line here."""


def drop_stale(folder: Path) -> int:
    """Forget compiled code that is older than any source beside it; how many files that were.

    Numba looks at the file of a loop alone, not at those of the loops it calls: without this, a release that
    changes one of them would go on with the old code of the others.

    Effects: deletes files under ``__pycache__``.
    """
    compiled = sorted(folder.rglob("__pycache__/*.nb[ci]"))
    newest = max((path.stat().st_mtime_ns for path in folder.rglob("*.py")), default=0)
    stale = [path for path in compiled if path.stat().st_mtime_ns < newest]
    for path in compiled if stale else ():
        path.unlink(missing_ok=True)
    return len(compiled) if stale else 0


def compile_all() -> float:
    """Call every entry of ``KERNELS``; how long it took.

    Units: seconds of processor time; a second call in another process takes a fraction of the first.
    Effects: writes compiled code beside the source, where Numba is there.
    """
    before = time.process_time()
    drop_stale(Path(__file__).parent)
    for entry in KERNELS:
        module, _, function = entry.partition(":")
        getattr(importlib.import_module(module), function)()
    return time.process_time() - before
