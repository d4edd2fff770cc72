"""How much to search for a better plan, and what whoever watches is told meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to search.

    ``decodes`` counts plans made and tried, so that the same input and seed give the same plan on every
    machine; a candidate that is planned only in part counts in part. ``seconds`` is a cap of processor time,
    and makes the answer depend on it.
    """

    decodes: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is. Units: ``tardiness`` in working days past the promises, weighted."""

    decodes: int
    wanted: int
    tardiness: int
    bound: int


Watch = Callable[[Progress], bool]
"""Called between rounds of the search; False stops it with the best plan so far."""
