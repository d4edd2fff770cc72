"""Days off and days worked, read from the published text of a holiday notice, or from a list of days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.kernel.errors import N_, Invalid
from scheduler import WorkCalendar

LONGEST_REST = 31
_ONE_DAY = timedelta(days=1)
_ASIDE = re.compile(r"[（(][^）)]*[）)]")
_CLAUSE = re.compile(r"[。；;，,\n\r]+")
_WORKED = re.compile(r"上班|worked|working", re.IGNORECASE)
_YEAR = re.compile(r"(20\d\d)\s*年")
_ISO = r"(?P<y{n}>20\d\d)-(?P<m{n}>\d\d?)-(?P<d{n}>\d\d?)"
_SPOKEN = r"(?:(?P<sy{n}>20\d\d)年)?(?:(?P<sm{n}>\d\d?)月)?(?P<sd{n}>\d\d?)日"
_DAY = "(?:" + _ISO + "|" + _SPOKEN + ")"
_DAYS = re.compile(_DAY.format(n=1) + r"(?:\s*(?:至|到|—|–|-|~|to)\s*" + _DAY.format(n=2) + ")?")


class NoticeUnreadable(Invalid):
    """A text in which no day could be read."""

    message = N_(
        "No day can be read in this text. Paste the notice as it was published, or write one day a line, "
        "such as 2026-05-09, with “上班” or “working” behind days that are worked."
    )
    field = "days_off"


class NoSuchNoticeDay(Invalid):
    """A day no calendar has, or a stretch that runs backwards or for months."""

    message = N_("“%(written)s” is no day or stretch of days of the calendar. Correct it.")
    field = "days_off"


@dataclass(frozen=True)
class NoticeDays:
    """What a text says: days nobody works, and days worked though they are usually free."""

    off: tuple[date, ...]
    worked: tuple[date, ...]

    def differing(self, calendar: WorkCalendar) -> NoticeDays:
        """Only the days the calendar counts otherwise."""
        return NoticeDays(
            tuple(day for day in self.off if calendar.is_workday(day)),
            tuple(day for day in self.worked if not calendar.is_workday(day)),
        )


def read_notice_days(text: str, year: int) -> NoticeDays:
    """The days a text names; a clause that speaks of work names days worked, every other days off.

    Shape: ``year`` is meant where the text names none; days in order, each once. What is in brackets (the day
        of the week, the lunar day) is passed over.
    Raises: NoticeUnreadable, NoSuchNoticeDay.
    """
    off: set[date] = set()
    worked: set[date] = set()
    told = year
    for clause in _CLAUSE.split(_ASIDE.sub("", text)):
        named = _YEAR.search(clause)
        told = int(named[1]) if named else told
        days = worked if _WORKED.search(clause) else off
        days.update(_days(clause, told))
    if not off and not worked:
        raise NoticeUnreadable
    return NoticeDays(tuple(sorted(off - worked)), tuple(sorted(worked)))


def _days(clause: str, year: int) -> Iterator[date]:
    month = 0
    for found in _DAYS.finditer(clause):
        first = _day(found, 1, year, month)
        if first is None:
            continue
        last = _day(found, 2, first.year, first.month) or first
        month = last.month
        if not 0 <= (last - first).days < LONGEST_REST:
            raise NoSuchNoticeDay(written=found[0])
        day = first
        while day <= last:
            yield day
            day += _ONE_DAY


def _day(found: re.Match[str], n: int, year: int, month: int) -> date | None:
    """One of the two days of a match; a day without a month takes the one before it."""
    part = found.groupdict()
    y, m, d = part[f"y{n}"], part[f"m{n}"], part[f"d{n}"]
    if d is None:
        y, m, d = part[f"sy{n}"] or str(year), part[f"sm{n}"] or str(month), part[f"sd{n}"]
    if d is None or m == "0":
        return None
    try:
        return date(int(y), int(m), int(d))
    except ValueError:
        raise NoSuchNoticeDay(written=found[0]) from None
