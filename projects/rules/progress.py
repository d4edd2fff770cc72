"""How far a project is, and what to push now: the figures of its page."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import scheduler
from approvals.rules.catalogue import PERMIT, START
from projects.rules.project_plan import PlannedStep, ProjectPlan

OWNERS = frozenset({"ENT", "INT"})
MOST_TO_PUSH = 4


class Standing(enum.StrEnum):
    """Where a step stands, in a word people act on."""

    DONE = "done"
    RUNNING = "running"
    READY = "ready"
    WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The figures of one project.

    Units: ``critical_workdays`` is what lies ahead on the critical path, from the day of the plan on.
    """

    done: int
    running: int
    total: int
    critical_workdays: int
    critical_steps: int
    critical_owner_steps: int


def standing(plan: ProjectPlan, step: PlannedStep) -> Standing:
    """Where a step stands: done, running, or whether everything that holds back its acceptance is there.

    A step of the acceptance stage is not ready before building has begun, even where only its decision waits
    for another: there is nothing to look at yet. A case that ended without a result is to be begun anew.
    """
    if step.actual is not None and step.actual.finished_on:
        return Standing.DONE
    if _is_under_way(step):
        return Standing.RUNNING
    if step.stage == "acceptance" and plan.expansion.step(START) and not _is_done(plan.step(START)):
        return Standing.WAITING
    needed = (edge.predecessor for edge in plan.waits_of(step.code) if edge.gate == "accept")
    return Standing.READY if all(_is_done(plan.step(code)) for code in needed) else Standing.WAITING


def _is_under_way(step: PlannedStep) -> bool:
    actual = step.actual
    return actual is not None and (actual.started_on is not None or actual.is_handed_in)


def _is_done(step: PlannedStep) -> bool:
    return step.actual is not None and step.actual.finished_on is not None


def progress(plan: ProjectPlan) -> Progress:
    """How far a project is."""
    ahead = [plan.step(code) for code in plan.critical_path if not _is_done(plan.step(code))]
    return Progress(
        done=sum(_is_done(step) for step in plan.steps),
        running=sum(_is_under_way(step) and not _is_done(step) for step in plan.steps),
        total=len(plan.steps),
        critical_workdays=_workdays_ahead(plan, ahead),
        critical_steps=len(ahead),
        critical_owner_steps=sum(step.department in OWNERS for step in ahead),
    )


def _workdays_ahead(plan: ProjectPlan, ahead: list[PlannedStep]) -> int:
    axis, today = plan.dates.axis, plan.terms.today
    if not ahead or not isinstance(axis, scheduler.WorkdayAxis) or today is None:
        return max((step.finish for step in ahead), default=0)
    return max(0, ahead[-1].finish - axis.point_of(today))


def to_push(plan: ProjectPlan) -> list[PlannedStep]:
    """What somebody can do now, the dearest delay first: running or ready, and leading to a headline day."""
    edges = plan.dates.problem.edges()
    heads = [key for key in (PERMIT, START) if key in plan.dates.problem.index]
    towards = {key for head in heads for key in (*scheduler.ancestors(edges, head), head)}
    open_now = [
        step
        for step in plan.steps
        if step.code in towards and standing(plan, step) in (Standing.RUNNING, Standing.READY)
    ]
    return sorted(open_now, key=lambda step: (step.total_float, step.finish, step.number))[:MOST_TO_PUSH]
