"""Inner loops written once: compiled where Numba is there, plain Python where it is not.

``NUMBA_DISABLE_JIT=1`` runs the same loops as Python; both give the same bytes. Compiled code is kept in
``__pycache__`` (or in ``NUMBA_CACHE_DIR``), so it is compiled once: ``python -m scheduler compile``, which
set-up runs. Numba looks at the file of a loop alone, not at those of the loops it calls; so what is compiled
is kept in a folder named for all the sources it was compiled from, and old code is never called by new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

try:
    import numba
except ImportError:  # a machine Numba has no wheel for: slower, the same plans
    numba = None  # type: ignore[assignment]

PREFIX = "loops-"
_P = ParamSpec("_P")
_R = TypeVar("_R")


def folder_for(sources: Path, base: Path) -> Path:
    """The folder of what is compiled from the sources below a folder, as they are now."""
    digest = hashlib.sha256()
    for path in sorted(sources.rglob("*.py")):
        digest.update(path.read_bytes())
    return base / f"{PREFIX}{digest.hexdigest()[:16]}"


def _kept_in() -> Path | None:
    if numba is None:
        return None
    asked = numba.config.CACHE_DIR  # type: ignore[attr-defined]  # set there from the environment
    here = Path(__file__).parent
    return folder_for(here, Path(asked) if asked else here / "__pycache__")


KEPT_IN = _kept_in()
"""Where compiled code is kept; None without Numba."""


def compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A loop over flat arrays, compiled; other threads run while it does."""
    if numba is None:
        return function
    numba.config.CACHE_DIR = str(KEPT_IN)  # type: ignore[attr-defined]
    return cast("Callable[_P, _R]", numba.njit(cache=True, nogil=True)(function))


def inlined(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A loop that becomes part of every loop that calls it: no call, no counting of references to its arrays.

    It makes what calls it longer to compile, so it is for the few that run at every step.
    """
    if numba is None:
        return function
    numba.config.CACHE_DIR = str(KEPT_IN)  # type: ignore[attr-defined]
    return cast("Callable[_P, _R]", numba.njit(cache=True, nogil=True, inline="always")(function))
