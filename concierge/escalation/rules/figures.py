"""The local figures: how many minutes and working days each level has, and presets of other places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from concierge.escalation.rules.opening import OpeningHours
from concierge.kernel.errors import N_, Invalid

LONGEST_MINUTES = 480
LONGEST_WORKDAYS = 60


class FigureOutOfRange(Invalid):
    """A figure nobody could work by."""

    message = N_("This figure lies between %(least)s and %(most)s.")


def _check(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise FigureOutOfRange(least=1, most=most, field=name)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a place has decided; as shipped, the three levels of ES-3.

    Units: minutes of opening hours, working days, times a quarter.
    Raises: FigureOutOfRange.
    Source: ES-3 for 10 minutes, 30 minutes and 3 working days; ES-6 for the split by kind; ES-7 for 3 times a
        quarter. The days for leaders, for a second look at a no (ES-8) and for mending a process are defaults
        of this office.
    """

    window_minutes: int = 10
    department_minutes: int = 30
    explain_workdays: int = 3
    one_department_workdays: int = 3
    across_workdays: int = 3
    leader_workdays: int = 3
    negative_workdays: int = 1
    fix_times: int = 3
    fix_workdays: int = 15
    hours: OpeningHours = field(default_factory=OpeningHours)

    def __post_init__(self) -> None:
        for name in MINUTES:
            _check(name, getattr(self, name), LONGEST_MINUTES)
        for name in (*WORKDAYS, "fix_times"):
            _check(name, getattr(self, name), LONGEST_WORKDAYS)


MINUTES = ("window_minutes", "department_minutes")
WORKDAYS = (
    "explain_workdays",
    "one_department_workdays",
    "across_workdays",
    "leader_workdays",
    "negative_workdays",
    "fix_workdays",
)
PRESETS: Mapping[str, Figures] = {
    "three_levels": Figures(),
    "by_difficulty": Figures(explain_workdays=1, one_department_workdays=2, across_workdays=3),
    "five_and_ten": Figures(explain_workdays=5, one_department_workdays=5, across_workdays=10),
}
"""What other places have decided, to begin from.

Source: ES-3 (three levels); ES-6 (高阳: 1, 2 and 3 working days; a Tianjin district: 5 and 10).
"""
