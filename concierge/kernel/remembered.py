"""What a process remembers of the rows behind its database, so that what seldom changes is read once.

What is asked for with a revision is read again when one cheap question says that its rows have changed; what
never changes needs none. Every database has a memory of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

Value = TypeVar("Value")
MOST_KEPT = 256


class Remembered(Generic[Value]):
    """Values by what was asked, ``MOST_KEPT`` for each database; the one kept longest gives way."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Engine, dict[Hashable, tuple[object, Value]]] = WeakKeyDictionary()
        _memories.append(self)

    def get(
        self, session: Session, asked: Hashable, read: Callable[[], Value], *, revision: object = None
    ) -> Value:
        """What was read before for the same revision; else it is read now, and kept."""
        kept = self._kept.setdefault(session.get_bind().engine, {})
        found = kept.get(asked)
        if found is not None and found[0] == revision:
            return found[1]
        value = read()
        if asked not in kept and len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[asked] = (revision, value)
        return value

    def forget(self, engine: Engine) -> None:
        """Remember nothing of the rows behind an engine any more."""
        self._kept.pop(engine, None)


_memories: list[Remembered[Any]] = []


def forget(engine: Engine) -> None:
    """Let the whole process forget the rows behind an engine: they are others now."""
    for memory in _memories:
        memory.forget(engine)
