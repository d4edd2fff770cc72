"""Why a step lies where it does among all projects: the chain back from it, every working day attributed.

Facts, not sentences. Following from each step what held it last (its own work, a place it waited for, the
step before it) leads back to the project's release; the links of this chain add up to the days between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import StrEnum

from scheduler.errors import UnknownStep
from scheduler.portfolio.demands import Demand, Portfolio, Project, is_kept
from scheduler.portfolio.plan import Placed, PortfolioPlan
from scheduler.portfolio.stretches import NO_DEMAND, along, floor_of, work_of
from scheduler.portfolio.usage import Refusal, RefusalKind, Usage
from scheduler.problem import Gate, Precedence, Step
from scheduler.workdays import Rest, WorkdayAxis


class LinkKind(StrEnum):
    """What the days of one link were spent on, or waited for."""

    PREPARATION = "preparation"
    SPECIAL = "special"
    WORK = "work"
    NOTICE = "notice"
    """The days between acceptance and the sitting that its members must be told ahead."""
    OPINION = "opinion"
    TAIL = "tail"
    """Between the result a decision waited for and the decision."""
    BENCH_FULL = RefusalKind.BENCH_FULL.value
    OFFICERS_AWAY = RefusalKind.OFFICERS_AWAY.value
    OFFICER_FULL = RefusalKind.OFFICER_FULL.value
    NO_SITTING = RefusalKind.NO_SITTING.value
    SITTING_FULL = RefusalKind.SITTING_FULL.value
    ROOMS_TAKEN = RefusalKind.ROOMS_TAKEN.value
    MEMBER_BUSY = RefusalKind.MEMBER_BUSY.value
    KEPT = "kept"
    """It could be earlier, but its day is announced, or planned inside the frozen days."""
    CHOSEN = "chosen"
    """There is room now: what held it when this step was placed has moved away since."""
    NOT_BEFORE = "not_before"
    TODAY = "today"
    """Nothing can be put on a day that is over."""
    HAPPENED = "happened"
    """What is on record; the planner asks no reason of it."""
    BEFORE = "before"
    """From the release until the first thing on record began."""


@dataclass(frozen=True, slots=True)
class Link:
    """One stretch of the chain: what the working days after ``begin`` up to ``end`` went into.

    ``who`` is the bench, officer or joint review that was waited for; ``full_days`` the days on which it had
    no room, ``held_by`` the projects that had it. ``predecessor`` is the step this one then waited for.

    Units: points (``full_days`` too) are working days since day 0, ``*_on`` civil days or None on a nominal
    axis.
    """

    kind: LinkKind
    step: str
    begin: int
    end: int
    _: KW_ONLY
    begin_on: date | None
    end_on: date | None
    who: str | None = None
    full_days: tuple[int, ...] = ()
    held_by: tuple[str, ...] = ()
    predecessor: str | None = None

    @property
    def workdays(self) -> int:
        """How many working days it took."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Why:
    """The chain that holds one step, first link to last: each begins where the one before it ends.

    ``begin`` is the project's release, or when the chain's first step began if that was earlier; ``end`` the
    finish of the step. ``rests`` are the named holidays and make-up days in between.

    Units: points.
    """

    project: str
    step: str
    begin: int
    end: int
    links: tuple[Link, ...]
    rests: tuple[Rest, ...] = ()

    @property
    def workdays(self) -> int:
        """The days the links add up to."""
        return self.end - self.begin

    def waited(self) -> dict[tuple[LinkKind, str], int]:
        """The working days waited for each bench, officer and joint review."""
        days: dict[tuple[LinkKind, str], int] = {}
        for link in self.links:
            if link.who is not None:
                days[link.kind, link.who] = days.get((link.kind, link.who), 0) + link.workdays
        return days


def why(
    portfolio: Portfolio,
    plan: PortfolioPlan,
    project: str,
    step: str | None = None,
    *,
    usage: Usage | None = None,
) -> Why:
    """The chain that holds a step of a project; the target if no step is named.

    Give ``usage`` where many questions are asked of one plan: it is counted once.

    Raises: UnknownStep.
    """
    asked = portfolio.projects[portfolio.index[project]]
    key = asked.target if step is None else step
    if key not in asked.problem.index:
        raise UnknownStep(step=key)
    return _Walk(usage or Usage(portfolio, plan), asked).back_from(key)


