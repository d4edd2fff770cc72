"""Who sees every project by their role, and who only those in their charge."""

from __future__ import annotations

from collections.abc import Iterable

SEES_EVERYTHING = frozenset({"Chief", "Supervisor", "EscalationOfficer", "SealKeeper", "Archivist"})
"""The chief of the concierge officers, the supervisors, and the window for what cannot be done.

Who keeps the seals or the archive works on the papers of every project; that these two see them is ours.
Source: AB-12, SV-4, ES-1.
"""


def sees_everything(roles: Iterable[str]) -> bool:
    """Whether somebody in these roles sees all projects."""
    return not SEES_EVERYTHING.isdisjoint(roles)
