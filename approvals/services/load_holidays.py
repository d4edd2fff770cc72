"""Load the official notice of a year: its days replace the table, which is official from then on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from approvals.models.calendar import OFFICIAL
from approvals.queries import catalogue as queries
from approvals.rules.catalogue import Catalogue, Holiday
from approvals.rules.catalogue_files.forms import HOLIDAYS
from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.catalogue_files.sheets import Fault
from approvals.services.tell_calendar import tell_changed_years
from approvals.services.write_draft import open_draft, write_holidays
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.work import work

FIRST_YEAR, LAST_YEAR = 1990, 2100
_SATURDAY = 5
_EMPTY = Catalogue()

DAY_OF_ANOTHER_YEAR = N_("%(day)s is not a day of %(year)s.")
WEEKDAY_WORKED = N_("%(day)s is a working weekday already; a make-up workday is a Saturday or Sunday.")


class YearOutOfRange(Invalid):
    """A year no notice is published for."""

    message = N_("%(year)s is not a year a notice can be loaded for.")
    field = "year"


class SourceMissing(Invalid):
    """A year table without the notice it rests on."""

    message = N_("Name the notice: who issued it, its number and its date.")
    field = "source"


class NoticeNotSound(Refusal):
    """A notice with faults is not loaded, not even its sound rows."""

    message = N_("The notice has %(count)s errors. Nothing was changed; correct them and send it again.")


class NothingNew(Refusal):
    """The notice says what the table says."""

    message = N_("The table of %(year)s says the same already. Nothing was changed.")


@dataclass(frozen=True)
class Notice:
    """An official notice, read: its days, or everything that is wrong with it."""

    year: int
    days: tuple[Holiday, ...]
    faults: tuple[Fault, ...]


def read_notice(year: int, source: str, content: bytes) -> Notice:
    """The days a notice names. Shape: ``content`` has the columns of holidays.csv.

    Raises: YearOutOfRange, SourceMissing.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year=year)
    if not source.strip():
        raise SourceMissing
    reading = read_files({HOLIDAYS.file: content}, _EMPTY)
    if reading.catalogue is None:
        return Notice(year, (), reading.faults)
    days = reading.catalogue.holidays
    faults = tuple(fault for row, day in enumerate(days, 2) if (fault := _fault(day, row, year)))
    if faults:
        return Notice(year, (), faults)
    return Notice(year, tuple(replace(day, source=source.strip(), status=OFFICIAL) for day in days), ())


def load_holidays(year: int, source: str, content: bytes, *, by: Actor) -> tuple[date, ...]:
    """Replace the table of a year by its official notice; answers the days that count differently now.

    Raises: YearOutOfRange, SourceMissing, NoticeNotSound, NothingNew.
    Effects: tells ``CalendarChanged``, so that every plan that touches the year is made again.
    Source: WD-7, a provisional year is recomputed when the official notice is loaded.
    """
    notice = read_notice(year, source, content)
    if notice.faults or not notice.days:
        raise NoticeNotSound(count=len(notice.faults) or 1)
    with work(by) as w:
        open_draft(w)
        before = queries.holidays(w.session)
        after = (*(day for day in before if day.on.year != year), *notice.days)
        write_holidays(w, after)
        if not tell_changed_years(w, before, after):
            raise NothingNew(year=year)
    return moved_days(before, notice)


def moved_days(before: tuple[Holiday, ...], notice: Notice) -> tuple[date, ...]:
    """The days of the year that count as working days in one table and not in the other."""
    old = {day.on: day.is_workday for day in before if day.on.year == notice.year}
    new = {day.on: day.is_workday for day in notice.days}
    return tuple(on for on in sorted(old.keys() | new.keys()) if _counts(on, old) != _counts(on, new))


def _counts(on: date, table: dict[date, bool]) -> bool:
    return table.get(on, on.weekday() < _SATURDAY)


def _fault(day: Holiday, row: int, year: int) -> Fault | None:
    if day.on.year != year:
        return Fault(HOLIDAYS.file, row, "date", DAY_OF_ANOTHER_YEAR, {"day": day.on, "year": year})
    if day.is_workday and day.on.weekday() < _SATURDAY:
        return Fault(HOLIDAYS.file, row, "date", WEEKDAY_WORKED, {"day": day.on})
    return None
