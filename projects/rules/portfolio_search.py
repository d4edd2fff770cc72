"""The search for a plan of all projects: build, plan within an effort, prove, and say what it is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from approvals.rules.facts import Label
from concierge.kernel.errors import N_
from projects.rules.county import County, LiveProject, as_if
from projects.rules.county_portfolio import AMPLE_WORKDAYS, FROZEN_WORKDAYS, SPARE_WORKDAYS, Built, build
from projects.rules.county_reading import read_plan
from projects.rules.county_scenario import CountyScenario
from projects.rules.portfolio_days import ProjectDays, Summary
from projects.rules.portfolio_releases import Untried, release_lines
from projects.rules.portfolio_worth import Told, saved_workdays, worth
from scheduler.errors import PlanningError
from scheduler.portfolio.check import check
from scheduler.portfolio.clash import DemandsClash, NoWayAtAll, clash, proved_by
from scheduler.portfolio.errors import NoRoomBeforeHorizon
from scheduler.portfolio.faults import Fault
from scheduler.portfolio.solve import Effort, Outcome, Progress, plan

NIGHTLY = "Nightly"
"""The cause of a plan nobody asked for: it is offered only where it gains more than its moves cost."""
MOVE_COST_WORKDAYS = 1
"""What telling one enterprise another day costs, in working days saved elsewhere."""
STEP_MOVE_COST = 50
"""What booking one step on another day costs: twenty of them are worth one working day past a promise."""
MOST_SECONDS = 300.0
"""A cap on one search, well inside the time a task may take; a larger office lowers the effort instead."""
LEAST_USUAL_EFFORT, MOST_USUAL_EFFORT = 2_000, 10_000
_PROJECTS_TRIED = 200_000
CLASHING = N_("These cannot all be met; give up one of them:")
_LOOKS = 50
_MOST_FAULTS = 20

Watch = Callable[[int, int], bool]
"""Told how many plans were built and how late the best is; False stops the search."""


def usual_effort(projects: int) -> int:
    """How many plans are built where nobody says: those of few projects are made sooner, so there are more.

    Twenty projects are 15 % less late with 10,000 plans than with 2,000 (six portfolios of the bench); the
    demonstration takes 5 s of processor time. A plan that cannot be better ends the search.
    """
    return max(LEAST_USUAL_EFFORT, min(MOST_USUAL_EFFORT, _PROJECTS_TRIED // max(1, projects)))


class Stopped(Exception):
    """Whoever watched wants no plan any more."""


class NotProved(Exception):
    """A plan that its proof refuses; a fault of the program, and nothing of it is kept."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults: {faults[0]}")
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What the making of a plan starts from. Units: ``effort`` in plans built."""

    id: int
    number: int
    cause: str
    scenario: CountyScenario | None
    effort: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class Made:
    """A plan that passed its proof, and how good it is.

    Units: ``tardiness`` and ``bound`` in working days past the promises, weighted; ``done`` in plans built.
    Shape: ``is_wanted`` is False for a nightly plan that gains less than its moves cost.
    """

    days: Sequence[ProjectDays]
    summary: Summary
    done: int
    tardiness: int
    bound: int
    is_wanted: bool = True


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything a plan of all projects is made from; no row, no connection.

    Shape: ``told`` are the days each project's own plan tells, ``matters`` the names of steps by code;
        ``world`` marks the calendar and the limits it was read with.
    """

    county: County
    projects: tuple[LiveProject, ...]
    today: date
    told: Mapping[int, Told] = field(default_factory=dict)
    matters: Mapping[str, Label] = field(default_factory=dict)
    world: str = ""

    def told_faults(self, error: PlanningError | NotProved) -> list[tuple[str, dict[str, Any]]]:
        """What went wrong, with names in place of numbers and codes.

        Shape: English messages with their facts; a name in both languages is a list of two.
        """
        if isinstance(error, NotProved):
            return [
                (fault.message, self._named({"project": fault.project, "step": fault.step, **fault.facts}))
                for fault in error.faults[:_MOST_FAULTS]
            ]
        if isinstance(error, DemandsClash):
            demands = [(demand.message, self._named(demand.facts)) for demand in error.clash.demands]
            found_no_room = error.__cause__
            said = self.told_faults(found_no_room) if isinstance(found_no_room, PlanningError) else []
            return [*said, (CLASHING, {}), *demands]
        return [(error.message, self._named(error.facts))]

    def _named(self, facts: Mapping[str, object]) -> dict[str, Any]:
        names = {str(project.id): project.name for project in self.projects}
        found: dict[str, Any] = dict(facts)
        for key, value in facts.items():
            if key == "project" and value in names:
                found[key] = names[str(value)]
            elif key == "step" and value in self.matters:
                found[key] = _both(self.matters[str(value)])
            elif key in ("what", "bench") and value in self.county.departments:
                found[key] = _both(self.county.departments[str(value)].label)
            elif key in ("what", "body") and value in self.county.groups:
                found[key] = _both(self.county.groups[str(value)].label)
        return found


