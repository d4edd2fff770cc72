"""From a project's graph to lawful dates: the planner's problem, and its answer in the office's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import scheduler
from approvals.rules.catalogue import PERMIT, START
from approvals.rules.periods import DaysMode, segments
from projects.rules.bookings import Booking
from projects.rules.expand import Expansion, StepDraft
from projects.rules.graph import WORKS, Circumstances, CountedEdge, counted_edges, problem
from projects.rules.project_plan import Headlines, PlanEdge, PlannedStep, ProjectPlan
from projects.rules.terms import Actual, DelayIsNegative, PlanTerms, StepNotOnList, WhatIf


def plan(
    expansion: Expansion,
    terms: PlanTerms,
    *,
    calendar: scheduler.WorkCalendar | None = None,
    actuals: Sequence[Actual] = (),
    what_if: WhatIf | None = None,
    bookings: Mapping[str, Booking] | None = None,
) -> ProjectPlan:
    """The plan of a project: from a start day on a calendar, or as a typical length without either.

    Units: ``terms.start_on`` is day 0; a rest day counts as the working day after it.
    Shape: ``bookings`` by step are days others count on; they hold the dates of ``terms.days``, while the
        other ways of counting show what would be without them. Those of steps not on the list hold nothing.
    Raises: StepNotOnList; DelayIsNegative; scheduler.CycleFound; scheduler.OutsideCalendar.
    Source: WD-1 to WD-7, PR-6, PR-12, DF-15.
    """
    what_if = what_if or WhatIf()
    _check(expansion, actuals, what_if)
    axis = _axis(terms, calendar)
    edges = counted_edges(expansion, terms.gates, what_if)
    free = Circumstances({actual.step: actual for actual in actuals}, terms.today, what_if)
    circumstances = replace(free, bookings=bookings) if bookings else free
    runs = {
        days: scheduler.dates(
            problem(expansion, edges, days, axis, circumstances if days is terms.days else free), axis
        )
        for days in DaysMode
    }
    return _Reader(expansion, terms, edges, runs, circumstances).plan()


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
        runs: Mapping[DaysMode, scheduler.Dates],
        circumstances: Circumstances,
    ) -> None:
        self.expansion, self.terms, self.edges = expansion, terms, edges
        self.runs, self.actuals, self.bookings = runs, circumstances.actuals, circumstances.bookings
        self.dates = runs[terms.days]
        self.axis = self.dates.axis
        self.calendar = self.axis.calendar if isinstance(self.axis, scheduler.WorkdayAxis) else None
        self.towards = _towards_targets(self.dates)
        self.drivers = self._drivers()

    def plan(self) -> ProjectPlan:
        dates = self.dates
        steps = tuple(self._step(place, draft) for place, draft in enumerate(self.expansion.steps))
        target = START if dates.target(PERMIT) is None else PERMIT
        return ProjectPlan(
            expansion=self.expansion,
            terms=self.terms,
            steps=steps,
            edges=tuple(self._edges()),
            headlines=MappingProxyType({days: _headlines(run) for days, run in self.runs.items()}),
            critical_path=self._path(target),
            critical_path_to_start=self._path(START),
            is_provisional=any(step.is_provisional for step in steps if step.code in self.towards),
            works_on=self._works_on(),
            calendar=self.calendar,
            dates=dates,
        )

    def _step(self, place: int, draft: StepDraft) -> PlannedStep:
        view = self.dates.step(draft.code)
        of = draft.periods
        lawful = segments(of, DaysMode.STATUTORY)
        return PlannedStep(
            code=draft.code,
            number=draft.number,
            name_zh=draft.matter.name_zh,
            name_en=draft.matter.name_en,
            stage=draft.matter.stage,
            department=draft.matter.lead_department,
            start=view.start,
            accept=view.accept,
            finish=view.finish,
            start_on=view.start_on,
            accept_on=view.accept_on,
            finish_on=view.finish_on,
            late_finish_on=view.late_finish_on,
            total_float=view.total_float,
            free_float=view.free_float,
            critical=view.total_float == 0 and draft.code in self.towards,
            leads_to_headline=draft.code in self.towards,
            start_by_on=self._start_by_on(view, self.dates.problem.steps[place]),
            driver=self.drivers[draft.code],
            promised_end_on=self._end_on(view.accept, segments(of, DaysMode.CLOCK)),
            statutory_end_on=None if of.statutory is None else self._end_on(view.accept, lawful),
            ends=MappingProxyType({days: self._day(run.finish[place]) for days, run in self.runs.items()}),
            is_provisional=self._is_provisional(view.finish_on),
            segments=self.dates.problem.steps[place].segments,
            actual=self.actuals.get(draft.code),
            booking=self._booking(draft.code),
        )

    def _booking(self, code: str) -> Booking | None:
        """What the step is booked for, with the days it waits in this plan; None once it is done."""
        booking, actual = self.bookings.get(code), self.actuals.get(code)
        if (
            booking is None
            or self.calendar is None
            or (actual is not None and actual.finished_on is not None)
        ):
            return None
        waits = self.dates.problem.index[code] in self.dates.booked
        explained = scheduler.explain(self.dates, code) if waits else None
        queued = explained.queued_workdays if explained else 0
        if explained is None or not queued:
            return replace(booking, waits_from=None, waits_until=None, waited_workdays=0)
        accepted = explained.dates.accept
        return replace(
            booking,
            waits_from=self.axis.date_of(accepted - queued),
            waits_until=self.axis.date_of(accepted - 1),
            waited_workdays=queued,
        )

    def _day(self, point: int) -> date | int:
        on = self.axis.date_of(point)
        return point if on is None else on

    def _end_on(self, accepted: int, stretches: Sequence[scheduler.Segment]) -> date | None:
        point = accepted
        for stretch in stretches:
            point = self.axis.forward(point, stretch)
        return self.axis.date_of(point)

    def _start_by_on(self, view: scheduler.StepDates, step: scheduler.Step) -> date | None:
        if step.key in self.actuals:
            return view.start_on
        point = view.finish
        for segment in reversed(step.segments):
            point = self.axis.backward(point, segment)
        return self.axis.date_of(max(view.start, point))

    def _is_provisional(self, finish_on: date | None) -> bool:
        """Whether the count to this day ran through a year whose holidays are not published.

        Source: WD-7.
        """
        day0 = self.axis.date_of(0)
        if self.calendar is None or finish_on is None or day0 is None:
            return False
        return self.calendar.touches_provisional(min(day0, finish_on), finish_on)

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
                tail_workdays=0 if edge is None else edge.tail,
                drives=edge is not None and drives,
                source=source,
            )


def _headlines(run: scheduler.Dates) -> Headlines:
    return Headlines(
        permit_on=run.target_on(PERMIT),
        lawful_start_on=run.target_on(START),
        workdays_to_permit=run.target(PERMIT),
        workdays_to_start=run.target(START),
    )


def _towards_targets(dates: scheduler.Dates) -> frozenset[str]:
    """The steps that lead to a headline day, those days included; all where the project has neither."""
    targets = [key for key in dates.problem.targets if key in dates.problem.index]
    if not targets:
        return frozenset(dates.problem.index)
    edges = dates.problem.edges()
    return frozenset(targets).union(*(scheduler.ancestors(edges, key) for key in targets))
