"""A portfolio as flat arrays, and the plan read back from them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import lru_cache

import numpy as np

from scheduler.axis import Axis
from scheduler.period import Basis, Segment
from scheduler.portfolio import layout
from scheduler.portfolio.demands import Demand, Portfolio, Project, Sitting, is_kept
from scheduler.portfolio.errors import UnknownInOccupancy
from scheduler.portfolio.layout import FAR, NOWHERE, Facts, Ints, State
from scheduler.portfolio.plan import ByDay, Occupancy, Placed, PortfolioPlan, StepKey
from scheduler.problem import Step

_NOTHING = Demand(needs_officer=False)
_MOST_CHAINS = 256


@dataclass(frozen=True)
class Arrays:
    """What the compiled loops read, and which step is which.

    Units: a point of ``facts`` is the axis's point plus ``origin``.
    Shape: ``steps`` names the rows of ``facts.step``.
    """

    facts: Facts
    steps: Sequence[StepKey]
    _: KW_ONLY
    origin: int = 0
    portfolio: Portfolio | None = field(default=None, repr=False)
    officers: Sequence[str] = ()


def build(portfolio: Portfolio, *, move_cost: int = 0) -> Arrays:
    """The arrays of a portfolio.

    Units: ``move_cost`` in thousandths of a working day past a promise, for each planned day that moves.
    Raises: OutsideCalendar, when something that has happened lies before the calendar begins.
    """
    return _Builder(portfolio).arrays(move_cost)


class _Builder:
    """Fills the tables one after the other; rows are collected as lists and become arrays at the end."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.origin = max(0, -min(_actuals(portfolio), default=0))
        self.days = portfolio.horizon + self.origin + 2
        self.benches = {bench.key: k for k, bench in enumerate(portfolio.benches)}
        self.officers = {officer.key: k for k, officer in enumerate(portfolio.officers)}
        self.bodies = {body.key: k for k, body in enumerate(portfolio.bodies)}
        self.pairs: dict[tuple[str, ...], int] = {}
        self.chains: dict[tuple[Segment, ...], int] = {}
        self.codes: dict[tuple[Segment, ...], int] = {}
        self.sittings: list[int] = []
        self.no_longer: dict[tuple[int, Sitting], int] = {}
        self.first_sitting: list[int] = []
        self.gates: list[tuple[int, int]] = []
        self.names: list[StepKey] = []
        self.given: list[int] = []

    def arrays(self, move_cost: int) -> Arrays:
        """Everything, in the order in which one table needs the other."""
        portfolio = self.portfolio
        bodies, members, next_sitting = self._bodies()
        rows: list[list[int]] = []
        projects = [self._project(p, project, rows) for p, project in enumerate(portfolio.projects)]
        numbers = [self._at(portfolio.horizon), self._at(portfolio.today), portfolio.rooms, move_cost]
        places = self._by_day([bench.places for bench in portfolio.benches])
        hand_ins = self._by_day([officer.hand_ins for officer in portfolio.officers])
        facts = Facts(
            step=_table(rows, layout.STEP_COLUMNS),
            gate=_table(self.gates, 2),
            project=_table(projects, layout.PROJECT_COLUMNS),
            table=self._chain_table(),
            places=places,
            hand_ins=hand_ins,
            turn=self._turns(hand_ins),
            body=bodies,
            sitting=np.array(self.sittings, np.int32),
            next_sitting=next_sitting,
            member=members,
            given=np.array(self.given, np.int32),
            number=np.array(numbers, np.int32),
        )
        return Arrays(
            facts,
            self.names,
            origin=self.origin,
            portfolio=portfolio,
            officers=[officer.key for officer in portfolio.officers],
        )

    def _at(self, point: int) -> int:
        return point + self.origin

    # --- projects and steps -----------------------------------------------------------------------

    def _project(self, p: int, project: Project, rows: list[list[int]]) -> list[int]:
        first, problem = len(rows), project.problem
        place = {row[0]: first + k for k, row in enumerate(problem.rows)}
        before: dict[int, list[tuple[int, int]]] = {}
        for i, _, _, _, accept_after, issue_after in problem.rows:
            for j in accept_after:
                before.setdefault(j, []).append((place[i], layout.ACCEPT_GATE))
            for j, tail in issue_after:
                before.setdefault(j, []).append((place[i], tail))
        pair = self._pair(project.officers)
        for i, *_ in problem.rows:
            step = problem.steps[i]
            gate = len(self.gates)
            self.gates.extend(before.get(i, ()))
            row = self._step(step, project.demands.get(step.key, _NOTHING), pair)
            row[layout.EARLIEST] = self._earliest(project, step, problem.earliest[i])
            row[layout.PROJECT] = p
            row[layout.FIRST_GATE : layout.LAST_GATE + 1] = gate, len(self.gates)
            if row[layout.STATE] & (layout.ACCEPTED | layout.KEPT):
                self.given.append(len(rows))
            rows.append(row)
            self.names.append((project.key, step.key))
        due = FAR if project.due is None else self._at(project.due)
        target = place[problem.index[project.target]]
        return [first, len(rows), target, due, project.weight, self._at(project.release)]

    def _earliest(self, project: Project, step: Step, held: int) -> int:
        if step.began is not None:
            return self._at(step.began)
        return self._at(max(held, project.release, self.portfolio.today))

    def _step(self, step: Step, demand: Demand, pair: int) -> list[int]:
        row = [0] * layout.STEP_COLUMNS
        work = tuple(segment for segment in step.handling if segment.kind == "work")
        special = tuple(segment for segment in step.handling if segment.kind != "work")
        body = self.bodies[demand.body] if demand.body is not None else NOWHERE
        own = step.nominal_handling
        if body != NOWHERE:
            review = self.portfolio.bodies[body]
            own = max(own, review.notice + review.opinion)
        row[layout.PREPARATION] = self._chain(step.preparation)
        row[layout.SPECIAL], row[layout.WORK] = self._chain(special), self._chain(work)
        row[layout.BENCH] = self.benches[demand.bench] if demand.bench is not None else NOWHERE
        row[layout.PAIR] = pair if demand.needs_officer else NOWHERE
        row[layout.BODY] = body
        row[layout.GIVEN_ACCEPT] = NOWHERE if demand.planned is None else self._at(demand.planned)
        row[layout.GIVEN_SITTING] = self._given_sitting(body, demand.sitting)
        row[layout.PREPARATION_DAYS], row[layout.OWN_DAYS] = step.nominal_preparation, own
        row[layout.DEADLINE] = FAR if demand.deadline is None else self._at(demand.deadline)
        self._history(row, step, is_kept(self.portfolio, step, demand))
        return row

    def _history(self, row: list[int], step: Step, kept: bool) -> None:
        """What has happened to a step takes the place of what it demands."""
        if step.finished is not None:
            began = step.finished if step.began is None else step.began
            accepted = began if step.accepted is None else step.accepted
            row[layout.STATE] = layout.STARTED | layout.ACCEPTED | layout.FINISHED
            row[layout.GIVEN_ACCEPT] = self._at(accepted)
            row[layout.PREPARATION] = row[layout.SPECIAL] = 0
            row[layout.WORK] = row[layout.OWN_DAYS] = step.finished - accepted
            row[layout.BENCH] = row[layout.PAIR] = row[layout.BODY] = row[layout.GIVEN_SITTING] = NOWHERE
        elif step.accepted is not None:
            row[layout.STATE] = layout.STARTED | layout.ACCEPTED
            row[layout.GIVEN_ACCEPT] = self._at(step.accepted)
            row[layout.PREPARATION], row[layout.PAIR] = 0, NOWHERE
        else:
            started = layout.STARTED if step.started is not None else layout.FREE
            is_inside = 0 <= row[layout.GIVEN_ACCEPT] < self.days - 1
            stays = layout.KEPT if kept else layout.PLANNED
            row[layout.STATE] = started | (stays if is_inside else layout.FREE)

    # --- chains of segments -----------------------------------------------------------------------

    def _chain(self, segments: tuple[Segment, ...]) -> int:
        code = self.codes.get(segments)
        if code is None:
            segments_left = tuple(segment for segment in segments if segment.days)
            if all(segment.basis is not Basis.CALENDAR for segment in segments_left):
                code = sum(segment.days for segment in segments_left)
            else:
                code = -1 - self.chains.setdefault(segments_left, len(self.chains))
            self.codes[segments] = code
        return code

    def _chain_table(self) -> Ints:
        """Where each chain ends, by the point it follows; wide enough for one chain after the other."""
        reach = max((sum(segment.days for segment in chain) for chain in self.chains), default=0)
        width = self.days + reach
        table = np.zeros((len(self.chains), width), np.int32)
        for k, chain in enumerate(self.chains):
            first = self._first_use(chain)
            ends = _ends(self.portfolio.axis, chain, first - self.origin, width - self.origin)
            table[k, first:] = ends + self.origin
        return table

    def _first_use(self, chain: tuple[Segment, ...]) -> int:
        """The first point the calendar is asked for; only what has happened lies before the axis begins."""
        origin = self.origin
        if not origin:
            return 0
        used = [
            point
            for project in self.portfolio.projects
            for step in (project.problem.steps[i] for i in project.problem.begun)
            if any(segment in chain for segment in step.segments)
            for point in (step.started, step.accepted)
            if point is not None
        ]
        return min([origin, *(point + origin for point in used)])

    # --- room -------------------------------------------------------------------------------------

    def _by_day(self, amounts: Sequence[int | Sequence[int]]) -> Ints:
        """One row of amounts by day; before day 0 of the axis nothing is placed, so anything will do."""
        table = np.zeros((len(amounts), self.days), np.int32)
        for k, amount in enumerate(amounts):
            if not isinstance(amount, Sequence):
                table[k] = amount
            else:
                days = np.asarray(amount, np.int32)[: self.days - self.origin]
                table[k, : self.origin] = days[0]
                table[k, self.origin : self.origin + len(days)] = days
                table[k, self.origin + len(days) :] = days[-1]
        return table

    def _pair(self, officers: tuple[str, ...]) -> int:
        return self.pairs.setdefault(officers, len(self.pairs)) if officers else NOWHERE

    def _turns(self, hand_ins: Ints) -> Ints:
        """Who acts on each day for each pair: the first who is not absent."""
        turn = np.full((len(self.pairs), self.days), NOWHERE, np.int32)
        for k, officers in enumerate(self.pairs):
            for key in reversed(officers):
                officer = self.officers[key]
                turn[k, hand_ins[officer] > 0] = officer
        return turn

    def _bodies(self) -> tuple[Ints, Ints, Ints]:
        members: dict[str, int] = {}
        rows: list[list[int]] = []
        seats: list[int] = []
        next_sitting = np.zeros((len(self.portfolio.bodies), self.days), np.int32)
        for k, body in enumerate(self.portfolio.bodies):
            first_sitting, first_member = len(self.sittings), len(seats)
            self.first_sitting.append(first_sitting)
            halves = body.halves + 2 * self.origin
            self.sittings += halves.tolist()
            seats.extend(members.setdefault(member, len(members)) for member in dict.fromkeys(body.members))
            next_sitting[k] = first_sitting + np.searchsorted(halves // 2, np.arange(self.days))
            row = [body.notice, body.opinion, body.seats, int(body.needs_room)]
            rows.append([*row, first_sitting, len(self.sittings), first_member, len(seats)])
        return _table(rows, layout.BODY_COLUMNS), np.array(seats, np.int32), next_sitting

    def _given_sitting(self, body: int, sitting: Sitting | None) -> int:
        """The row of a sitting; one that is no longer offered stands behind all that are."""
        if sitting is None or body == NOWHERE:
            return NOWHERE
        offering = self.portfolio.bodies[body]
        if sitting in offering.offered:
            return self.first_sitting[body] + bisect_left(offering.in_order, sitting)
        if (body, sitting) not in self.no_longer:
            self.no_longer[body, sitting] = len(self.sittings)
            self.sittings.append(2 * min(self._at(sitting.point), self.days - 1) + sitting.half)
        return self.no_longer[body, sitting]


@lru_cache(maxsize=_MOST_CHAINS)
def _ends(axis: Axis, chain: tuple[Segment, ...], first: int, after: int) -> Ints:
    """Where a chain ends that follows each point from the first on; of one axis it is asked again and again.

    Units: points.
    """
    ends = list(range(first, after))
    for segment in chain:
        ends = axis.forward_each(ends, segment)
    return np.array(ends, np.int32)


def _actuals(portfolio: Portfolio) -> Iterable[int]:
    """The points of everything that has happened, and the days of sittings said."""
    for project in portfolio.projects:
        for i in project.problem.begun:
            step = project.problem.steps[i]
            yield from (day for day in (step.started, step.accepted, step.finished) if day is not None)
        yield from (demand.sitting.point for demand in project.demands.values() if demand.sitting)


def _table(rows: Sequence[Sequence[int]], columns: int) -> Ints:
    return np.array(rows, np.int32).reshape(len(rows), columns)


# --- from the state and back ---------------------------------------------------------------------------


def occupy(arrays: Arrays, state: State, occupancy: Occupancy) -> None:
    """Take the room that others have booked out of a state that is clear.

    Raises: UnknownInOccupancy.
    """
    facts, portfolio = arrays.facts, arrays.portfolio
    if portfolio is None:
        raise UnknownInOccupancy(what="—")
    benches = {bench.key: k for k, bench in enumerate(portfolio.benches)}
    officers = {officer.key: k for k, officer in enumerate(portfolio.officers)}
    bodies = {body.key: k for k, body in enumerate(portfolio.bodies)}
    for asked, known in ((occupancy.places, benches), (occupancy.hand_ins, officers)):
        _refuse_unknown(asked, known)
    _refuse_unknown((body for body, _ in occupancy.seats), bodies)
    for bench, by_day in occupancy.places.items():
        _take(state.free[benches[bench], arrays.origin :], by_day)
    for officer, by_day in occupancy.hand_ins.items():
        _take(state.hand[officers[officer], arrays.origin :], by_day)
    opened: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for (key, sitting), count in occupancy.seats.items():
        opened[key].append((2 * (sitting.point + arrays.origin) + sitting.half, count))
    for key, sittings in opened.items():
        _occupy_sittings(facts, state, bodies[key], np.array(sittings, np.int32))


def _refuse_unknown(asked: Iterable[str], known: Collection[str]) -> None:
    for key in asked:
        if key not in known:
            raise UnknownInOccupancy(what=key)


def _take(room: Ints, taken: ByDay) -> None:
    there = min(len(room), len(taken))
    room[:there] -= np.asarray(taken[:there], np.int32)


def _occupy_sittings(facts: Facts, state: State, body: int, opened: Ints) -> None:
    """Open what others have opened: rooms and members are gone, the seats left over may be shared.

    Shape: a row of ``opened`` is a half-day and the seats taken; no half-day twice.
    """
    opened = opened[(opened[:, 0] >= 0) & (opened[:, 0] < len(state.rooms))]
    halves = opened[:, 0]
    first, last = facts.body[body, layout.FIRST_SITTING], facts.body[body, layout.LAST_SITTING]
    offered = facts.sitting[first:last]
    if len(offered):
        places = np.minimum(np.searchsorted(offered, halves), len(offered) - 1)
        is_offered = offered[places] == halves
        state.taken[first + places[is_offered]] += layout.HELD_OPEN + opened[is_offered, 1]
    state.rooms[halves] -= facts.body[body, layout.NEEDS_ROOM]
    members = facts.member[facts.body[body, layout.FIRST_MEMBER] : facts.body[body, layout.LAST_MEMBER]]
    state.busy[np.ix_(members, halves)] += 1


def plan_of(arrays: Arrays, state: State) -> PortfolioPlan:
    """The plan a state holds, in the words of the portfolio."""
    facts, origin = arrays.facts, arrays.origin
    placed = state.placed.tolist()
    finish = state.finish.tolist()
    states = facts.step[:, layout.STATE].tolist()
    steps: dict[StepKey, Placed] = {}
    forced: set[StepKey] = set()
    for i, key in enumerate(arrays.steps):
        row = placed[i]
        slot = int(facts.sitting[row[layout.SITTING]]) if row[layout.SITTING] >= 0 else None
        steps[key] = Placed(
            row[layout.START] - origin,
            row[layout.ACCEPT] - origin,
            row[layout.OWN_END] - origin,
            finish[i] - origin,
            sitting=None if slot is None else Sitting((slot >> 1) - origin, slot & 1),
            officer=arrays.officers[row[layout.OFFICER]] if row[layout.OFFICER] >= 0 else None,
        )
        if row[layout.FORCED] and not states[i] & layout.PLANNED:
            forced.add(key)
    return PortfolioPlan(steps, frozenset(forced))
