"""From a project's graph to lawful dates: the planner's problem, and its answer in the office's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import scheduler
from approvals.rules.catalogue import PERMIT, START
from approvals.rules.periods import DaysMode
from projects.rules.bookings import Booking
from projects.rules.by_days import ByDays
from projects.rules.expand import Expansion, StepDraft
from projects.rules.graph import (
    WORKS,
    Circumstances,
    CountedEdge,
    frame_of,
    leading_to,
    lengths,
)
from projects.rules.project_plan import Headlines, PlanEdge, PlannedStep, ProjectPlan
from projects.rules.running import last_day
from projects.rules.terms import Actual, DelayIsNegative, PlanTerms, StepNotOnList, WhatIf
from scheduler.passes import forward


def plan(  # noqa: PLR0913  (all that a plan is made from)
    expansion: Expansion,
    terms: PlanTerms,
    *,
    calendar: scheduler.WorkCalendar | None = None,
    actuals: Sequence[Actual] = (),
    what_if: WhatIf | None = None,
    bookings: Mapping[str, Booking] | None = None,
    bridged: Collection[tuple[str, str]] = (),
) -> ProjectPlan:
    """The plan of a project: from a start day on a calendar, or as a typical length without either.

    Units: ``terms.start_on`` is day 0; a rest day counts as the working day after it.
    Shape: ``bookings`` by step are days others count on; they hold the dates of ``terms.days``, while the
        other ways of counting show what would be without them. Those of steps not on the list hold nothing.
        ``bridged`` are the waitings a granted deferral relaxed.
    Raises: StepNotOnList; DelayIsNegative; scheduler.CycleFound; scheduler.OutsideCalendar.
    Source: WD-1 to WD-7, PR-6, PR-12, DF-15; CL-5 to CL-7, AC-2, AC-7 for what has happened.
    """
    what_if = what_if or WhatIf()
    _check(expansion, actuals, what_if)
    axis = _axis(terms, calendar)
    frame = frame_of(expansion, terms.gates, what_if, bridged)
    free = Circumstances({actual.step: actual for actual in actuals}, terms.today, what_if)
    circumstances = replace(free, bookings=bookings) if bookings else free
    dates = scheduler.dates(frame.problem(terms.days, axis, circumstances), axis)
    finishes = ByDays(
        lambda days: (
            dates.finish if days is terms.days else forward(frame.problem(days, axis, free), axis).finish
        )
    )
    return _Reader(expansion, terms, frame.edges, dates, finishes, circumstances).plan()


def _check(expansion: Expansion, actuals: Sequence[Actual], what_if: WhatIf) -> None:
    named = [actual.step for actual in actuals] + list(what_if.delays)
    for code in (*named, *(code for edge in what_if.relaxed for code in edge)):
        if expansion.step(code) is None:
            raise StepNotOnList(step=code, field="step")
    for days in what_if.delays.values():
        if days < 0:
            raise DelayIsNegative(days=days, field="delay")


def _axis(terms: PlanTerms, calendar: scheduler.WorkCalendar | None) -> scheduler.Axis:
    if terms.start_on is None:
        return scheduler.NominalAxis()
    if calendar is None:
        raise TypeError("a plan with a start day needs a working calendar")
    return calendar.axis(terms.start_on)


_KIND = {
    scheduler.Gate.ACCEPT: scheduler.DriverKind.ACCEPT_GATE,
    scheduler.Gate.ISSUE: scheduler.DriverKind.ISSUE_GATE,
}


class _Reader:
    """Reads the planner's answers, one for each way of counting, into one project plan."""

    def __init__(
        self,
        expansion: Expansion,
        terms: PlanTerms,
        edges: Sequence[CountedEdge],
        dates: scheduler.Dates,
        finishes: Mapping[DaysMode, Sequence[int]],
        circumstances: Circumstances,
    ) -> None:
        self.expansion, self.terms, self.edges = expansion, terms, edges
        self.dates, self.finishes = dates, finishes
        self.actuals, self.bookings = circumstances.actuals, circumstances.bookings
        self.what_if = circumstances.what_if
        self.axis = dates.axis
        self.calendar = self.axis.calendar if isinstance(self.axis, scheduler.WorkdayAxis) else None
        self.towards = _towards_targets(self.dates)
        self.drivers = self._drivers()
        self._seen: dict[int, date | None] = {}
        self._provisional: dict[int, bool] = {}

    def plan(self) -> ProjectPlan:
        dates = self.dates
        steps = tuple(self._step(place, draft) for place, draft in enumerate(self.expansion.steps))
        target = START if dates.target(PERMIT) is None else PERMIT
        return ProjectPlan(
            expansion=self.expansion,
            terms=self.terms,
            steps=steps,
            headlines=ByDays(lambda days: self._headlines(self.finishes[days])),
            critical_path=self._path(target),
            critical_path_to_start=self._path(START),
            is_provisional=any(step.is_provisional for step in steps if step.code in self.towards),
            works_on=self._works_on(),
            calendar=self.calendar,
            dates=dates,
            work_out_edges=self._edges,
        )

    def _step(self, place: int, draft: StepDraft) -> PlannedStep:
        dates, code, matter, on = self.dates, draft.code, draft.matter, self._on
        start, accept, finish = dates.start[place], dates.accept[place], dates.finish[place]
        promised_end_on, statutory_end_on = self._limits(draft, accept)
        return PlannedStep(
            code=code,
            number=draft.number,
            name_zh=matter.name_zh,
            name_en=matter.name_en,
            stage=matter.stage,
            department=matter.lead_department,
            start=start,
            accept=accept,
            finish=finish,
            start_on=on(start),
            accept_on=on(accept),
            finish_on=on(finish),
            late_finish_on=on(dates.late_finish[place]),
            total_float=dates.total_float[place],
            free_float=dates.free_float[place],
            critical=dates.total_float[place] == 0 and code in self.towards,
            leads_to_headline=code in self.towards,
            start_by_on=self._start_by_on(place),
            driver=self.drivers[code],
            promised_end_on=promised_end_on,
            statutory_end_on=statutory_end_on,
            ends=ByDays(lambda days: self._day(self.finishes[days][place])),
            is_provisional=self._is_provisional(on(finish)),
            segments=self._lengths(place, draft),
            actual=self.actuals.get(code),
            booking=self._booking(code),
        )

    def _lengths(self, place: int, draft: StepDraft) -> tuple[scheduler.Segment, ...]:
        """The stretches a step was planned with; its real stops stand beside them."""
        actual = self.actuals.get(draft.code)
        if actual is None or not (actual.stops or actual.extensions):
            return self.dates.problem.steps[place].segments
        return lengths(draft, self.terms.days, self.what_if)

    def _on(self, point: int) -> date | None:
        """The civil day of a point: the same few are asked for again and again."""
        try:
            return self._seen[point]
        except KeyError:
            return self._seen.setdefault(point, self.axis.date_of(point))

    def _limits(self, draft: StepDraft, accept: int) -> tuple[date | None, date | None]:
        """The last day of the promise and of the law, from the acceptance of this plan."""
        of, actual = draft.periods, self.actuals.get(draft.code)
        ends: list[date | None] = []
        for days in (DaysMode.CLOCK, DaysMode.STATUTORY):
            if days is DaysMode.STATUTORY and of.statutory is None:
                ends.append(None)
            elif actual is not None and (actual.stops or actual.extensions):
                ends.append(self._real_end(draft.segments(days), accept, actual))
            else:
                ends.append(self._end_on(accept, draft.segments(days)))
        return ends[0], ends[1]

    def _real_end(self, stretches: Sequence[scheduler.Segment], accept: int, actual: Actual) -> date | None:
        accepted_on, today = actual.accepted_on or self._on(accept), self.terms.today
        if accepted_on is None or self.calendar is None or today is None:
            return self._end_on(accept, stretches)
        return last_day(stretches, accepted_on, actual, self.calendar, today)

    def _booking(self, code: str) -> Booking | None:
        """What the step is booked for, with the days it waits in this plan; None once it is done."""
        booking, actual = self.bookings.get(code), self.actuals.get(code)
        if (
            booking is None
            or self.calendar is None
            or (actual is not None and actual.finished_on is not None)
        ):
            return None
        place = self.dates.problem.index[code]
        queued = self._queued(place) if place in self.dates.booked else 0
        if not queued:
            if booking.waited_workdays or booking.waits_from or booking.waits_until:
                return replace(booking, waits_from=None, waits_until=None, waited_workdays=0)
            return booking
        accepted = self.dates.accept[place]
        return replace(
            booking,
            waits_from=self._on(accepted - queued),
            waits_until=self._on(accepted - 1),
            waited_workdays=queued,
        )

    def _queued(self, place: int) -> int:
        """The days it lies prepared until the one it is booked for. Units: working days."""
        step = self.dates.problem.steps[place]
        if step.began is not None:
            return scheduler.explain(self.dates, step.key).queued_workdays
        prepared = self.dates.start[place]
        for segment in step.preparation:
            prepared = self.axis.forward(prepared, segment)
        return self.dates.accept[place] - prepared

    def _day(self, point: int) -> date | int:
        on = self._on(point)
        return point if on is None else on

    def _end_on(self, accepted: int, stretches: Sequence[scheduler.Segment]) -> date | None:
        point = accepted
        for stretch in stretches:
            point = self.axis.forward(point, stretch)
        return self._on(point)

    def _start_by_on(self, place: int) -> date | None:
        step, start = self.dates.problem.steps[place], self.dates.start[place]
        if step.key in self.actuals:
            return self._on(start)
        point = self.dates.finish[place]
        for segment in reversed(step.segments):
            point = self.axis.backward(point, segment)
        return self._on(max(start, point))

    def _is_provisional(self, finish_on: date | None) -> bool:
        """Whether the count to this day ran through a year whose holidays are not published.

        Source: WD-7.
        """
        day0 = self._on(0)
        if self.calendar is None or finish_on is None or day0 is None:
            return False
        year = min(day0, finish_on).year * 10_000 + finish_on.year
        if year not in self._provisional:
            self._provisional[year] = self.calendar.touches_provisional(min(day0, finish_on), finish_on)
        return self._provisional[year]

    def _works_on(self) -> tuple[date, date] | None:
        if WORKS not in self.dates.problem.index:
            return None
        works = self.dates.step(WORKS)
        return (works.start_on, works.finish_on) if works.start_on and works.finish_on else None

    def _drivers(self) -> dict[str, scheduler.Driver]:
        """What decides each step; of several results on the same day the one the law asks for is named."""
        found = {
            step.key: driver for step, driver in zip(self.dates.problem.steps, self.dates.driver, strict=True)
        }
        bounds: dict[str, list[tuple[int, bool, CountedEdge]]] = {}
        for edge in self.edges:
            code, driver = edge.source.successor, found[edge.source.successor]
            if driver.predecessor not in (None, WORKS) and _KIND[edge.gate] is driver.kind:
                released = self.dates.finish[self.dates.problem.place(edge.source.predecessor)] + edge.tail
                bounds.setdefault(code, []).append((released, edge.source.kind == "hard", edge))
        for code, waiting in bounds.items():
            deciding = max(waiting, key=lambda bound: bound[:2])[2]
            found[code] = scheduler.Driver(found[code].kind, deciding.source.predecessor)
        return found

    def _path(self, target: str) -> tuple[str, ...]:
        """The steps that put a headline where it is, first to last."""
        path: list[str] = []
        code: str | None = target if target in self.drivers else None
        while code is not None:
            path.append(code)
            code = self.drivers[code].predecessor
        return tuple(code for code in reversed(path) if code != WORKS)

    def _headlines(self, finishes: Sequence[int]) -> Headlines:
        index = self.dates.problem.index
        permit, start = (finishes[index[key]] if key in index else None for key in (PERMIT, START))
        return Headlines(
            permit_on=None if permit is None else self._on(permit),
            lawful_start_on=None if start is None else self._on(start),
            workdays_to_permit=permit,
            workdays_to_start=start,
        )

    def _edges(self) -> Iterator[PlanEdge]:
        counted = {(edge.source.predecessor, edge.source.successor): edge for edge in self.edges}
        for source in self.expansion.precedences:
            edge = counted.get((source.predecessor, source.successor))
            driver = self.drivers[source.successor].predecessor
            drives = driver == source.predecessor or (driver == WORKS and source.predecessor == START)
            yield PlanEdge(
                predecessor=source.predecessor,
                successor=source.successor,
                gate="info" if edge is None else edge.gate.value,
                was_relaxed=edge is not None and edge.was_relaxed,
                was_bridged=edge is not None and edge.was_bridged,
                tail_workdays=0 if edge is None else edge.tail,
                drives=edge is not None and drives,
                source=source,
            )


def _towards_targets(dates: scheduler.Dates) -> frozenset[str]:
    """The steps that lead to a headline day, those days included; all where the project has neither."""
    targets = [key for key in dates.problem.targets if key in dates.problem.index]
    if not targets:
        return frozenset(dates.problem.index)
    return leading_to(dates.problem, *targets)
