"""How many papers are due on each of the next working days: one brick a paper, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from projects.press.svg import box, label, path, picture

PITCH, BRICK, LAYER, GROUND = 26, 20, 12, 52
LEFT, HIGHEST, LABELLED = 4, 3, 5


@dataclass(frozen=True)
class DueDay:
    """One working day. Shape: ``label`` is the day as people read it; ``count`` the papers due on it."""

    label: str
    count: int


def due_strip(days: Sequence[DueDay], *, title: str, description: str) -> str:
    """The strip. Shape: papers beyond the bricks that fit are a number above the highest one."""
    width = LEFT + PITCH * len(days)
    parts = [label(title, LEFT, 10, "ax-t")]
    for place, day in enumerate(days):
        parts.extend(_column(LEFT + PITCH * place, day, is_labelled=place % LABELLED == 0))
    parts.append(path(f"M0 {GROUND + 0.5}H{width}", "ax-base"))
    return picture("due", "bd-hist", (width, 64), title, description, parts)


def _column(x: float, day: DueDay, *, is_labelled: bool) -> Iterator[str]:
    for layer in range(min(day.count, HIGHEST)):
        y = GROUND - 10 - LAYER * layer
        yield box("cd-left", x=x, y=y, width=BRICK, height=9, extra='rx="1.5"')
    if day.count > HIGHEST:
        yield label(str(day.count), x + 4, GROUND - 12 - LAYER * (HIGHEST - 1), "ax-t")
    if is_labelled:
        yield label(day.label, x, 62, "ax-t")
