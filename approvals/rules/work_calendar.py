"""From the catalogue's holidays to the planner's working calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from holidays import country_holidays

from approvals.rules.catalogue import Holiday
from scheduler import DayRule, WorkCalendar

OFFICIAL = "official"
_MOST_YEARS = 64
_COMPENSATION_ZH = "补假"


def official_years(holidays: Iterable[Holiday]) -> frozenset[int]:
    """The years whose every row comes from the published arrangement.

    Source: WD-7, the calendar is data with a status per year.
    """
    statuses: dict[int, set[str]] = defaultdict(set)
    for holiday in holidays:
        statuses[holiday.on.year].add(holiday.status)
    return frozenset(year for year, found in statuses.items() if found == {OFFICIAL})


def work_calendar(holidays: Iterable[Holiday]) -> WorkCalendar:
    """The working calendar these holidays make; years after the table count by the law alone, provisionally.

    Raises: DayTwice, EmptyCalendar.
    Source: S02 (行政许可法) art. 82; WD-1, WD-7.
    """
    rows = tuple(holidays)
    return WorkCalendar([_rule(row) for row in rows], official_years(rows), beyond=days_off_by_law)


@lru_cache(maxsize=_MOST_YEARS)
def days_off_by_law(year: int) -> tuple[DayRule, ...]:
    """The days off the law gives in a year nobody has published yet: statutory days and their compensation.

    Source: 全国年节及纪念日放假办法 (2024) arts. 2, 6, as the package ``holidays`` computes them.
    """
    in_zh = country_holidays("CN", years=year, language="zh_CN")
    in_en = country_holidays("CN", years=year, language="en_US")
    return tuple(
        DayRule(day, False, "holiday", name_zh=_bare(name), name_en=_bare(in_en[day]))
        for day, name in sorted(in_zh.items())
        if day.year == year
    )


def _rule(holiday: Holiday) -> DayRule:
    name_zh, name_en = _bare(holiday.name_zh), _bare(holiday.name_en)
    if name_zh == _COMPENSATION_ZH:  # rests because of the holiday beside it, which names the block
        name_zh = name_en = ""
    return DayRule(holiday.on, holiday.is_workday, holiday.kind, name_zh=name_zh, name_en=name_en)


def _bare(name: str) -> str:
    """A holiday's own name, without what stands in brackets after it (补假, 除夕)."""
    first = name.split(";")[0]
    return first.split("（")[0].split("(")[0].removeprefix("农历").removesuffix(" eve").strip()