def _both(label: Label) -> list[str]:
    return [label.zh, label.en]


def searched(inputs: Inputs, begun: Begun, watch: Watch | None = None) -> Made:
    """The best plan found within the effort, proved.

    Raises: Stopped; NotProved; scheduler.PlanningError, naming what cannot be planned.
    """
    limits = as_if(inputs.county, begun.scenario) if begun.scenario else inputs.county
    try:
        built, outcome = _planned(limits, inputs, begun, watch, SPARE_WORKDAYS)
    except NoRoomBeforeHorizon:
        try:
            built, outcome = _planned(limits, inputs, begun, watch, AMPLE_WORKDAYS)
        except NoRoomBeforeHorizon as error:
            raise _clashing(limits, inputs, begun, error) from error
    return _proved(inputs, begun, built, outcome, watch)


def _built(limits: County, inputs: Inputs, begun: Begun, spare_workdays: int) -> Built:
    """What is planned; where a question has somebody missing, days booked with them are not frozen."""
    is_less = begun.scenario is not None and begun.scenario.takes
    frozen = 0 if is_less else FROZEN_WORKDAYS
    return build(
        limits, inputs.projects, today=inputs.today, frozen_workdays=frozen, spare_workdays=spare_workdays
    )


def _clashing(limits: County, inputs: Inputs, begun: Begun, error: NoRoomBeforeHorizon) -> PlanningError:
    """What stands against each other where a step finds no room however far the plan looks ahead."""
    built = _built(limits, inputs, begun, AMPLE_WORKDAYS)
    try:
        found = clash(built.portfolio, proved_by(lambda portfolio: plan(portfolio).plan))
    except NoWayAtAll:
        return error
    return error if found is None else DemandsClash(found)


def _planned(
    limits: County, inputs: Inputs, begun: Begun, watch: Watch | None, spare_workdays: int
) -> tuple[Built, Outcome]:
    built = _built(limits, inputs, begun, spare_workdays)
    moves_freely = begun.scenario is not None and begun.scenario.gives
    outcome = plan(
        built.portfolio,
        effort=Effort(begun.effort, MOST_SECONDS),
        seed=begun.seed,
        watch=None if watch is None else _Looks(watch, begun.effort),
        move_cost=0 if moves_freely else STEP_MOVE_COST,
    )
    return built, outcome


class _Looks:
    """Passes progress on some fifty times in a search, however fast its rounds are."""

    def __init__(self, watch: Watch, effort: int) -> None:
        self.watch, self.every, self.next = watch, max(1, effort // _LOOKS), 0

    def __call__(self, progress: Progress) -> bool:
        if progress.decodes < self.next:
            return True
        self.next = progress.decodes + self.every
        if not self.watch(progress.decodes, progress.tardiness):
            raise Stopped
        return True


def _proved(inputs: Inputs, begun: Begun, built: Built, outcome: Outcome, watch: Watch | None) -> Made:
    faults = check(built.portfolio, outcome.plan)
    if faults:
        raise NotProved(faults)
    days = read_plan(built, outcome.plan)
    try:
        releases = release_lines(
            built,
            effort=begun.effort,
            seed=begun.seed,
            may_go_on=lambda: watch is None or watch(outcome.decodes, outcome.tardiness),
        )
    except Untried:
        raise Stopped from None
    summary = replace(worth(built, outcome.plan, days, inputs.told, releases), world=inputs.world)
    moved = sum(line.is_moved for line in summary.lines)
    is_wanted = begun.cause != NIGHTLY or saved_workdays(summary, built) > moved * MOVE_COST_WORKDAYS
    return Made(
        days=days,
        summary=summary,
        done=outcome.decodes,
        tardiness=outcome.tardiness,
        bound=outcome.bound,
        is_wanted=is_wanted,
    )
