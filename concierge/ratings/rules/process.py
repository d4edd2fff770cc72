"""When a fault came so often that the process is to change, and until when a department answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Refusal
from concierge.ratings.rules.rating import Reason
from scheduler import WorkCalendar

LEAST_REPEATS = 3
ANSWER_WORKDAYS = 10


class ChangeAnswered(Refusal):
    """What was changed is on record."""

    message = N_("This was answered on %(day)s. A further change is a matter of the next quarter.")


@dataclass(frozen=True)
class Repeated:
    """A fault that came again and again."""

    reason: Reason
    count: int


def quarter_of(day: date) -> date:
    """The first day of the quarter a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def repeated(counts: Mapping[Reason, int]) -> tuple[Repeated, ...]:
    """The faults for which a change of the process is asked, in the order of the list.

    Source: RT-8 for the change; three in a quarter as ES-7 has it for the other window.
    """
    return tuple(
        Repeated(reason, counts[reason])
        for reason in Reason
        if reason.is_fault and counts.get(reason, 0) >= LEAST_REPEATS
    )


def change_due(asked_on: date, calendar: WorkCalendar) -> date:
    """Until when the department says what it changed: ten working days, a default of this office."""
    return calendar.add_workdays(asked_on, ANSWER_WORKDAYS)


def check_change(answered_on: date | None) -> None:
    """Whether the answer may still be written. Raises: ChangeAnswered."""
    if answered_on is not None:
        raise ChangeAnswered(day=answered_on.isoformat())
