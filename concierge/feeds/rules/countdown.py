"""What a title says of the time left, and since when it says so.

A calendar keeps what it fetched, so the words are those of the day of rendering, and the entry counts as
changed at the midnight on which they became so; nothing else of it depends on the day.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from concierge.feeds.rules.entry import EntryState, Kept
from scheduler import OutsideCalendar, WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
SOON_WORKDAYS = 5
LONGEST_PAUSE = 16  # days without a working day: no holiday block of the year tables is longer
DAY = timedelta(days=1)


class Stand(enum.Enum):
    """How an entry stands to today."""

    FAR = "far"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    DONE = "done"
    CANCELLED = "cancelled"
    MOVED = "moved"  # on somebody else's calendar now


SETTLED = (Stand.DONE, Stand.CANCELLED, Stand.MOVED)


@dataclass(frozen=True)
class TimeLeft:
    """What is said of the time left.

    Units: ``workdays`` from today to the day, or since it; 0 where they are no longer counted.
    """

    stand: Stand
    workdays: int = 0


def time_left(kept: Kept, today: date, calendar: WorkCalendar) -> TimeLeft:
    """How an entry stands to a day.

    Source: FE-9.
    """
    state, on = kept.matter.state, kept.matter.on
    settled = _settled(kept)
    if settled is not None:
        return settled
    if on == today:
        return TimeLeft(Stand.TODAY)
    if on < today:
        if state is EntryState.PLANNED:
            return TimeLeft(Stand.FAR)  # what was only expected is not overdue; its plan is late
        over = _between(on, today, calendar)
        return TimeLeft(Stand.OVERDUE, over if over <= SOON_WORKDAYS else 0)
    left = _between(today, on, calendar)
    return TimeLeft(Stand.SOON, left) if left <= SOON_WORKDAYS else TimeLeft(Stand.FAR)


def said_since(kept: Kept, today: date, calendar: WorkCalendar) -> datetime:
    """The moment an entry last changed: in the records, or the midnight that changed its words.

    Units: aware; the midnight is that of Asia/Shanghai.
    Source: FE-4, FE-5.
    """
    changed = max(kept.changed_at, kept.left_at or kept.changed_at)
    now, on = time_left(kept, today, calendar), kept.matter.on
    if now.stand in SETTLED or (now.stand is Stand.FAR and on > today):
        return changed
    since, earliest = today, min(on, today) - LONGEST_PAUSE * DAY
    while since > earliest and time_left(kept, since - DAY, calendar) == now:
        since -= DAY
    return max(changed, midnight(since))


def midnight(on: date) -> datetime:
    """The beginning of a day in Asia/Shanghai."""
    return datetime.combine(on, time(), SHANGHAI)


def _settled(kept: Kept) -> TimeLeft | None:
    if kept.matter.state is EntryState.CANCELLED:
        return TimeLeft(Stand.CANCELLED)
    if kept.left_at is not None:
        return TimeLeft(Stand.MOVED)
    return TimeLeft(Stand.DONE) if kept.matter.state is EntryState.DONE else None


def _between(first: date, last: date, calendar: WorkCalendar) -> int:
    try:
        return calendar.workdays_between(first, last)
    except OutsideCalendar:
        return (last - first).days  # a year nobody can count yet
