"""The last days of a matter that has been accepted: the promised one, and the one of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from approvals.rules.periods import Periods
from scheduler import Pause, Period, Segment, WorkCalendar


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
    of: Periods, accepted_on: date, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> Deadlines:
    """The last days of a matter accepted on that day, with the lawful pauses recorded so far.

    Units: civil days; ``accepted_on`` is day 0; a special procedure is a pause while it runs.
    Raises: OutsideCalendar, PauseEndsBeforeItBegins.
    Source: S02 (行政许可法) arts. 42, 45, 82; WD-2, WD-5, CL-1.
    """
    promised_on = calendar.due_on(accepted_on, _period(of.promised), pauses)
    statutory_on = None
    if of.statutory is not None:
        statutory_on = calendar.due_on(accepted_on, _period(of.statutory), pauses)
    last = max(promised_on, statutory_on or promised_on)
    return Deadlines(promised_on, statutory_on, calendar.touches_provisional(accepted_on, last))


def _period(segment: Segment) -> Period:
    return Period(segment.days, segment.basis)
