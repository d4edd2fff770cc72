"""What progress does by the clock."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.progress.services.warn_of_ends import warn_of_ends


def look_at_links(run: Run) -> None:
    """Every morning: name the links that end within a fortnight."""
    with run.work() as w:
        warn_of_ends(w)
