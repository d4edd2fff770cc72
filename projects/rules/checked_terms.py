"""The days a project is planned between: in the calendar, and in their order."""

from __future__ import annotations

from datetime import date

import scheduler
from concierge.kernel.errors import N_, Invalid

LATEST_YEAR = 2100


class StartOutsideCalendar(Invalid):
    """No working days are known for the start."""

    message = N_("The working calendar begins on %(first)s; %(on)s lies outside it. Choose another start.")


class TargetBeforeStart(Invalid):
    """The target lies before the start."""

    message = N_("The target %(target)s lies before the start %(start)s. Choose a later target.")


def checked_days(
    start_on: date, target_on: date | None, calendar: scheduler.WorkCalendar
) -> tuple[date, date | None]:
    """The start and the target, if a plan can be made between them.

    Raises: StartOutsideCalendar, TargetBeforeStart.
    """
    if start_on < calendar.first_day or start_on.year > LATEST_YEAR:
        raise StartOutsideCalendar(
            first=calendar.first_day.isoformat(), on=start_on.isoformat(), field="start_on"
        )
    if target_on is not None and target_on < start_on:
        raise TargetBeforeStart(target=target_on.isoformat(), start=start_on.isoformat(), field="target_on")
    return start_on, target_on
