"""Moments on the clock of the office, written as people say them."""

from __future__ import annotations

from datetime import datetime

from concierge.kernel.clock import SHANGHAI


def april(day: int, at: str) -> datetime:
    """A moment in April 2026: ``april(14, "09:12")``. The 14th is a Tuesday, the 18th a Saturday."""
    hour, minute = at.split(":")
    return datetime(2026, 4, day, int(hour), int(minute), tzinfo=SHANGHAI)
