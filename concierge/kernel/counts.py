"""The figures beside the menu's entries, counted again once something has happened.

Every page shows them, and counting asks every addon. Nearly everything that changes a figure is told as an
event; so what was counted for a person stands until one is recorded, or a minute has passed since.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.outbox import EventRow

MOST_KEPT = 20_000
STANDS_FOR = timedelta(minutes=1)
Stamp = tuple[int, datetime]


class Counts:
    """What this process has counted, by person and entry."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int | None, str], tuple[Stamp, int]] = {}

    def stamp(self, session: Session) -> Stamp:
        """What a figure's age is told by: the last event there is, and the moment; one query."""
        last: int | None = session.scalar(select(func.max(EventRow.id)))
        return last or 0, clock.now()

    def of(self, actor: Actor, name: str, stamp: Stamp, count: Callable[[], int]) -> int:
        """A figure for a person: what was counted within a minute and since the last event; else anew."""
        kept = self._kept.get((actor.id, name))
        if kept is not None and kept[0][0] == stamp[0] and stamp[1] - kept[0][1] < STANDS_FOR:
            return kept[1]
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        counted = count()
        self._kept[actor.id, name] = (stamp, counted)
        return counted

    def keep(self, actor: Actor, name: str, stamp: Stamp, counted: int) -> None:
        """A figure a page has just counted by itself, so that the menu beside it says the same."""
        self._kept[actor.id, name] = (stamp, counted)
