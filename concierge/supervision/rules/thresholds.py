"""When a card is due: the limits of a step in a department's hands, held against today.

Only steps of departments come here, never those of the enterprise. Days on which the clock stands are
taken out everywhere: a lawful pause neither warns nor condemns anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from approvals.rules.stops import ClockStop, pauses
from concierge.supervision.rules.card import Cause
from scheduler import Pause, WorkCalendar

NEAR_WORKDAYS = 1
NEAR_TENTHS = 9
FLOAT_WORKDAYS = 2
NOTICE_WORKDAYS = 5
OWNERS = frozenset({"ENT", "INT"})
"""The enterprise and its own firms: no card is ever shown to them."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Slack:
    """How far a step may slip by its project's current plan.

    Units: ``float_workdays`` in working days; ``finish_on`` is the planned day of the result.
    """

    finish_on: date
    float_workdays: int
    is_on_way: bool


@dataclass(frozen=True, kw_only=True)
class RunningCase:
    """One running step in a department's hands, as the record has it.

    Shape: ``received_on`` is set while the papers wait for an answer; the two ends are those of the step,
        its stops and extensions counted. ``is_held`` says that the decision waits for another step's result,
        ``held_until`` the day the last such result came.
    """

    received_on: date | None = None
    accepted_on: date | None = None
    promised_end_on: date | None = None
    statutory_end_on: date | None = None
    stops: Sequence[ClockStop] = ()
    extended_workdays: int = 0
    slack: Slack | None = None
    is_held: bool = False
    held_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Used:
    """How much of a limit is gone.

    Units: working days, paused ones left out; ``paused`` are those left out so far, ``left`` is negative
        never: what is over the limit stands in ``late``.
    """

    total: int
    used: int
    left: int
    late: int
    paused: int


@dataclass(frozen=True, kw_only=True)
class Due:
    """A card that is due today.

    Units: working days.
    """

    cause: Cause
    limit_on: date
    limit_workdays: int | None = None
    used_workdays: int | None = None
    paused_workdays: int | None = None
    float_workdays: int | None = None


def used_of(
    accepted_on: date, end_on: date, stops: Sequence[ClockStop], calendar: WorkCalendar, today: date
) -> Used:
    """How much of the limit that ends on ``end_on`` is gone today, without the days on which the clock stood.

    Raises: OutsideCalendar.
    Source: S02 (行政许可法) art. 45; WD-2, CL-7.
    """
    standing = pauses(stops, today)
    total = _counted(accepted_on, end_on, standing, calendar)
    reached = max(accepted_on, today)
    used = _counted(accepted_on, reached, standing, calendar)
    return Used(
        total=total,
        used=used,
        left=_counted(reached, end_on, standing, calendar) if reached < end_on else 0,
        late=_counted(end_on, today, standing, calendar) if today > end_on else 0,
        paused=calendar.workdays_between(accepted_on, reached) - used,
    )


def is_near(gone: Used) -> bool:
    """Whether a limit is near: one working day before its end, or nine tenths of it used, whichever is first.

    A limit of which no day has gone yet is not near: a card on the day of acceptance would warn of nothing.

    Source: SV-2; the last sentence is a default of this office.
    """
    if gone.late or not gone.used:
        return False
    return gone.left <= NEAR_WORKDAYS or 10 * gone.used >= NEAR_TENTHS * gone.total


def cards_due(case: RunningCase, calendar: WorkCalendar, *, today: date) -> tuple[Due, ...]:
    """The cards a department is due for one step today: one of its clock at the most, one for each long stop.

    Raises: OutsideCalendar.
    Source: SV-1 to SV-3, CL-6, WD-5.
    """
    overrun = tuple(
        Due(cause=Cause.STOP_OVERRUN, limit_on=last)
        for last in sorted({stop.planned_last_on for stop in case.stops if stop.is_overdue(today)})
    )
    if case.accepted_on is None:
        of_clock = _before_acceptance(case, calendar, today)
    else:
        of_clock = _after_acceptance(case, case.accepted_on, calendar, today)
    return (*((of_clock,) if of_clock else ()), *overrun)


def _before_acceptance(case: RunningCase, calendar: WorkCalendar, today: date) -> Due | None:
    """Papers that wait for an answer: overdue after five working days; before that, float may run out.

    Source: AC-1 for the days, SV-3: a stage overdue although the whole is not.
    """
    if case.received_on is None or case.received_on >= today:
        return None
    answer_by = calendar.add_workdays(case.received_on, NOTICE_WORKDAYS)
    waited = calendar.workdays_between(case.received_on, today)
    if today > answer_by:
        return Due(
            cause=Cause.STAGE_OVERDUE,
            limit_on=answer_by,
            limit_workdays=NOTICE_WORKDAYS,
            used_workdays=waited,
            paused_workdays=0,
        )
    return _of_float(case, calendar) if waited else None


def _after_acceptance(
    case: RunningCase, accepted_on: date, calendar: WorkCalendar, today: date
) -> Due | None:
    """A running decision clock: past the law's limit, past the promise, near it, or out of float."""
    if case.is_held:  # its own work is done; it waits for somebody else's result
        return None
    promised = _of_limit(case, accepted_on, case.promised_end_on, calendar, today)
    statutory = _of_limit(case, accepted_on, case.statutory_end_on, calendar, today)
    if statutory is not None and statutory[1].late:
        return _told(Cause.STATUTORY_PAST, *statutory)
    if promised is None:
        return None
    if promised[1].late:
        return _told(Cause.PROMISED_PAST, *promised)
    if any(first <= today <= last for first, last in pauses(case.stops, today)):
        return None
    if is_near(promised[1]):
        return _told(Cause.PROMISED_NEAR, *promised)
    has_moved = promised[1].paused > 0 or case.extended_workdays > 0
    return _of_float(case, calendar) if has_moved else None


def _of_limit(
    case: RunningCase, accepted_on: date, end_on: date | None, calendar: WorkCalendar, today: date
) -> tuple[date, Used] | None:
    """A limit and what is gone of it; days spent waiting for another step's result are nobody's lateness.

    Source: PR-6, DF-15: the department decides on the day that result arrives.
    """
    if end_on is None:
        return None
    limit_on = max(end_on, case.held_until or end_on)
    return limit_on, used_of(accepted_on, limit_on, case.stops, calendar, today)


def _of_float(case: RunningCase, calendar: WorkCalendar) -> Due | None:
    """A card on float, where no clock warns in time: before acceptance, or after the clock was moved.

    Shape: its limit is the last day the step may end without moving the permit or the start.
    Source: SV-2 says when a limit warns; that float warns at two working days is a default of this office.
    """
    slack = case.slack
    if slack is None or not slack.is_on_way or slack.float_workdays > FLOAT_WORKDAYS:
        return None
    return Due(
        cause=Cause.FLOAT,
        limit_on=calendar.add_workdays(slack.finish_on, slack.float_workdays),
        float_workdays=slack.float_workdays,
    )


def _told(cause: Cause, limit_on: date, gone: Used) -> Due:
    return Due(
        cause=cause,
        limit_on=limit_on,
        limit_workdays=gone.total,
        used_workdays=gone.used,
        paused_workdays=gone.paused,
    )


def _counted(after: date, until: date, standing: Sequence[Pause], calendar: WorkCalendar) -> int:
    """The working days after one day up to another on which the clock runs.

    Shape: ``standing`` are merged, in order.
    """
    if until <= after:
        return 0
    stood = sum(
        calendar.workdays_between(max(first - _ONE_DAY, after), min(last, until))
        for first, last in standing
        if first <= until and last > after
    )
    return calendar.workdays_between(after, until) - stood
