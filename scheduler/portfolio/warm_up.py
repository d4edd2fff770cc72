"""Every loop of this package, called once with next to nothing, so that it is compiled and cached."""

from __future__ import annotations

import numpy as np

from scheduler.axis import NominalAxis
from scheduler.period import Segment
from scheduler.portfolio import layout, orders, repair, solve, urgency
from scheduler.portfolio.arrays import build
from scheduler.portfolio.demands import Bench, Body, Demand, Officer, Portfolio, Project, Sitting
from scheduler.portfolio.effort import Effort
from scheduler.portfolio.plan import Occupancy
from scheduler.problem import Gate, Precedence, Problem, Step

_TWO_DAYS = (Segment("work", 2),)
_SITTINGS = tuple(Sitting(point, 0) for point in range(3, 40, 2))


def warm_up() -> None:
    """Compile what is not compiled yet, and load the rest.

    Effects: writes compiled code into Numba's cache, where Numba is there.
    """
    # Two projects for one place, each due the day it could end alone: one is late, so the search is called.
    county = Portfolio(
        [_project("a"), _project("b")],
        NominalAxis(),
        horizon=40,
        benches=(Bench("office", 1),),
        officers=(Officer("amy", 9),),
        bodies=(Body("review", ("fire",), notice=1, opinion=1, seats=2, sittings=_SITTINGS),),
    )
    solve.plan(county, effort=Effort(decodes=20), move_cost=1)
    repair.place(county, Occupancy())
    arrays = build(county)
    state, keys = urgency.quick(arrays)
    order, turns, lifted = (np.zeros_like(keys) for _ in range(3))
    orders.order_of(arrays.facts, keys, lifted, order)
    repair.turns_of(arrays.facts, order, turns)
    repair.repair_project(arrays.facts, state, int(arrays.facts.step[0, layout.PROJECT]), turns)


def _project(key: str) -> Project:
    problem = Problem(
        [Step("land", _TWO_DAYS), Step("plan", _TWO_DAYS), Step("permit", _TWO_DAYS)],
        [Precedence("land", "plan", Gate.ACCEPT), Precedence("plan", "permit", Gate.ISSUE, tail=1)],
    )
    demands = {
        "land": Demand("office", planned=4),
        "plan": Demand("office", "review"),
        "permit": Demand("office", planned=0, is_announced=True),
    }
    return Project(key, problem, demands, target="permit", due=6, officers=("amy",))
