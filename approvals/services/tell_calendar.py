"""Say which years of the calendar changed, so that the plans that touch them are made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from approvals.events.catalogue import CalendarChanged
from approvals.rules.catalogue import Holiday
from concierge.kernel.work import Work


def tell_changed_years(w: Work, before: Iterable[Holiday], after: Iterable[Holiday]) -> tuple[int, ...]:
    """Record ``CalendarChanged`` for every year whose days or status moved; answers the years.

    Source: WD-7, recomputation writes an audit line.
    """
    old, new = _by_year(before), _by_year(after)
    years = tuple(year for year in sorted(old.keys() | new.keys()) if old.get(year) != new.get(year))
    for year in years:
        w.record(CalendarChanged(year=year))
    return years


def _by_year(holidays: Iterable[Holiday]) -> dict[int, set[tuple[object, ...]]]:
    years: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for day in holidays:
        years[day.on.year].add((day.on, day.is_workday, day.status, day.name_zh, day.name_en))
    return dict(years)
