"""What the portfolio's tests share: short words for projects, demands and where a step lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import scheduler
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Bench, Body, Demand, Officer, Portfolio, Project, Sitting
from scheduler.portfolio.faults import Fault
from scheduler.portfolio.plan import Placed, PortfolioPlan, StepKey

HORIZON = 60


def a_project(
    key: str,
    steps: Sequence[scheduler.Step],
    precedences: Sequence[scheduler.Precedence] = (),
    demands: Mapping[str, Demand] | None = None,
    *,
    target: str | None = None,
    today: int | None = None,
    **known,
) -> Project:
    """One project; its last step is the target, and no step demands anything unless said."""
    problem = scheduler.Problem(steps, precedences, (target or steps[-1].key,), today=today)
    asked = dict.fromkeys((step.key for step in steps), Demand(needs_officer=False)) | dict(demands or {})
    return Project(key, problem, asked, target=target or steps[-1].key, **known)


def at(bench: str | None = None, body: str | None = None, **known) -> Demand:
    """A step that needs this bench or body, and no officer unless said."""
    return Demand(bench, body, **({"needs_officer": False} | known))


def a_body(key: str = "review", members: Sequence[str] = ("fire", "housing"), **known) -> Body:
    """A joint review that may sit on the mornings of days 5 and 10, two days' notice, one for its opinion."""
    usual = {"notice": 2, "opinion": 1, "seats": 2, "sittings": (Sitting(5, 0), Sitting(10, 0))}
    return Body(key, tuple(members), **(usual | known))


def a_portfolio(*projects: Project, axis: scheduler.Axis | None = None, **known) -> Portfolio:
    """These projects together; places by bench and hand-ins by officer may be given as mappings."""
    benches = tuple(Bench(key, places) for key, places in dict(known.pop("benches", {})).items())
    officers = tuple(Officer(key, hand_ins) for key, hand_ins in dict(known.pop("officers", {})).items())
    return Portfolio(
        projects,
        axis or scheduler.NominalAxis(),
        **({"horizon": HORIZON, "benches": benches, "officers": officers} | known),
    )


def lies(start: int, accept: int, own_end: int, finish: int | None = None, **known) -> Placed:
    """Where a step lies; it finishes when its own work is over unless said."""
    return Placed(start, accept, own_end, own_end if finish is None else finish, **known)


def a_plan(steps: Mapping[StepKey, Placed], forced: Sequence[StepKey] = ()) -> PortfolioPlan:
    """Where every step lies."""
    return PortfolioPlan(dict(steps), frozenset(forced))


def faults_of(portfolio: Portfolio, steps: Mapping[StepKey, Placed], *forced: StepKey) -> list[Fault]:
    """What the proof says; every sentence must be whole."""
    faults = list(check(portfolio, a_plan(steps, forced)))
    assert all(str(fault) for fault in faults)
    return faults


def kinds_of(portfolio: Portfolio, steps: Mapping[StepKey, Placed], *forced: StepKey) -> list[str]:
    """The kinds of faults, in the order the proof finds them."""
    return [fault.kind.value for fault in faults_of(portfolio, steps, *forced)]