class _Walk:
    """One way back through a project."""

    def __init__(self, usage: Usage, project: Project) -> None:
        self.usage = usage
        self.project = project
        self.portfolio, self.axis = usage.portfolio, usage.portfolio.axis
        self.links: list[Link] = []
        self.point = 0
        self.before: dict[str, list[Precedence]] = {}
        for precedence in project.problem.precedences:
            self.before.setdefault(precedence.successor, []).append(precedence)

    def back_from(self, key: str) -> Why:
        """The whole chain."""
        end = self._placed(key).finish
        current: str | None = key
        while current is not None:
            current = self.through(current)
        rests: tuple[Rest, ...] = ()
        if isinstance(self.axis, WorkdayAxis):
            rests = self.axis.calendar.rests_between(self.axis.date_of(self.point), self.axis.date_of(end))
        return Why(self.project.key, key, self.point, end, tuple(reversed(self.links)), rests)

    def _placed(self, key: str) -> Placed:
        return self.usage.plan.steps[self.project.key, key]

    def through(self, key: str) -> str | None:
        """Walk back through one step, to the one that held it or to the release (None)."""
        self.point = self._placed(key).finish
        step = self.project.problem.steps[self.project.problem.index[key]]
        placed = self._placed(key)
        if step.finished is not None:
            self._on_record(step, placed.start)
            return None
        if placed.finish > placed.own_end:
            held = self._tight(key, Gate.ISSUE, placed.finish)
            if held is not None:
                self._link(LinkKind.TAIL, step, held.tail, predecessor=held.predecessor)
                return held.predecessor
            self._until(LinkKind.TODAY, step, placed.own_end)
        self._handling(step, placed)
        if step.accepted is not None:
            self._on_record(step, placed.start)
            return None
        return self._acceptance(step, placed)

    def _handling(self, step: Step, placed: Placed) -> None:
        """From its own end back to its acceptance: its work, or its sitting where that takes longer."""
        begin, worked = work_of(self.axis, placed.accept, step)
        demand = self._demand(step)
        body = self.usage.bodies.get(demand.body) if demand.body is not None else None
        if body is not None and placed.sitting is not None and placed.own_end > worked:
            self._until(LinkKind.OPINION, step, placed.sitting.point, who=body.key)
            noticed = min(placed.accept + body.notice, placed.sitting.point)
            self._sitting(step, noticed)
            self._until(LinkKind.NOTICE, step, placed.accept, who=body.key)
            return
        self._until(LinkKind.WORK, step, begin, who=demand.bench)
        self._until(LinkKind.SPECIAL, step, placed.accept)

    def _sitting(self, step: Step, noticed: int) -> None:
        """The days after the notice on which what is accepted or kept waits for its sitting."""
        body = self.usage.bodies[str(self._demand(step).body)]
        key = (self.project.key, step.key)
        for point in range(self.point - 1, noticed - 1, -1):
            offered = [sitting for sitting in body.sittings if sitting.point == point]
            found = [self.usage.sitting_refusal(body, sitting, key) for sitting in offered]
            if any(refusal is None for refusal in found):
                self._until(LinkKind.CHOSEN, step, point)
            else:
                self._refused(step, point, next(iter(found), None) or _none_offered(body.key, point))

    def _acceptance(self, step: Step, placed: Placed) -> str | None:
        """From its acceptance back to the day it was ready, and on to what held it there."""
        if step.started is not None:
            return self._started(step, placed)
        ready = along(self.axis, placed.start, step.preparation)
        self._waiting(step, placed, ready)
        self._until(LinkKind.PREPARATION, step, placed.start)
        held = self._tight(step.key, Gate.ACCEPT, placed.start)
        if held is not None:
            return held.predecessor
        release, today = self.project.release, self._today()
        if placed.start > max(release, today):
            floor = floor_of(self.portfolio, self.project, self.project.problem.index[step.key])
            kind = LinkKind.NOT_BEFORE if placed.start == floor else LinkKind.CHOSEN
            self._until(kind, step, max(release, today))
        self._until(LinkKind.TODAY, step, release)
        return None

    def _started(self, step: Step, placed: Placed) -> str | None:
        """A step in preparation is ready when it is prepared and its gates are open, and not before today."""
        prepared = along(self.axis, placed.start, step.preparation)
        gates = [self._placed(p.predecessor).finish for p in self._gates(step.key, Gate.ACCEPT)]
        ready = max(prepared, self.portfolio.today, *gates)
        self._waiting(step, placed, ready)
        if ready > prepared:
            held = self._tight(step.key, Gate.ACCEPT, ready)
            if held is not None:
                return held.predecessor
            self._until(LinkKind.TODAY, step, prepared)
        self._until(LinkKind.PREPARATION, step, placed.start)
        self._on_record(step, placed.start)
        return None

    def _waiting(self, step: Step, placed: Placed, ready: int) -> None:
        """The days between being ready and being accepted, each with what refused it."""
        demand = self._demand(step)
        key = (self.project.key, step.key)
        if is_kept(self.portfolio, step, demand) and placed.accept == demand.planned:
            self._until(LinkKind.KEPT, step, ready)
        for accept in range(self.point - 1, ready - 1, -1):
            refusal = self.usage.refusal(self.project, step, accept)
            if refusal is None:
                self._until(LinkKind.CHOSEN, step, accept)
            else:
                self._refused(step, accept, refusal, self.usage.holders(refusal, but=key))

    def _on_record(self, step: Step, began: int) -> None:
        """What has happened ends the chain: the days it took, and those from the release until it began."""
        self._until(LinkKind.HAPPENED, step, began)
        self._until(LinkKind.BEFORE, step, self.project.release)

    # --- links --------------------------------------------------------------------------------------

    def _until(self, kind: LinkKind, step: Step, begin: int, *, who: str | None = None) -> None:
        """The days back to a point go into one thing; none where that point is not earlier."""
        if begin < self.point:
            last = self.links[-1] if self.links else None
            end = self.point
            if last is not None and (last.kind, last.step, last.who) == (kind, step.key, who):
                self.links.pop()
                end = last.end
            self._add(
                Link(kind, step.key, begin, end, begin_on=self._on(begin), end_on=self._on(end), who=who)
            )

    def _link(self, kind: LinkKind, step: Step, workdays: int, *, predecessor: str) -> None:
        if workdays:
            begin, end = self.point - workdays, self.point
            begin_on, end_on = self._on(begin), self._on(end)
            self._add(
                Link(kind, step.key, begin, end, begin_on=begin_on, end_on=end_on, predecessor=predecessor)
            )

    def _refused(
        self, step: Step, begin: int, refusal: Refusal, held_by: frozenset[str] = frozenset()
    ) -> None:
        """One day waited for room; days refused alike, one after another, are one link."""
        kind, end = LinkKind(refusal.kind.value), self.point
        full_days = set(refusal.days)
        last = self.links[-1] if self.links else None
        if last is not None and (last.kind, last.step, last.who) == (kind, step.key, refusal.who):
            self.links.pop()
            end = last.end
            full_days |= set(last.full_days)
            held_by |= set(last.held_by)
        self._add(
            Link(
                kind,
                step.key,
                begin,
                end,
                begin_on=self._on(begin),
                end_on=self._on(end),
                who=refusal.who,
                full_days=tuple(sorted(full_days)),
                held_by=tuple(sorted(held_by)),
            )
        )

    def _add(self, link: Link) -> None:
        self.links.append(link)
        self.point = link.begin

    # --- facts --------------------------------------------------------------------------------------

    def _demand(self, step: Step) -> Demand:
        return self.project.demands.get(step.key, NO_DEMAND)

    def _gates(self, key: str, gate: Gate) -> Iterator[Precedence]:
        return (precedence for precedence in self.before.get(key, ()) if precedence.gate is gate)

    def _tight(self, key: str, gate: Gate, point: int) -> Precedence | None:
        """The gate that opens on this very day, or None."""
        for precedence in self._gates(key, gate):
            if self._placed(precedence.predecessor).finish + precedence.tail == point:
                return precedence
        return None

    def _today(self) -> int:
        return max(0, self.portfolio.today, self.project.problem.today or 0)

    def _on(self, point: int) -> date | None:
        return self.axis.date_of(point)


def _none_offered(body: str, point: int) -> Refusal:
    return Refusal(RefusalKind.NO_SITTING, body, (point,))


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps one step from being earlier: a wait, or else the step before it, or else neither.

    ``kind`` is None where nothing but its predecessor, its project's release or its own past holds it.
    """

    kind: LinkKind | None
    who: str | None = None
    held_by: tuple[str, ...] = ()
    predecessor: str | None = None


_SPENT = frozenset(
    {
        LinkKind.PREPARATION,
        LinkKind.SPECIAL,
        LinkKind.WORK,
        LinkKind.NOTICE,
        LinkKind.OPINION,
        LinkKind.TAIL,
        LinkKind.HAPPENED,
        LinkKind.BEFORE,
    }
)


def hold(usage: Usage, project: Project, step: str) -> Hold:
    """What keeps one step from being earlier, without the way back to the release."""
    walk = _Walk(usage, project)
    predecessor = walk.through(step)
    for link in walk.links:
        if link.kind not in _SPENT:
            return Hold(link.kind, link.who, link.held_by, predecessor)
    return Hold(None, predecessor=predecessor)
