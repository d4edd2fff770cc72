"""The slow oracle: every acceptance, every sitting, tried one by one; the proof judges what is left.

It shares nothing with a planner but the data classes. Good for a handful of steps and a dozen days.
"""

from __future__ import annotations

import random
from collections import Counter

import scheduler
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Bench, Body, Demand, Officer, Portfolio, Project, Sitting
from scheduler.portfolio.plan import Placed, PortfolioPlan

HORIZON = 9


def tiny(seed: int, *, with_deadlines: bool = False) -> Portfolio:
    """Two or three projects of two or three steps, short of places, officers and sittings; nothing kept."""
    draw = random.Random(seed)  # noqa: S311 - an instance, not a secret
    today = draw.choice((0, 0, 2))
    sittings = tuple(
        Sitting(point, half) for point in range(today, HORIZON) for half in (0, 1) if draw.random() < 0.3
    )
    bodies = (
        Body("review", ("fire", "land"), notice=1, opinion=1, seats=draw.choice((1, 2)), sittings=sittings),
        Body("site", ("fire",), notice=0, opinion=1, seats=1, sittings=sittings[::2], needs_room=False),
    )
    sizes = draw.choice(((2, 2, 2), (3, 2), (3, 3)))
    return Portfolio(
        [_project(draw, f"p{k}", count, today, with_deadlines) for k, count in enumerate(sizes)],
        scheduler.NominalAxis(),
        horizon=HORIZON,
        today=today,
        benches=(Bench("land", draw.choice((1, (1, 1, 1, 0, 1)))), Bench("fire", 1)),
        officers=(Officer("amy", draw.choice((1, (1, 0, 1)))), Officer("bo", 1)),
        bodies=bodies,
        rooms=1,
    )


def _project(draw: random.Random, key: str, count: int, today: int, with_deadlines: bool) -> Project:
    names = [f"s{i}" for i in range(count)]
    steps, demands = [], {}
    for name in names:
        segments = [scheduler.Segment("preparation", 1)] if draw.random() < 0.2 else []
        segments += [scheduler.Segment("special", 1)] if draw.random() < 0.2 else []
        steps.append(scheduler.Step(name, (*segments, scheduler.Segment("work", draw.choice((0, 1, 2, 2))))))
        demands[name] = Demand(
            draw.choice((None, "land", "land", "fire")),
            draw.choices((None, "review", "site"), weights=(5, 1, 1))[0],
            needs_officer=draw.random() < 0.5,
            deadline=today + draw.randint(3, 6) if with_deadlines and draw.random() < 0.4 else None,
        )
    gates = [
        scheduler.Precedence(
            names[i], names[i + 1], draw.choice((scheduler.Gate.ACCEPT, scheduler.Gate.ISSUE))
        )
        for i in range(count - 1)
        if draw.random() < 0.8
    ]
    return Project(
        key,
        scheduler.Problem(steps, gates, (names[-1],), today=today),
        demands,
        target=names[-1],
        release=draw.choice((0, 0, 1)),
        due=today + draw.randint(1, 5),
        officers=draw.choice(((), ("amy",), ("amy", "bo"))),
        weight=draw.choice((1, 2)),
    )


def best(portfolio: Portfolio) -> tuple[int, PortfolioPlan] | None:
    """The least weighted tardiness there is and a plan that has it; None where no plan is right."""
    return _Search(portfolio).run()


class _Search:
    """Depth first over projects and steps, earlier days first."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.places = {bench.key: bench.places for bench in portfolio.benches}
        self.hand_ins = {officer.key: officer.hand_ins for officer in portfolio.officers}
        self.bodies = {body.key: body for body in portfolio.bodies}
        self.todo = [(project, i) for project in portfolio.projects for i in self._in_order(project)]
        self.placed: dict[tuple[str, str], Placed] = {}
        self.used: Counter[object] = Counter()
        self.found: tuple[int, PortfolioPlan] | None = None

    def run(self) -> tuple[int, PortfolioPlan] | None:
        self._next(0, 0)
        return self.found

    def _in_order(self, project: Project) -> list[int]:
        steps = project.problem.steps
        done: set[str] = set()
        order: list[int] = []
        while len(order) < len(steps):
            for i, step in enumerate(steps):
                waits = {p.predecessor for p in project.problem.precedences if p.successor == step.key}
                if i not in order and waits <= done:
                    order.append(i)
                    done.add(step.key)
        return order

    def _next(self, n: int, late: int) -> None:
        if self.found is not None and late >= self.found[0]:
            return
        if n == len(self.todo):
            plan = PortfolioPlan(dict(self.placed))
            if check(self.portfolio, plan) == ():
                self.found = (late, plan)
            return
        project, i = self.todo[n]
        step = project.problem.steps[i]
        for placed, uses in self._places(project, step):
            over = max(0, placed.finish - project.due) if step.key == project.target else 0
            self.placed[project.key, step.key] = placed
            self.used.update(uses)
            self._next(n + 1, late + project.weight * over)
            self.used.subtract(uses)

    def _places(self, project: Project, step: scheduler.Step):
        gates = [p for p in project.problem.precedences if p.successor == step.key]
        held = [self.placed[project.key, p.predecessor].finish for p in gates if p.gate == "accept"]
        issued = [self.placed[project.key, p.predecessor].finish + p.tail for p in gates if p.gate == "issue"]
        lengths = Counter[str]()
        for segment in step.segments:
            lengths[segment.kind] += segment.days
        demand = project.demands[step.key]
        start = max(self.portfolio.today, project.release, step.not_before or 0, *held)
        for accept in range(start + lengths["preparation"], self.portfolio.horizon + 1):
            begin = accept + lengths["special"]
            end = begin + lengths["work"]
            officer = self._officer(project, demand, accept)
            days = [(demand.bench, day) for day in range(begin + 1, end + 1) if demand.bench is not None]
            if officer == "" or any(self.used[use] >= self._room(self.places, *use) for use in days):
                continue
            hands = [(officer, accept)] if officer else []
            for sitting, own_end in self._sittings(demand, accept, end):
                finish = max(own_end, *issued) if issued else own_end
                if finish <= min(self.portfolio.horizon, demand.deadline or HORIZON):
                    placed = Placed(start, accept, own_end, finish, sitting=sitting, officer=officer)
                    yield placed, days + hands

    def _officer(self, project: Project, demand: Demand, day: int) -> str | None:
        """Who hands in; nobody where nobody has to, "" where nobody can."""
        if not demand.needs_officer or not project.officers:
            return None
        there = [officer for officer in project.officers if self._room(self.hand_ins, officer, day)]
        if not there or self.used[there[0], day] >= self._room(self.hand_ins, there[0], day):
            return ""
        return there[0]

    def _sittings(self, demand: Demand, accept: int, end: int):
        if demand.body is None:
            return [(None, end)]
        body = self.bodies[demand.body]
        noticed = accept + body.notice
        return [
            (sitting, max(end, sitting.point + body.opinion))
            for sitting in body.sittings
            if noticed <= sitting.point
            and max(end, sitting.point + body.opinion) <= max(end, noticed + body.opinion)
        ]

    def _room(self, numbers, key: str, day: int) -> int:
        amount = numbers[key]
        return amount if isinstance(amount, int) else amount[min(day, len(amount) - 1)]
