"""Why a step cannot start or finish earlier: facts, not sentences.

The edge turns these facts into words, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta

from scheduler.axis import Axis
from scheduler.dates import Dates, Driver, DriverKind, StepDates
from scheduler.period import Basis, Segment
from scheduler.problem import Gate, Step
from scheduler.workdays import Rest, WorkdayAxis


@dataclass(frozen=True, slots=True)
class Stretch:
    """One segment of a step where it lies: it follows ``begin`` and ends on ``end``.

    ``ended_on_rest_day`` is the rest day a calendar period ended on before it rolled forward, if it did.

    Units: points are working days since day 0, ``*_on`` civil days or None on a nominal axis.
    """

    segment: Segment
    begin: int
    end: int
    _: KW_ONLY
    begin_on: date | None
    end_on: date | None
    ended_on_rest_day: date | None


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps one day of a step from being earlier.

    ``released`` is the day the hold let go: for an accept gate the predecessor's finish, for an issue gate
    that finish plus ``tail_workdays``, otherwise the day held to.

    Units: points are working days since day 0, ``*_on`` civil days or None on a nominal axis.
    """

    driver: Driver
    predecessor: StepDates | None
    _: KW_ONLY
    tail_workdays: int
    released: int
    released_on: date | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The facts behind one step's dates.

    ``start_hold`` is why it does not start (once started: is not accepted) earlier, ``accept_hold`` why it is
    not accepted earlier than that and its preparation would let it, ``finish_hold`` why it does not finish
    earlier; own length there means that what comes before decides. ``queued_workdays`` are the days it lies
    prepared until its booking lets it be accepted. ``own_finish`` is the day its own length would let it
    finish; ``waited_workdays`` the days its decision then lies ready for another step's result, or for its
    booking. ``stretches`` are empty once it has finished. ``rests`` are the named holidays and
    make-up days between its start and its finish.

    Units: points are working days since day 0; ``*_on`` civil days or None on a nominal axis.
    """

    dates: StepDates
    _: KW_ONLY
    start_hold: Hold
    accept_hold: Hold
    finish_hold: Hold
    stretches: tuple[Stretch, ...]
    queued_workdays: int
    own_finish: int
    own_finish_on: date | None
    waited_workdays: int
    rests: tuple[Rest, ...]
    is_provisional: bool


def explain(dates: Dates, key: str) -> Explanation:
    """Why one step lies where it does. Raises: UnknownStep."""
    view = dates.step(key)
    step = dates.problem.steps[dates.problem.place(key)]
    stretches = tuple(_stretches(dates.axis, step, view)) if step.finished is None else ()
    own_finish = _own_finish(step, stretches, view)
    queued = _queued(dates, step, view, stretches)
    rests, is_provisional = _across(dates.axis, view)
    return Explanation(
        view,
        start_hold=_hold(
            dates, view.start_driver, key, view.start if step.began is None else view.accept - queued
        ),
        accept_hold=_hold(dates, view.accept_driver, key, view.accept),
        finish_hold=_hold(dates, view.finish_driver, key, view.finish),
        stretches=stretches,
        queued_workdays=queued,
        own_finish=own_finish,
        own_finish_on=dates.axis.date_of(own_finish),
        waited_workdays=view.finish - own_finish,
        rests=rests,
        is_provisional=is_provisional,
    )


def _queued(dates: Dates, step: Step, view: StepDates, stretches: tuple[Stretch, ...]) -> int:
    """The days between the last that could hold the acceptance otherwise, and the one it is booked for."""
    if view.accept_driver.kind is not DriverKind.BOOKING:
        return 0
    prepared = stretches[len(step.preparation) - 1].end if step.preparation else view.start
    if step.began is not None:
        gates = [
            dates.finish[dates.problem.index[precedence.predecessor]]
            for precedence in dates.problem.precedences
            if precedence.successor == view.key and precedence.gate is Gate.ACCEPT
        ]
        prepared = max(prepared, dates.problem.today or prepared, *gates)
    return view.accept - prepared


def _own_finish(step: Step, stretches: tuple[Stretch, ...], view: StepDates) -> int:
    if step.finished is not None:
        return step.finished
    return stretches[-1].end if step.handling else view.accept


def _hold(dates: Dates, driver: Driver, key: str, held_to: int) -> Hold:
    if driver.predecessor is None:
        return Hold(driver, None, tail_workdays=0, released=held_to, released_on=dates.axis.date_of(held_to))
    predecessor = dates.step(driver.predecessor)
    gate = Gate.ISSUE if driver.kind is DriverKind.ISSUE_GATE else Gate.ACCEPT
    tail = max(
        precedence.tail
        for precedence in dates.problem.precedences
        if precedence.predecessor == driver.predecessor
        and precedence.successor == key
        and precedence.gate is gate
    )
    released = predecessor.finish + tail
    released_on = dates.axis.date_of(released)
    return Hold(driver, predecessor, tail_workdays=tail, released=released, released_on=released_on)


def _stretches(axis: Axis, step: Step, view: StepDates) -> Iterator[Stretch]:
    """The segments one after another: the preparation from the start, the handling from the acceptance."""
    for begin, segments in ((view.start, step.preparation), (view.accept, step.handling)):
        point = begin
        for segment in segments:
            end = axis.forward(point, segment)
            yield _stretch(axis, segment, point, end)
            point = end


def _stretch(axis: Axis, segment: Segment, begin: int, end: int) -> Stretch:
    begin_on, end_on = axis.date_of(begin), axis.date_of(end)
    rested = None
    if segment.basis is Basis.CALENDAR and begin_on is not None:
        last = begin_on + timedelta(days=segment.days)
        rested = last if last != end_on else None
    return Stretch(segment, begin, end, begin_on=begin_on, end_on=end_on, ended_on_rest_day=rested)


def _across(axis: Axis, view: StepDates) -> tuple[tuple[Rest, ...], bool]:
    """The rests a step runs across, and whether any of its days lies in a provisional year."""
    if not isinstance(axis, WorkdayAxis) or view.start_on is None or view.finish_on is None:
        return (), False
    calendar = axis.calendar
    rests = calendar.rests_between(view.start_on, view.finish_on)
    return rests, calendar.touches_provisional(view.start_on, view.finish_on)
