"""The portfolio as a constraint model for CP-SAT: one method for each thing that is asked of a step.

Only what is still open becomes a variable: an acceptance, a sitting, an officer. Starts and finishes follow
from these. The room that steps share is in ``exact_room``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, NamedTuple

from scheduler.period import Basis, Segment
from scheduler.portfolio.demands import Body, Demand, Portfolio, Project, Sitting
from scheduler.portfolio.plan import StepKey
from scheduler.problem import Gate, Precedence, Step

Expression = Any
"""A number, or a linear expression of the solver."""

_FREE = Demand(needs_officer=False)
_FAR = 1 << 20


class Point(NamedTuple):
    """A point of the model and the soonest it can be, whatever the others do."""

    at: Expression
    soonest: int


_NOWHERE = Point(0, 0)


@dataclass(slots=True)
class Laid:
    """One step in the model.

    ``stays`` is None where a step is free, else whether what is kept stays: 1, or a decision where something
    before it may come late. ``sits`` and ``hands`` are the open choices; ``sitting`` is one that is settled.

    Units: points.
    """

    project: Project
    step: Step
    demand: Demand
    accept: Point
    worked: Point = _NOWHERE
    finish: Point = _NOWHERE
    _: KW_ONLY
    stays: Expression | None = None
    sitting: Sitting | None = None
    stretches: list[tuple[Expression, Expression]] = field(default_factory=list)
    sits: dict[Sitting, Expression] = field(default_factory=dict)
    hands: dict[str, Expression] = field(default_factory=dict)

    @property
    def key(self) -> StepKey:
        """Its project's key and its own."""
        return self.project.key, self.step.key

    @property
    def is_over(self) -> bool:
        """Whether it asks for nothing any more."""
        return self.step.finished is not None

    @property
    def is_settled(self) -> bool:
        """Whether nothing about its acceptance is open."""
        return isinstance(self.accept.at, int)


