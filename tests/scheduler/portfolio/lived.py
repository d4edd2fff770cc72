"""Some days later: what a plan said has happened, some of it late, and the rest stands as adopted."""

from __future__ import annotations

import random
from dataclasses import replace

import scheduler
from scheduler.portfolio.demands import Portfolio, Project
from scheduler.portfolio.plan import Placed, PortfolioPlan


def later(portfolio: Portfolio, plan: PortfolioPlan, by: int, draw: random.Random) -> Portfolio:
    """The portfolio so many days on: things happened, some dates were announced, some half-days fell away."""
    today = portfolio.today + by
    bodies = [
        replace(
            body, sittings=tuple(one for one in body.sittings if one.point <= today or draw.random() < 0.9)
        )
        for body in portfolio.bodies
    ]
    return replace(
        portfolio,
        projects=[_lived(project, plan, today, draw) for project in portfolio.projects],
        today=today,
        frozen_until=today + draw.choice((0, 3)),
        bodies=bodies,
    )


def adopted(portfolio: Portfolio, plan: PortfolioPlan, *, is_announced: bool = True) -> Portfolio:
    """The portfolio with a plan as the one that stands; nothing has happened since."""
    projects = [
        replace(
            project,
            demands={
                key: replace(
                    demand,
                    planned=plan.steps[project.key, key].accept,
                    sitting=plan.steps[project.key, key].sitting,
                    is_announced=is_announced,
                )
                for key, demand in project.demands.items()
            },
        )
        for project in portfolio.projects
    ]
    return replace(portfolio, projects=projects)


def _lived(project: Project, plan: PortfolioPlan, today: int, draw: random.Random) -> Project:
    steps, demands = [], {}
    for step in project.problem.steps:
        placed = plan.steps[project.key, step.key]
        happened = _happened(step, placed, today, delay=draw.choice((0, 0, 0, 2, 5)))
        held = None if happened else step.not_before
        steps.append(scheduler.Step(step.key, step.segments, held, **happened))
        demands[step.key] = replace(
            project.demands[step.key],
            planned=placed.accept,
            sitting=placed.sitting,
            is_announced=draw.random() < 0.3,
        )
    problem = scheduler.Problem(steps, project.problem.precedences, project.problem.targets, today=today)
    return replace(project, problem=problem, demands=demands)


def _happened(step: scheduler.Step, placed: Placed, today: int, *, delay: int) -> dict[str, int]:
    """What is on record of a step by today; a delayed one is behind its plan."""
    found = {name: getattr(step, name) for name in ("started", "accepted", "finished")}
    if step.finished is None:
        begun = placed.start if step.started is None else step.started
        if placed.finish <= today and not delay:
            found = {"started": begun, "accepted": placed.accept, "finished": placed.finish}
        elif placed.accept <= today and (not delay or step.accepted is not None):
            found |= {"started": begun, "accepted": placed.accept}
        elif placed.start <= today and delay < 5:
            found |= {"started": begun}
    return {name: day for name, day in found.items() if day is not None}
