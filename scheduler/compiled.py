"""Inner loops written once: compiled where Numba is there, plain Python where it is not.

``NUMBA_DISABLE_JIT=1`` runs the same loops as Python; both give the same bytes. Compiled code is kept in
``__pycache__``, so it is compiled once (``python -m scheduler compile``, which set-up runs).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

try:
    import numba
except ImportError:  # a machine Numba has no wheel for: slower, the same plans
    numba = None  # type: ignore[assignment]

_P = ParamSpec("_P")
_R = TypeVar("_R")


def compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A loop over flat arrays, compiled; other threads run while it does."""
    if numba is None:
        return function
    return cast("Callable[_P, _R]", numba.njit(cache=True, nogil=True)(function))
