"""What a plan of all projects is worth: a line for each project, beside the days that stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from approvals.rules.catalogue import PERMIT, START
from projects.rules.county import LiveProject, Promise
from projects.rules.county_portfolio import Built
from projects.rules.graph import leading_to
from projects.rules.plan_body import one_after_another
from projects.rules.portfolio_days import ProjectDays, ProjectLine, ReleaseLine, StepDays, Summary, Wait
from scheduler.portfolio.demands import Project
from scheduler.portfolio.explain import LinkKind, why
from scheduler.portfolio.gain import gain
from scheduler.portfolio.plan import PortfolioPlan
from scheduler.portfolio.usage import Usage

_MOST_WAITS = 30
_KINDS = {
    LinkKind.BENCH_FULL: "bench",
    LinkKind.OFFICERS_AWAY: "officer",
    LinkKind.OFFICER_FULL: "officer",
    LinkKind.NO_SITTING: "sitting",
    LinkKind.SITTING_FULL: "sitting",
    LinkKind.ROOMS_TAKEN: "sitting",
    LinkKind.MEMBER_BUSY: "sitting",
}


@dataclass(frozen=True)
class Told:
    """The headline days a project's own plan tells now, and what it waited for in the plan that stood."""

    permit_on: date | None
    start_on: date | None
    waits: tuple[Wait, ...] = ()


def worth(
    built: Built,
    plan: PortfolioPlan,
    days: Sequence[ProjectDays],
    told: Mapping[int, Told],
    releases: Sequence[ReleaseLine] = (),
) -> Summary:
    """What a plan brings, project by project and in all.

    Shape: ``told`` by project; ``days`` in the order of the portfolio.
    """
    usage = Usage(built.portfolio, plan)
    gained = gain(built.portfolio, plan).projects
    lines = tuple(
        replace(
            _line(built, live, own, told.get(live.id, Told(None, None))),
            gain_workdays=_serial_workdays(live, project) - (one.planned_end - one.begin),
            limit_workdays=one.within,
            waits=_waits(built, plan, live, usage),
            weight=project.weight,
        )
        for live, project, own, one in zip(
            built.projects, built.portfolio.projects, days, gained, strict=True
        )
    )
    parallel = sum(one.planned_end - one.begin for one in gained)
    return Summary(
        lines=lines,
        releases=tuple(releases),
        waits=_most(wait for line in lines for wait in line.waits),
        serial_workdays=parallel + sum(line.gain_workdays or 0 for line in lines),
        parallel_workdays=parallel,
        bound_workdays=sum(one.bound_end - one.begin for one in gained),
    )


def _serial_workdays(live: LiveProject, project: Project) -> int:
    """How long a project's way to its target takes one step after another, as its own plan counts it.

    Units: working days. Source: PR-6.
    """
    way = leading_to(project.problem, project.target)
    return one_after_another(live.expansion, live.terms.days, way)


def saved_workdays(summary: Summary, built: Built) -> int:
    """How many working days earlier the headline days of all projects are together, later ones taken off."""
    between = built.county.calendar.workdays_between
    total = 0
    for line in summary.lines:
        before, after = line.watched
        if before is not None and after is not None:
            total += between(after, before)
    return total


def _line(
    built: Built,
    live: LiveProject,
    days: ProjectDays,
    told: Told,
) -> ProjectLine:
    permit_on, start_on = _finish(days, PERMIT), _finish(days, START)
    reached, due = permit_on or start_on, live.due_on
    late = 0
    if reached is not None and due is not None and reached > due:
        late = built.county.calendar.workdays_between(due, reached)
    moved = {
        code: promise
        for code, promise in live.promises.items()
        if code in days.steps and _has_moved(promise, days.steps[code])
    }
    return ProjectLine(
        project_id=live.id,
        code=live.code,
        name=live.name,
        permit_on=permit_on,
        start_on=start_on,
        before_permit_on=told.permit_on,
        before_start_on=told.start_on,
        due_on=due,
        late_workdays=late,
        gain_workdays=None,
        limit_workdays=0,
        waits_before=told.waits,
        moved_steps=len(moved),
        moved_announced=tuple(sorted(code for code, promise in moved.items() if promise.is_announced)),
        is_green=live.is_green,
    )


def _has_moved(promise: Promise, step: StepDays) -> bool:
    if promise.accept_on is not None and promise.accept_on != step.accept_on:
        return True
    return promise.sitting is not None and promise.sitting != step.sitting


def _finish(days: ProjectDays, code: str) -> date | None:
    step = days.steps.get(code)
    return None if step is None else step.finish_on


def _waits(built: Built, plan: PortfolioPlan, live: LiveProject, usage: Usage) -> tuple[Wait, ...]:
    """What the headline day of one project waits for, the longest first."""
    chain = why(built.portfolio, plan, str(live.id), usage=usage)
    return _most(
        Wait(_KINDS[kind], who, workdays)
        for (kind, who), workdays in chain.waited().items()
        if kind in _KINDS and workdays
    )


def _most(waits: Iterable[Wait]) -> tuple[Wait, ...]:
    """Waits for the same added up, the longest first."""
    days: Counter[tuple[str, str]] = Counter()
    for wait in waits:
        days[wait.kind, wait.key] += wait.workdays
    order = sorted(days.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Wait(kind, key, workdays) for (kind, key), workdays in order[:_MOST_WAITS])