class Steps:
    """Every step of a portfolio as variables, with its gates and its own arithmetic.

    ``late`` is by how many working days each project misses its promise.
    """

    def __init__(self, portfolio: Portfolio) -> None:
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.model = cp_model.CpModel()
        self.portfolio = portfolio
        self.bodies: dict[str, Body] = {body.key: body for body in portfolio.bodies}
        self.laid: dict[StepKey, Laid] = {}
        self.late: dict[str, Expression] = {}
        for project in portfolio.projects:
            self._lay(project)
            self._promise(project)

    def _lay(self, project: Project) -> None:
        """Every step of a project, predecessors first."""
        before: defaultdict[str, list[Precedence]] = defaultdict(list)
        for precedence in project.problem.precedences:
            before[precedence.successor].append(precedence)
        for i, *_ in project.problem.rows:
            key = project.problem.steps[i].key
            gates = [(self.laid[project.key, gate.predecessor].finish, gate) for gate in before[key]]
            laid = self._acceptance(project, i, [end for end, gate in gates if gate.gate is Gate.ACCEPT])
            self.laid[laid.key] = laid
            self._handling(laid)
            self._review(laid)
            self._finish(laid, [(end, gate.tail) for end, gate in gates if gate.gate is Gate.ISSUE])

    def _promise(self, project: Project) -> None:
        """By how much the headline step misses the promised day."""
        laid = self.laid.get((project.key, project.target))
        if project.due is not None and laid is not None:
            late = self.late[project.key] = self.model.new_int_var(0, _FAR, "")
            self.model.add(late >= laid.finish.at - project.due)

    # --- acceptance ---------------------------------------------------------------------------------

    def _acceptance(self, project: Project, i: int, held: Sequence[Point]) -> Laid:
        """When a step may be accepted: it happened, it is kept, or it waits for its gates and preparation."""
        step = project.problem.steps[i]
        demand = project.demands.get(step.key, _FREE)
        happened = step.accepted if step.accepted is not None else step.finished
        if happened is not None:
            return Laid(project, step, demand, Point(happened, happened))
        ready = self._ready(project, i, held)
        earliest = max(point.soonest for point in ready)
        if self._may_stay(demand, earliest):
            return self._kept(project, step, demand, ready)
        accept = self._point(earliest)
        for point in ready:
            self.model.add(accept.at >= point.at)
        return Laid(project, step, demand, accept)

    def _ready(self, project: Project, i: int, held: Sequence[Point]) -> list[Point]:
        """The points acceptance waits for: each gate, the project or today, with preparation after them."""
        step, today = project.problem.steps[i], self.portfolio.today
        if step.started is not None:
            prepared = self._along(_certain(step.started), step.preparation)
            return [*held, prepared, _certain(today)]
        floor = max(project.problem.earliest[i], project.release, today)
        return [self._along(point, step.preparation) for point in (*held, _certain(floor))]

    def _may_stay(self, demand: Demand, earliest: int) -> bool:
        """Whether a step is kept and nothing that is certain has made its day impossible already."""
        portfolio, planned, sitting = self.portfolio, demand.planned, demand.sitting
        if planned is None or not (demand.is_announced or planned <= portfolio.frozen_until):
            return False
        if earliest > planned or planned > portfolio.horizon:
            return False
        if demand.body is None or sitting is None:
            return True
        body = self.bodies[demand.body]
        return sitting in body.offered and sitting.point >= planned + body.notice

    def _kept(self, project: Project, step: Step, demand: Demand, ready: Sequence[Point]) -> Laid:
        """A kept step leaves its day only where what it waits for comes after that day."""
        planned = demand.planned or 0
        open_ = [point.at for point in ready if not isinstance(point.at, int)]
        earliest = max(point.soonest for point in ready)
        if not open_:
            return Laid(project, step, demand, _certain(planned), stays=1, sitting=demand.sitting)
        stays = self.model.new_bool_var("")
        accept, latest = self._point(earliest), self._point(earliest)
        self.model.add_max_equality(latest.at, [*open_, earliest])
        self.model.add(latest.at <= planned).only_enforce_if(stays)
        self.model.add(latest.at > planned).only_enforce_if(~stays)
        self.model.add(accept.at == planned).only_enforce_if(stays)
        self.model.add(accept.at >= latest.at)
        return Laid(project, step, demand, accept, stays=stays, sitting=demand.sitting)

    # --- handling, sitting and end ------------------------------------------------------------------

    def _handling(self, laid: Laid) -> None:
        """The special procedure follows acceptance, and the work follows that."""
        point = laid.accept
        for segment in laid.step.handling:
            end = self._along(point, (segment,))
            if segment.kind == "work" and segment.days:
                laid.stretches.append((point.at, end.at))
            point = end
        laid.worked = point

    def _review(self, laid: Laid) -> None:
        """A joint review sits its notice after acceptance, and acceptance does not come needlessly soon."""
        demand, step = laid.demand, laid.step
        if demand.body is None or laid.is_over:
            return
        body = self.bodies[demand.body]
        if step.accepted is not None and self._keeps_sitting(demand, body):
            laid.sitting = demand.sitting
        if laid.is_settled and laid.sitting is not None:
            return
        first = max(laid.accept.soonest + body.notice, self.portfolio.today)
        open_ = [sitting for sitting in body.sittings if first <= sitting.point <= self.portfolio.horizon]
        laid.sits = {sitting: self.model.new_bool_var("") for sitting in open_}
        stays = 0 if laid.sitting is None or laid.stays is None else laid.stays
        self.model.add(sum(laid.sits.values()) == 1 - stays)
        if not laid.is_settled:
            self._in_time(laid, body)

    def _keeps_sitting(self, demand: Demand, body: Body) -> bool:
        sitting = demand.sitting
        return sitting is not None and (sitting in body.offered or sitting.point < self.portfolio.today)

    def _in_time(self, laid: Laid, body: Body) -> None:
        """Not before the notice; and so that waiting for the sitting lengthens nothing."""
        point = self._sitting_point(laid)
        noticed = laid.accept.at + body.notice
        self.model.add(point >= noticed)
        latest = self.model.new_int_var(0, _FAR, "")
        self.model.add_max_equality(latest, [laid.worked.at, noticed + body.opinion])
        in_time = self.model.add(point + body.opinion <= latest)
        if laid.stays is not None:
            in_time.only_enforce_if(~laid.stays)

    def _sitting_point(self, laid: Laid) -> Expression:
        """The point of the sitting a step gets, settled or open."""
        point = sum(sitting.point * sits for sitting, sits in laid.sits.items())
        if laid.sitting is None:
            return point
        stays: Expression = laid.stays if laid.sits else 1
        return point + laid.sitting.point * stays

    def _finish(self, laid: Laid, issued: Sequence[tuple[Point, int]]) -> None:
        """The end of its own work and sitting, or later where an issue gate holds back its decision."""
        step, demand = laid.step, laid.demand
        if step.finished is not None:
            laid.finish = _certain(step.finished)
            return
        ends = [laid.worked, *(Point(end.at + tail, end.soonest + tail) for end, tail in issued)]
        if demand.body is not None:
            body = self.bodies[demand.body]
            soonest = min((sitting.point for sitting in (laid.sitting, *laid.sits) if sitting), default=0)
            ends.append(Point(self._sitting_point(laid) + body.opinion, soonest + body.opinion))
        if step.began is not None:
            ends.append(_certain(self.portfolio.today))
        laid.finish = self._latest(ends)
        if step.accepted is None:
            horizon, deadline = self.portfolio.horizon, demand.deadline
            self.model.add(laid.finish.at <= (horizon if deadline is None else min(horizon, deadline)))

    # --- points -------------------------------------------------------------------------------------

    def _point(self, earliest: int) -> Point:
        """A point no later than the horizon; one that cannot be makes the whole model impossible."""
        latest = self.portfolio.horizon
        if earliest > latest:
            self.model.add_bool_or([])
        return Point(self.model.new_int_var(earliest, max(earliest, latest), ""), earliest)

    def _latest(self, points: Sequence[Point]) -> Point:
        soonest = max(point.soonest for point in points)
        if all(isinstance(point.at, int) for point in points):
            return _certain(max(point.at for point in points))
        if len(points) == 1:
            return points[0]
        latest = self.model.new_int_var(soonest, _FAR, "")
        self.model.add_max_equality(latest, [point.at for point in points])
        return Point(latest, soonest)

    def _along(self, point: Point, segments: Sequence[Segment]) -> Point:
        """The end of a chain of segments: a fixed distance, or a table where calendar days count."""
        axis, horizon = self.portfolio.axis, self.portfolio.horizon

        def end(at: int) -> int:
            for segment in segments:
                at = axis.forward(at, segment)
            return at

        if isinstance(point.at, int):
            return _certain(end(point.at))
        if axis.is_nominal or all(segment.basis is not Basis.CALENDAR for segment in segments):
            days = end(0)
            return Point(point.at + days, point.soonest + days)
        table = [end(at) for at in range(point.soonest, max(horizon, point.soonest) + 1)]
        after = self.model.new_int_var(table[0], table[-1], "")
        self.model.add_element(point.at - point.soonest, table, after)
        return Point(after, table[0])


def _certain(point: int) -> Point:
    return Point(point, point)
