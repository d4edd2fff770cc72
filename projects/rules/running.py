"""How long a case still runs: its real stops and extensions in place of what was planned for it.

What has happened replaces what was only expected: a recorded procedure the planned one, a receipt the
preparation, silence after the notice limit the acceptance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from approvals.rules.catalogue import Matter
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.receiving import accepted_by_silence
from approvals.rules.stops import pauses
from projects.rules.terms import Actual
from scheduler import Basis, Pause, Period, Segment, WorkCalendar, WorkdayAxis

_ONE_DAY = timedelta(days=1)


def expected_acceptance(
    actual: Actual, matter: Matter, calendar: WorkCalendar, today: date | None
) -> date | None:
    """The day a case was accepted or, once its papers were received, the day it is expected to be.

    Papers received are accepted from today on. An office that has let its limit pass has accepted them, and
    from the day it received them; while the owner corrects them nothing is accepted.

    Shape: None where nothing was received, or where nobody knows what day it is.
    Source: AC-1 to AC-3, CL-5.
    """
    if actual.accepted_on is not None or actual.received_on is None or today is None:
        return actual.accepted_on
    if actual.state is StepState.RECEIVED:
        silent = accepted_by_silence(actual.received_on, matter, calendar, today)
        if silent is not None:
            return silent
    planned = [stop.ends_on(today) for stop in actual.stops if stop.is_open]
    return calendar.on_or_after(max(today, actual.received_on, *planned))


def last_day(
    stretches: Sequence[Segment], accepted_on: date, actual: Actual, calendar: WorkCalendar, today: date
) -> date:
    """The last day of a case's own limit, with its stops and extensions.

    Shape: ``stretches`` are the handling as planned: a special procedure, then the work.
    Raises: scheduler.OutsideCalendar, scheduler.PauseEndsBeforeItBegins.
    Source: S02 (行政许可法) arts. 42, 45, 82; WD-2, CL-1, CL-7, AC-7.
    """
    special = [stretch for stretch in stretches if stretch.kind == "special"]
    work = [stretch for stretch in stretches if stretch.kind == "work"]
    planned = _planned(special, accepted_on, actual, calendar)
    days, more = sum(stretch.days for stretch in work), actual.extended_workdays
    if not days and not more:
        return max((last for _, last in planned), default=accepted_on)
    stood = (*planned, *pauses(actual.stops, today))
    if work and work[0].basis is Basis.CALENDAR:
        due_on = calendar.due_on(accepted_on, Period(days, Basis.CALENDAR), stood)
        return calendar.due_on(due_on, Period(more), stood) if more else due_on
    return calendar.due_on(accepted_on, Period(days + more), stood)


def _planned(
    special: Sequence[Segment], accepted_on: date, actual: Actual, calendar: WorkCalendar
) -> tuple[Pause, ...]:
    """The procedure the catalogue plans for, until a real one is recorded."""
    is_real = any(stop.kind is not StopKind.CORRECTION for stop in actual.stops)
    if is_real or not special:
        return ()
    last = accepted_on
    for stretch in special:
        last = calendar.due_on(last, Period(stretch.days, stretch.basis))
    return ((accepted_on + _ONE_DAY, last),) if last > accepted_on else ()


def as_it_runs(
    stretches: Sequence[Segment], accepted_on: date, actual: Actual, axis: WorkdayAxis, today: date | None
) -> tuple[Segment, ...]:
    """The handling of an accepted case as the planner takes it: how long nobody works on it, then the rest.

    Units: working days; together they end on ``last_day``, but not while a stop still runs.
    Shape: ``stretches`` as they are where neither a stop nor an extension is recorded. The days before the
        last stop is over count as standing still: they are past, and nobody's reviewer can be freed in them.
    """
    if today is None or not (actual.stops or actual.extensions):
        return tuple(stretches)
    calendar, accepted = axis.calendar, axis.point_of(accepted_on)
    paused = pauses(actual.stops, today)
    due_on = last_day(stretches, accepted_on, actual, calendar, today)
    running = max((stop.ends_on(today) for stop in actual.stops if stop.is_open), default=accepted_on)
    whole = max(0, _last_point(axis, max(due_on, running)) - accepted)
    stood = max((last for first, last in paused if first <= due_on), default=accepted_on)
    idle = min(whole, max(0, _last_point(axis, max(stood, running)) - accepted))
    both = (Segment("special", idle), Segment("work", whole - idle))
    return tuple(stretch for stretch in both if stretch.days)


def _last_point(axis: WorkdayAxis, day: date) -> int:
    """The last working day that is not after a civil day. Units: a point."""
    return axis.point_of(day + _ONE_DAY) - 1
