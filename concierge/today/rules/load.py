"""How much falls due on the days ahead, for a person and the partners, and the day that is too full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

LEVELS = 4
CROWDED = 2.0
"""A day is too full from so many times the average on; a habit of ours, said beside the table."""
FEWEST_CROWDED = 3


@dataclass(frozen=True, kw_only=True)
class DueStep:
    """One step that falls due on a day, and who has it as A and as B.

    Shape: ``may_move`` says that it has time to spare, so another day could be agreed on.
    """

    project_id: int
    code: str
    on: date
    a_id: int
    b_id: int
    may_move: bool = False


@dataclass(frozen=True, kw_only=True)
class LoadRow:
    """One line of the table: how many steps on each day, and the days one is away."""

    person_id: int
    post: str
    counts: tuple[int, ...]
    away: tuple[bool, ...]

    @property
    def total(self) -> int:
        """All days together."""
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class Crowded:
    """The day on which far more falls due than on others, and what could be moved."""

    on: date
    count: int
    average: float
    movable: tuple[DueStep, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LoadTable:
    """The days ahead for a person and the partners."""

    days: tuple[date, ...]
    rows: tuple[LoadRow, ...]
    crowded: Crowded | None = None
    partners: Mapping[int, int] = field(default_factory=dict)

    def level(self, count: int) -> int:
        """How dark a figure stands: 0 for none, 4 for four and more."""
        return min(count, LEVELS)


def load_table(
    person_id: int,
    partners: Sequence[int],
    steps: Sequence[DueStep],
    away: Mapping[int, frozenset[date]],
    days: Sequence[date],
) -> LoadTable:
    """What falls due for a person as A, as B, and for each partner as A.

    Shape: a step counts once for its A and once for its B.
    Source: AB-9 for weighing people; the table is ours.
    """
    as_a = Counter((step.a_id, step.on) for step in steps)
    as_b = Counter((step.b_id, step.on) for step in steps)

    def row(person: int, post: str, counted: Counter[tuple[int, date]]) -> LoadRow:
        gone = away.get(person, frozenset())
        return LoadRow(
            person_id=person,
            post=post,
            counts=tuple(counted[person, day] for day in days),
            away=tuple(day in gone for day in days),
        )

    rows = [row(person_id, "A", as_a), row(person_id, "B", as_b)]
    rows += [row(partner, "", as_a) for partner in partners]
    return LoadTable(days=tuple(days), rows=tuple(rows), crowded=_crowded(person_id, steps, days))


def _crowded(person_id: int, steps: Sequence[DueStep], days: Sequence[date]) -> Crowded | None:
    """The fullest day, if it is far above the average of the days."""
    mine = [step for step in steps if person_id in (step.a_id, step.b_id) and step.on in set(days)]
    counted = Counter(step.on for step in mine)
    if not counted or not days:
        return None
    on = max(sorted(counted), key=lambda day: counted[day])
    average = len(mine) / len(days)
    if counted[on] < max(FEWEST_CROWDED, CROWDED * average):
        return None
    movable = tuple(step for step in mine if step.on == on and step.may_move)
    return Crowded(on=on, count=counted[on], average=average, movable=movable)
