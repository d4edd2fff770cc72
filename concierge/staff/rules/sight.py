"""Who sees every project by their role, and who only those in their charge."""

from __future__ import annotations

from collections.abc import Iterable

SEES_EVERYTHING = frozenset({"Chief", "Supervisor"})
"""The chief of the concierge officers, and the supervisors. Source: AB-12, SV-4."""


def sees_everything(roles: Iterable[str]) -> bool:
    """Whether somebody in these roles sees all projects."""
    return not SEES_EVERYTHING.isdisjoint(roles)
