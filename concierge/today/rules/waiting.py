"""How long somebody has been waited for, measured by the time that was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler import WorkCalendar

MOST_CELLS = 30
"""A bar of more working days is drawn as one of so many; the words beside it stay true."""


@dataclass(frozen=True, kw_only=True)
class Waited:
    """Working days: agreed, used of them, and over.

    Shape: ``agreed`` is 0 where no day was agreed; then ``used`` is all there is to say.
    """

    agreed: int
    used: int
    late: int

    @property
    def cells(self) -> tuple[int, int, int]:
        """Agreed, used and late cells of the bar, at most ``MOST_CELLS`` in all."""
        whole = self.agreed + self.late
        if whole <= MOST_CELLS:
            return self.agreed, self.used, self.late
        late = min(self.late, MOST_CELLS - 1) if not self.agreed else round(self.late * MOST_CELLS / whole)
        agreed = MOST_CELLS - late
        used = round(self.used * agreed / self.agreed) if self.agreed else 0
        return agreed, used, late


def waited(since_on: date | None, due_on: date | None, calendar: WorkCalendar, *, today: date) -> Waited:
    """How long one has waited since a day, of the days agreed.

    Units: working days; the day it began is day 0.
    """
    used = calendar.workdays_between(since_on, today) if since_on and since_on < today else 0
    if due_on is None or (since_on and due_on < since_on):
        return Waited(agreed=0, used=used, late=0)
    late = calendar.workdays_between(due_on, today) if due_on < today else 0
    agreed = (
        calendar.workdays_between(since_on, due_on) if since_on and since_on < due_on else max(used - late, 1)
    )
    return Waited(agreed=agreed, used=min(used, agreed), late=late)
