"""What a change does to a plan: every step it moves, old and new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import scheduler
from projects.rules.project_plan import Headlines, ProjectPlan


@dataclass(frozen=True, kw_only=True)
class StepMove:
    """One step that moved between two plans, came onto the list (no old days) or fell off it (no new ones).

    Units: civil days, or points on a typical length; ``workdays_later`` in working days, below zero =
    earlier.
    """

    code: str
    name_zh: str
    name_en: str
    old_start_on: date | int | None
    new_start_on: date | int | None
    old_finish_on: date | int | None
    new_finish_on: date | int | None
    workdays_later: int | None

    @property
    def has_other_days(self) -> bool:
        """Whether its first or its last day is another; between them its acceptance alone may differ."""
        before = self.old_start_on, self.old_finish_on
        return before != (self.new_start_on, self.new_finish_on)


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """Everything a change does to a plan: each moved step, old and new, and the two headline days."""

    moves: tuple[StepMove, ...]
    old: Headlines
    new: Headlines

    @property
    def is_empty(self) -> bool:
        """Whether nothing moves at all."""
        return not self.moves


def cascade(old: ProjectPlan, new: ProjectPlan) -> Cascade:
    """Every step that a change moves, old and new, in the new plan's order, removals last."""
    names = {step.code: step for step in (*old.steps, *new.steps)}
    moves = []
    for change in scheduler.changes(old.dates, new.dates):
        step = names.get(change.key)
        if step is None:  # the building itself: its days show in works_on
            continue
        move = StepMove(
            code=change.key,
            name_zh=step.name_zh,
            name_en=step.name_en,
            old_start_on=None if change.old is None else _day(change.old.start_on, change.old.start),
            new_start_on=None if change.new is None else _day(change.new.start_on, change.new.start),
            old_finish_on=None if change.old is None else _day(change.old.finish_on, change.old.finish),
            new_finish_on=None if change.new is None else _day(change.new.finish_on, change.new.finish),
            workdays_later=_later(old, new, change),
        )
        if move.has_other_days:
            moves.append(move)
    return Cascade(moves=tuple(moves), old=old.headline, new=new.headline)


def _day(on: date | None, point: int) -> date | int:
    return point if on is None else on


def _later(old: ProjectPlan, new: ProjectPlan, change: scheduler.Change) -> int | None:
    if change.old is None or change.new is None:
        return None
    before, after = change.old.finish_on, change.new.finish_on
    if before is None or after is None or new.calendar is None or old.calendar is None:
        return change.finish_moved
    return new.calendar.workdays_between(before, after)
