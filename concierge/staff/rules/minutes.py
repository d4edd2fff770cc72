"""Minutes of the civil calendar: in Asia/Shanghai, which knows no summer time, so they simply follow.

A stretch of minutes holds its first and not its last.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = 24 * 60
WORKDAY_BEGINS = time(8)
WORKDAY_ENDS = time(18)
"""The hours a day is judged by: whoever is first to act in them holds the day. A convention of ours."""


def minute_of(on: date, at: time | None = None) -> int:
    """A minute, counted from the first day of year 1; without a time, midnight."""
    return on.toordinal() * DAY + (at.hour * 60 + at.minute if at else 0)


def minute_at(moment: datetime) -> int:
    """The minute a moment lies in.

    Units: ``moment`` is aware.
    """
    there = moment.astimezone(SHANGHAI)
    return minute_of(there.date(), there.time())


def day_of(minute: int) -> date:
    """The civil day of a minute."""
    return date.fromordinal(minute // DAY)


def time_of(minute: int) -> time:
    """The time of day of a minute."""
    return time(*divmod(minute % DAY, 60))


def day_before(moment: datetime) -> date:
    """The civil day before a moment's own.

    Units: ``moment`` is aware.
    """
    return moment.astimezone(SHANGHAI).date() - timedelta(days=1)
