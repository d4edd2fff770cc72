"""The one reader of the wall clock.

``today()`` is the civil day in Asia/Shanghai, ``now()`` an aware UTC time. ``CONCIERGE_TODAY`` fixes the
day for demonstrations and tests: the time of day keeps running, the date does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_fixed: date | None = None


def fix(day: date | None) -> None:
    """Fix the civil day from now on, or let it run again with ``None``. Called once, when the app is made."""
    global _fixed
    _fixed = day


def fixed_day() -> date | None:
    """The day the clock is fixed to, if it is."""
    return _fixed


@contextmanager
def standing_at(day: date) -> Iterator[None]:
    """Stand at one civil day for a while, as the demonstration and the tests do."""
    before = _fixed
    fix(day)
    try:
        yield
    finally:
        fix(before)


def now() -> datetime:
    """The present moment.

    Units: aware UTC; with a fixed day, that day's date with the running time of day in Asia/Shanghai.
    """
    moment = datetime.now(UTC)
    if _fixed is None:
        return moment
    local = moment.astimezone(SHANGHAI).timetz()
    return datetime.combine(_fixed, local).astimezone(UTC)


def moment() -> datetime:
    """The machine's own time, whatever day the desk stands at: for leases and pauses, which must run on.

    Units: aware UTC.
    """
    return datetime.now(UTC)


def today() -> date:
    """The civil day in Asia/Shanghai."""
    return _fixed if _fixed is not None else datetime.now(SHANGHAI).date()


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI)
