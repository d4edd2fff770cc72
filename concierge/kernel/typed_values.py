"""What was typed into a field for a number or a day, or a sentence that says what to type."""

from __future__ import annotations

from datetime import date, datetime, time

from concierge.kernel import clock
from concierge.kernel.errors import N_, Invalid

LONGEST_NUMBER = 9
FIRST_DAY, LAST_DAY = date(2004, 1, 1), date(2199, 12, 31)  # no year table is older; what is later is a slip


class NotAWholeNumber(Invalid):
    """Something else than a whole number."""

    message = N_("Write a whole number, such as 3.")


class NotACalendarDay(Invalid):
    """Something else than a day of the calendar."""

    message = N_("Give a day, such as 2026-05-08.")


class NotAMoment(Invalid):
    """Something else than a day with a time."""

    message = N_("Give day and time, such as 2026-05-08 09:30.")


class NotATimeOfDay(Invalid):
    """Something else than a time of the day."""

    message = N_("Give a time of the day, such as 14:00, or leave the field empty.")


def typed_number(raw: str | None, name: str) -> int:
    """A whole number from a field.

    Raises: NotAWholeNumber.
    """
    digits = (raw or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        raise NotAWholeNumber(field=name)
    return int(digits)


def typed_day(raw: str | None, name: str) -> date:
    """A civil day from a field.

    Raises: NotACalendarDay.
    """
    day = readable_day(raw)
    if day is None:
        raise NotACalendarDay(field=name)
    return day


def readable_day(raw: str | None) -> date | None:
    """A civil day a working calendar can count from and to; None for anything else."""
    try:
        day = date.fromisoformat((raw or "").strip())
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def typed_time(raw: str | None, name: str) -> time | None:
    """A time of the day from a field; None for an empty one.

    Raises: NotATimeOfDay.
    """
    typed = (raw or "").strip()
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise NotATimeOfDay(field=name) from None


def typed_moment(raw: str | None, name: str) -> datetime:
    """An aware moment from a field, on the clock of Asia/Shanghai.

    Raises: NotAMoment.
    """
    moment = readable_moment(raw)
    if moment is None:
        raise NotAMoment(field=name)
    return moment


def readable_moment(raw: str | None) -> datetime | None:
    """An aware moment of such a day, on the clock of Asia/Shanghai; None for anything else."""
    try:
        found = datetime.fromisoformat((raw or "").strip())
    except ValueError:
        return None
    if not FIRST_DAY <= found.date() <= LAST_DAY:
        return None
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)


def moment_as_typed(moment: datetime) -> str:
    """A moment as such a field shows it."""
    return f"{clock.local(moment):%Y-%m-%dT%H:%M}"
