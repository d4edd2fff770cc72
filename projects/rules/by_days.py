"""Something for each way of counting days, worked out when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from approvals.rules.periods import DaysMode

Value = TypeVar("Value")


class ByDays(Mapping[DaysMode, Value]):
    """A plan stands on one way of counting; the others are for those who compare, and cost as much again."""

    __slots__ = ("_found", "_work_out")

    def __init__(self, work_out: Callable[[DaysMode], Value]) -> None:
        self._work_out = work_out
        self._found: dict[DaysMode, Value] = {}

    def __getitem__(self, days: DaysMode) -> Value:
        if days not in self._found:
            self._found[days] = self._work_out(days)
        return self._found[days]

    def __iter__(self) -> Iterator[DaysMode]:
        return iter(DaysMode)

    def __len__(self) -> int:
        return len(DaysMode)

    def __repr__(self) -> str:
        return repr(dict(self))
