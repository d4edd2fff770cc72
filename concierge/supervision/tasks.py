"""Timed work of supervision."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.supervision.services.show_cards import show_cards


def look_at_limits(run: Run) -> None:
    """Show, end and escalate cards, once a day before the office opens, and whenever the calendar changes."""
    with run.work() as w:
        show_cards(w)
