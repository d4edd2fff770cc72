"""Forecast permits by month: one brick a project, the late ones marked, the sum of investment below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from projects.press.svg import box, label, path, picture

_COLUMN = 82
_BRICK = 26
_BASE = 140.5
_MOST = 5


@dataclass(frozen=True)
class MonthColumn:
    """One month: its name, how many on time and how many late, and the sum as people read it."""

    name: str
    on_time: int
    late: int
    sum_text: str
    late_text: str


def months(prefix: str, columns: Sequence[MonthColumn], *, title: str, desc: str) -> str:
    """The columns as one picture; past five bricks a column keeps its height, its number tells the rest."""
    inside: list[str] = []
    for place, column in enumerate(columns):
        x = 8 + place * _COLUMN
        count = column.on_time + column.late
        bricks = min(count, _MOST)
        late = min(column.late, bricks) if column.late else 0
        for brick in range(bricks):
            y = 118 - brick * _BRICK
            is_late = brick >= bricks - late
            inside.append(box("mb mb-l" if is_late else "mb", x=x, y=y, width=60, height=22, extra='rx="3"'))
            if is_late and brick == bricks - 1:
                inside.append(label(column.late_text, x + 30, y + 15, "mb-t", "middle"))
        inside.append(label(str(count), x + 30, 134 - bricks * _BRICK, "mb-n", "middle"))
        inside.append(label(column.name, x + 30, 160, "ax-t ax-tm", "middle"))
        inside.append(label(column.sum_text, x + 30, 178, "ax-t", "middle"))
    width = max(420, 16 + len(columns) * _COLUMN)
    inside.append(path(f"M0 {_BASE}H{width}", "ax-base"))
    return picture(prefix, "bd-mon", (width, 196), title, desc, inside)
