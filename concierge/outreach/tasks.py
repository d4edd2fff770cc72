"""The timed jobs of outreach."""

from __future__ import annotations

from concierge.outreach.services.find_due import find_due


def look_at_ledger() -> None:
    """Look every night who is due for what; also on demand."""
    find_due()
