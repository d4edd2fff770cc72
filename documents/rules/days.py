"""A day as a narrow column of a table says it."""

from __future__ import annotations

from datetime import date


def short_day(on: date) -> str:
    """2026.4.15: no line of a table breaks inside it."""
    return f"{on.year}.{on.month}.{on.day}"
