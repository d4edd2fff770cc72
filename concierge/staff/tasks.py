"""What staff does by the clock."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.staff.services.open_to import end_lent_sight


def end_sight_of_covers(run: Run) -> None:
    """Close projects to those whose cover is over."""
    with run.work() as w:
        end_lent_sight(w)
