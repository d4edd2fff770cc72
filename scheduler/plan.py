"""What moved between two plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.dates import Dates, StepDates


@dataclass(frozen=True, slots=True)
class Change:
    """One step that moved, came in (``old`` is None) or fell away (``new`` is None).

    ``finish_moved`` is how much later (below zero: earlier) it finishes, where both plans count from the
    same day 0.

    Units: working days.
    """

    key: str
    old: StepDates | None
    new: StepDates | None

    @property
    def finish_moved(self) -> int | None:
        """How much later the step finishes, in working days; None if it stands in one plan only."""
        return None if self.old is None or self.new is None else self.new.finish - self.old.finish


def changes(old: Dates, new: Dates) -> tuple[Change, ...]:
    """Every step whose start, acceptance or finish differs between two plans, and those only one of them has.

    Days are compared as civil days where both plans stand on a calendar, otherwise as points, so plans with
    different days 0 compare lawfully too.

    Shape: the new plan's order, then the steps that fell away in the old one's.
    """
    before = {view.key: view for view in old}
    after = {view.key: view for view in new}
    moved = [
        Change(key, before.get(key), view)
        for key, view in after.items()
        if key not in before or _days(before[key]) != _days(view)
    ]
    return (*moved, *(Change(key, view, None) for key, view in before.items() if key not in after))


def _days(view: StepDates) -> tuple[date | int, date | int, date | int]:
    return (
        view.start if view.start_on is None else view.start_on,
        view.accept if view.accept_on is None else view.accept_on,
        view.finish if view.finish_on is None else view.finish_on,
    )
