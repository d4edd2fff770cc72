"""Which step moved the forecast most, and why: the largest delay that was not passed on by the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from approvals.rules.lifecycle import StopKind
from concierge.progress.rules.public_progress import SlipReason
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One step of the chain that decides the day, beside what was first told of it.

    Shape: ``first_*`` are None for a step the first plan did not have.
    """

    code: str
    accept_on: date
    finish_on: date
    first_accept_on: date | None
    first_finish_on: date | None
    stops: frozenset[StopKind] = frozenset()
    is_extended: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Slip:
    """The step that moved the day, by how many working days, and why."""

    code: str
    workdays: int
    reason: SlipReason


def largest_slip(chain: Iterable[Followed], calendar: WorkCalendar) -> Slip | None:
    """The step of the chain that added most to the delay; None where none did.

    Raises: scheduler.OutsideCalendar.
    Source: PL-11.
    """
    found: Slip | None = None
    passed_on = 0
    for step in chain:
        if step.first_finish_on is None:
            continue
        late = late_workdays(step.first_finish_on, step.finish_on, calendar)
        if late - passed_on > (found.workdays if found else 0):
            found = Slip(step.code, late - passed_on, _reason(step, passed_on, calendar))
        passed_on = max(passed_on, late)
    return found


def late_workdays(told_on: date, now_on: date, calendar: WorkCalendar) -> int:
    """How many working days later a day is than it was told; below 0 for earlier."""
    if now_on >= told_on:
        return calendar.workdays_between(told_on, now_on)
    return -calendar.workdays_between(now_on, told_on)


def _reason(step: Followed, passed_on: int, calendar: WorkCalendar) -> SlipReason:
    if StopKind.CORRECTION in step.stops:
        return SlipReason.CORRECTING
    if step.stops:
        return SlipReason.PAUSED
    if step.is_extended:
        return SlipReason.EXTENDED
    began_late = (
        step.first_accept_on is not None
        and late_workdays(step.first_accept_on, step.accept_on, calendar) > passed_on
    )
    return SlipReason.OWN_SIDE if step.is_own or began_late else SlipReason.LONGER
