"""The last days of a matter that has been accepted: the promised one, and the one of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from approvals.rules.periods import Periods
from scheduler import Basis, Pause, Period, Segment, WorkCalendar


@dataclass(frozen=True)
class Deadlines:
    """Two alarms: the promise raises the cards, the law the harder alarm.

    Units: civil days, always working days; ``statutory_on`` is None where the law sets no limit.
    Source: WD-5.
    """

    promised_on: date
    statutory_on: date | None
    is_provisional: bool


def deadlines(
    of: Periods,
    accepted_on: date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    *,
    extension_workdays: int = 0,
) -> Deadlines:
    """The last days of a matter accepted on that day, with the lawful pauses and the extension so far.

    Units: civil days; ``accepted_on`` is day 0; a special procedure is a pause while it runs; an extension is
        in working days, and moves both ends.
    Raises: OutsideCalendar, PauseEndsBeforeItBegins.
    Source: S02 (行政许可法) arts. 42, 45, 82; WD-2, WD-5, AC-7, CL-1.
    """

    def last_day(segment: Segment) -> date:
        if segment.basis is Basis.CALENDAR and extension_workdays:
            due = calendar.due_on(accepted_on, _period(segment), pauses)
            return calendar.due_on(due, Period(extension_workdays, Basis.WORKING), pauses)
        days = segment.days + extension_workdays
        return calendar.due_on(accepted_on, Period(days, segment.basis), pauses)

    promised_on = last_day(of.promised)
    statutory_on = None if of.statutory is None else last_day(of.statutory)
    last = max(promised_on, statutory_on or promised_on)
    return Deadlines(promised_on, statutory_on, calendar.touches_provisional(accepted_on, last))


def _period(segment: Segment) -> Period:
    return Period(segment.days, segment.basis)


EXAMINATION_WORKDAYS = 20
"""How long the lower of two levels examines a case before it hands it up.

Units: working days.
Source: AC-10 (S02 art. 43).
"""
DELIVERY_WORKDAYS = 10
"""How long after the decision its document is in the applicant's hands.

Units: working days.
Source: AC-11 (S02 art. 44).
"""


def examined_by(accepted_on: date, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> date:
    """The last day on which the lower of two levels hands a case up.

    Units: a civil day; the lower level's own acceptance is day 0.
    Source: AC-10 (S02 art. 43).
    """
    return calendar.due_on(accepted_on, Period(EXAMINATION_WORKDAYS, Basis.WORKING), pauses)


def delivered_by(decided_on: date, calendar: WorkCalendar) -> date:
    """The last day to hand the result over.

    Units: a civil day; the day of the decision is day 0.
    Source: AC-11 (S02 art. 44).
    """
    return calendar.due_on(decided_on, Period(DELIVERY_WORKDAYS, Basis.WORKING))
