"""What handover does by the clock."""

from __future__ import annotations

from concierge.handover.services.call_late import call_late
from concierge.kernel.jobs import Run


def call_late_handovers(run: Run) -> None:
    """Every morning: name the handovers that were due and not given."""
    with run.work() as w:
        call_late(w)
